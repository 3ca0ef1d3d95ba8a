/**
 * The names of app.ini by release, and the step from old ones to those that the target reads. Works on any document with
 * the methods of `SettingsDocument`; reads and writes no file. Never shows a value that may be a secret.
 */
import { compareVersions } from '../versions.js';

/** Names a value of app.ini; the section in front of all headers is `''`. */
export interface SettingName {
  readonly section: string;
  readonly key: string;
}

/** What the functions here need of an ini file. `get` inherits as go-ini does: `[a.b]` from `[a]`. */
export interface SettingsDocument {
  sections(): readonly string[];
  /** Of the section itself, inherited ones excluded. */
  keys(section: string): readonly string[];
  get(section: string, key: string): string | undefined;
  set(section: string, key: string, value: string): void;
  /** Replaces text inside a value and keeps all other bytes of it. Returns false where nothing matches. */
  replaceInValue(section: string, key: string, search: string, replacement: string): boolean;
  renameKey(section: string, from: string, to: string): boolean;
  moveKey(from: SettingName, to: SettingName): boolean;
  renameSection(from: string, to: string): boolean;
  remove(section: string, key: string): boolean;
  /** Puts comments that stand behind a value above it; does nothing where such text belongs to the value. */
  liftInlineComments(): readonly SettingName[];
}

interface SettingRename {
  readonly from: SettingName;
  readonly to: SettingName;
  /** The first release that ignores the old name. */
  readonly unreadSince: string;
  /** Whether an old value overrules a new one while a release reads both. */
  readonly overrules: (value: string) => boolean;
  /** Where the values changed with the name. */
  readonly convert?: (value: string) => string;
}

const isSet = (value: string): boolean => value !== '';
const isPositive = (value: string): boolean => /^\+?0*[1-9]\d*$/.test(value);
// go-ini's parseBool (key.go@v1.67.0).
const isTrue = (value: string): boolean => /^(?:1|[tT]|true|TRUE|True|YES|yes|Yes|y|ON|on|On)$/.test(value);

// Read by 0.12 under both names, [mailer] after [email] and [service] after [auth]: internal/conf/conf.go@v0.12.11.
const RENAMED_SECTIONS = [
  { from: 'mailer', to: 'email', unreadSince: '0.13.0' },
  { from: 'service', to: 'auth', unreadSince: '0.13.0' },
] as const;

function renamed(from: string, to: string, overrules: (value: string) => boolean): SettingRename {
  return { from: splitName(from), to: splitName(to), overrules, unreadSince: '0.13.0' };
}

// handleDeprecated in internal/conf/static.go@v0.12.11, in the terms of the new sections. "Deprecated … will be removed in
// 0.13" holds: gone in v0.13.0, and 0.14 warns about them (checkInvalidOptions in internal/conf/static.go@v0.14.0).
const RENAMED_SETTINGS: readonly SettingRename[] = [
  renamed('APP_NAME', 'BRAND_NAME', isSet),
  renamed('server.ROOT_URL', 'server.EXTERNAL_URL', isSet),
  {
    ...renamed('server.LANDING_PAGE', 'server.LANDING_URL', (value) => value === 'explore'),
    // Up to 0.11 a word, from 0.12 a path: NewContext in pkg/setting/setting.go@v0.11.91.
    convert: (value) => (value === 'explore' ? '/explore' : '/'),
  },
  renamed('database.DB_TYPE', 'database.TYPE', isSet),
  renamed('database.PASSWD', 'database.PASSWORD', isSet),
  renamed('email.PASSWD', 'email.PASSWORD', isSet),
  renamed('auth.ACTIVE_CODE_LIVE_MINUTES', 'auth.ACTIVATE_CODE_LIVES', isPositive),
  renamed('auth.RESET_PASSWD_CODE_LIVE_MINUTES', 'auth.RESET_PASSWORD_CODE_LIVES', isPositive),
  renamed('auth.REGISTER_EMAIL_CONFIRM', 'auth.REQUIRE_EMAIL_CONFIRMATION', isTrue),
  renamed('auth.ENABLE_CAPTCHA', 'auth.ENABLE_REGISTRATION_CAPTCHA', isTrue),
  renamed('auth.ENABLE_NOTIFY_MAIL', 'user.ENABLE_EMAIL_NOTIFICATION', isTrue),
  renamed('security.REVERSE_PROXY_AUTHENTICATION_USER', 'auth.REVERSE_PROXY_AUTHENTICATION_HEADER', isSet),
  renamed('session.GC_INTERVAL_TIME', 'session.GC_INTERVAL', isPositive),
  renamed('session.SESSION_LIFE_TIME', 'session.MAX_LIFE_TIME', isPositive),
  // Renamed without a transition: pkg/setting/setting.go@v0.11.4 against @v0.11.19.
  { ...renamed('attachment.ENABLE', 'attachment.ENABLED', isSet), unreadSince: '0.11.19' },
];

/** A default that changed, and with it an instance that relied on it. */
interface FormerDefault {
  readonly name: SettingName;
  /** What it was up to 0.11; undefined where it did not matter. */
  readonly value: (document: SettingsDocument) => string | undefined;
}

const NEW_DEFAULTS_SINCE = '0.12.0';

// conf/app.ini@v0.11.91 against @v0.12.0. Each may look at those before it.
const FORMER_DEFAULTS: readonly FormerDefault[] = [
  { name: splitName('database.TYPE'), value: () => 'mysql' },
  {
    name: splitName('database.HOST'),
    value: (document) => (document.get('database', 'TYPE') === 'mysql' ? '127.0.0.1:3306' : undefined),
  },
  {
    name: splitName('database.USER'),
    value: (document) => (document.get('database', 'TYPE') === 'sqlite3' ? undefined : 'root'),
  },
  // Empty: no login. From 0.12 on Gogs would log in as noreply@gogs.localhost.
  { name: splitName('email.USER'), value: (document) => (sendsMail(document) ? '' : undefined) },
  // newMailService in pkg/setting/setting.go@v0.11.91 took the user.
  {
    name: splitName('email.FROM'),
    value: (document) => (sendsMail(document) ? document.get('email', 'USER') || undefined : undefined),
  },
];

function sendsMail(document: SettingsDocument): boolean {
  return isTrue(document.get('email', 'ENABLED') ?? '');
}

/** A setting that went without a successor, under the section name of today. */
interface RemovedSetting {
  readonly name: SettingName;
  /** The first release without it; each is in conf/app.ini or the settings code of the release before. */
  readonly since: string;
  readonly note: string;
}

function removed(name: string, since: string, note: string): RemovedSetting {
  return { name: splitName(name), since, note };
}

const REMOVED_SETTINGS: readonly RemovedSetting[] = [
  removed('email.ENABLE_HTML_ALTERNATIVE', '0.10.18', 'mail is HTML unless USE_PLAIN_TEXT is set'),
  removed('email.SUBJECT', '0.11.43', 'SUBJECT_PREFIX sets what subjects begin with'),
  removed('email.SEND_BUFFER_LEN', '0.12.0', 'the queue has a fixed length'),
  removed('server.STATIC_ROOT_PATH', '0.12.0', 'assets are in the binary; see LOAD_ASSETS_FROM_DISK'),
  removed('repository.MIRROR_QUEUE_LENGTH', '0.12.0', 'the queue has a fixed length'),
  removed('repository.PULL_REQUEST_QUEUE_LENGTH', '0.12.0', 'the queue has a fixed length'),
  removed('webhook.QUEUE_LENGTH', '0.12.0', 'the queue has a fixed length'),
  removed('release.attachment.PATH', '0.12.0', 'attachments of releases lie with all others'),
  removed('session.ENABLE_SET_COOKIE', '0.12.0', 'cookies are always set'),
  removed('auth.SHOW_REGISTRATION_BUTTON', '0.12.0', 'the button shows unless DISABLE_REGISTRATION is set'),
  removed('other.SHOW_FOOTER_VERSION', '0.12.0', 'the footer shows no version'),
];

// `IgnoreInlineComment` came between v0.11.53 and v0.11.66: pkg/setting/setting.go. Before, # and ; ended a value.
const INLINE_COMMENTS_UNTIL = '0.11.66';

/** Does this release take ` # …` and ` ; …` behind a value of app.ini as a comment? Unknown releases do not. */
export function readsInlineComments(version: string | undefined): boolean {
  return version !== undefined && compareVersions(version, INLINE_COMMENTS_UNTIL) < 0;
}

// `File.ValueMapper = os.ExpandEnv`: internal/conf/conf.go@v0.14.0.
const EXPANDS_VARIABLES_SINCE = '0.14.0';
// Go's os.Expand takes a dollar sign with one of these behind it for a variable, and any other for itself.
const VARIABLE = /\$[A-Za-z0-9_{*#$@!?-]/;
// os.Expand runs before go-ini resolves %(name)s (transformValue in key.go@v1.67.0): this way a dollar sign stays one.
const DOLLAR_KEY = 'LITERAL_DOLLAR';

/** One thing that `upgradeSettings` did or noticed. Holds names only, never values. */
export interface SettingChange {
  /**
   * `renamed`: under its new name now. `dropped`: overruled by the value under the other name, and removed. `rewritten`:
   * its text changed so that its meaning stays. `added`: written out, because its default is another now. `unread`: left as it is, and the target does not read it.
   */
  readonly kind: 'renamed' | 'dropped' | 'rewritten' | 'added' | 'unread';
  /** An empty key names the whole section. */
  readonly name: SettingName;
  /** The new name, or the name whose value is in force. */
  readonly to?: SettingName;
  /** Why, as one clause. */
  readonly reason: string;
}

export interface SettingsUpgrade {
  /** Version that wrote the file; left out when unknown, which counts as one before 0.13. */
  readonly from?: string;
  /** Version that is to read it: 0.13.0 or later. */
  readonly to: string;
}

/**
 * Brings app.ini to the names that the target reads. Values keep their bytes, except where only another text means the
 * same to the target. Where both an old and a new name hold a value, the one that 0.12 obeys stays: the old one if it is
 * set (texts), positive (numbers) or true (switches). A file that 0.13 or later wrote has stale old names at most:
 * those are reported and left alone. A second run changes nothing.
 */
export function upgradeSettings(document: SettingsDocument, versions: SettingsUpgrade): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const name of document.liftInlineComments()) {
    changes.push({ kind: 'rewritten', name, reason: 'the comment behind it would become part of the value' });
  }
  // Before the renames: the keys are those of the old program, whatever they are called.
  const { from, to } = versions;
  if (crosses(from, to, EXPANDS_VARIABLES_SINCE)) changes.push(...keepDollars(document));
  for (const { unreadSince, ...rename } of RENAMED_SECTIONS) {
    if (!document.sections().includes(rename.from)) continue;
    if (crosses(from, to, unreadSince)) changes.push(...renameSection(document, rename.from, rename.to));
    else changes.push(unread({ section: rename.from, key: '' }, { section: rename.to, key: '' }));
  }
  for (const rename of RENAMED_SETTINGS) {
    const active = crosses(from, to, rename.unreadSince);
    if (active) changes.push(...followReferences(document, rename));
    if (!has(document, rename.from)) continue;
    if (active) changes.push(...renameSetting(document, rename));
    else changes.push(unread(rename.from, rename.to));
  }
  if (from !== undefined && crosses(from, to, NEW_DEFAULTS_SINCE)) changes.push(...keepDefaults(document));
  for (const { name, since, note } of REMOVED_SETTINGS) {
    if (has(document, name)) changes.push({ kind: 'unread', name, reason: `no longer read since ${since}: ${note}` });
  }
  return changes;
}

/** Does the way from one version to the other pass the release? */
function crosses(from: string | undefined, to: string, release: string): boolean {
  return (from === undefined || compareVersions(from, release) < 0) && compareVersions(to, release) >= 0;
}

function has(document: SettingsDocument, { section, key }: SettingName): boolean {
  return document.keys(section).includes(key);
}

function unread(name: SettingName, to: SettingName): SettingChange {
  return { kind: 'unread', name, to, reason: 'the program that wrote this file did not read it any more' };
}

function renameSection(document: SettingsDocument, from: string, to: string): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const key of document.keys(from)) {
    const [older, newer] = [
      { section: from, key },
      { section: to, key },
    ];
    if (!has(document, newer)) continue;
    // go-ini maps an empty text onto nothing (setWithProperType in struct.go@v1.56.0).
    const [loser, winner] = isSet(document.get(from, key) ?? '') ? [newer, older] : [older, newer];
    document.remove(loser.section, loser.key);
    changes.push({ kind: 'dropped', name: loser, to: winner, reason: `[${winner.section}] held the value in force` });
  }
  document.renameSection(from, to);
  changes.push({
    kind: 'renamed',
    name: { section: from, key: '' },
    to: { section: to, key: '' },
    reason: 'the old name is not read since 0.13.0',
  });
  return changes;
}

function renameSetting(document: SettingsDocument, rename: SettingRename): SettingChange[] {
  const { from, to } = rename;
  const changes: SettingChange[] = [];
  const value = document.get(from.section, from.key) ?? '';
  if (has(document, to)) {
    if (!rename.overrules(value)) {
      document.remove(from.section, from.key);
      return [{ kind: 'dropped', name: from, to, reason: `${to.key} held the value in force` }];
    }
    document.remove(to.section, to.key);
    changes.push({ kind: 'dropped', name: to, to: from, reason: `${from.key} held the value in force` });
  }
  document.moveKey(from, to);
  changes.push({ kind: 'renamed', name: from, to, reason: `the old name is not read since ${rename.unreadSince}` });
  const converted = rename.convert?.(value);
  if (converted !== undefined && converted !== value) {
    document.set(to.section, to.key, converted);
    changes.push({ kind: 'rewritten', name: to, reason: 'the values are called otherwise as well' });
  }
  return changes;
}

function keepDefaults(document: SettingsDocument): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const { name, value } of FORMER_DEFAULTS) {
    // A file without the section is none of an instance that runs.
    if (!document.sections().includes(name.section) || has(document, name)) continue;
    const former = value(document);
    if (former === undefined) continue;
    document.set(name.section, name.key, former);
    changes.push({ kind: 'added', name, reason: `its default changed in ${NEW_DEFAULTS_SINCE}` });
  }
  return changes;
}

/** Lets `%(APP_NAME)s` become `%(BRAND_NAME)s` wherever it meant the renamed setting. */
function followReferences(document: SettingsDocument, { from, to }: SettingRename): SettingChange[] {
  if (from.section !== to.section) return [];
  const changes: SettingChange[] = [];
  const reference = `%(${from.key})s`;
  for (const { name, value } of settings(document)) {
    if (!value.includes(reference)) continue;
    // go-ini looks in the section, then in those it inherits from, then in the default section.
    const inReach = name.section === from.section || name.section.startsWith(`${from.section}.`) || from.section === '';
    const shadowed = name.section !== from.section && has(document, { section: name.section, key: from.key });
    if (!inReach || shadowed) continue;
    document.replaceInValue(name.section, name.key, reference, `%(${to.key})s`);
    changes.push({ kind: 'rewritten', name, reason: `it refers to ${from.key}, which is ${to.key} now` });
  }
  return changes;
}

/** Protects dollar signs from a target that takes them for environment variables. */
function keepDollars(document: SettingsDocument): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const { name, value } of settings(document)) {
    if (!VARIABLE.test(value)) continue;
    document.replaceInValue(name.section, name.key, '$', `%(${DOLLAR_KEY})s`);
    changes.push({
      kind: 'rewritten',
      name,
      reason: `since ${EXPANDS_VARIABLES_SINCE} a dollar sign begins the name of an environment variable`,
    });
  }
  if (changes.length > 0) document.set('', DOLLAR_KEY, '$');
  return changes;
}

function settings(document: SettingsDocument): { name: SettingName; value: string }[] {
  return document
    .sections()
    .flatMap((section) =>
      document.keys(section).map((key) => ({ name: { section, key }, value: document.get(section, key) ?? '' })),
    );
}

/** Every name a setting of today had, in the order in which 0.12 asks for them: the first one that overrules counts. */
export function formerNames(name: SettingName): { name: SettingName; overrules: (value: string) => boolean }[] {
  const former = RENAMED_SETTINGS.filter(({ to }) => sameName(to, name)).map(({ from, overrules }) => ({
    name: from,
    overrules,
  }));
  return [...former, { name, overrules: isSet }].flatMap((candidate) => {
    const section = RENAMED_SECTIONS.find(({ to }) => to === candidate.name.section);
    const before =
      section === undefined
        ? []
        : [{ name: { section: section.from, key: candidate.name.key }, overrules: candidate.overrules }];
    return [...before, ...(sameName(candidate.name, name) ? [] : [candidate])];
  });
}

/** What a setting is called today: the name itself unless it was renamed. */
export function currentName(name: SettingName): SettingName {
  const section = RENAMED_SECTIONS.find(({ from }) => from === name.section)?.to ?? name.section;
  const moved = { section, key: name.key };
  return RENAMED_SETTINGS.find(({ from }) => sameName(from, moved))?.to ?? moved;
}

function sameName(a: SettingName, b: SettingName): boolean {
  return a.section === b.section && a.key === b.key;
}

/** `cron.update_mirrors.RUN_AT_START` → section `cron.update_mirrors`; without a dot the section is the default one. */
export function splitName(name: string): SettingName {
  const dot = name.lastIndexOf('.');
  return { section: name.slice(0, Math.max(dot, 0)), key: name.slice(dot + 1) };
}

/** `[section] KEY` as Gogs' own messages write it. */
export function formatName({ section, key }: SettingName): string {
  return section === '' ? key : key === '' ? `[${section}]` : `[${section}] ${key}`;
}

// PROVIDER_CONFIG and [cache] HOST hold the password of a Redis server, URL the token of a chat hook.
const SECRET_KEY = /PASSW|SECRET|TOKEN|PRIVATE|CREDENTIAL|^PROVIDER_CONFIG$|^URL$/i;

/** May the value be a secret? Then it goes into no message. */
export function isSecret({ section, key }: SettingName): boolean {
  return SECRET_KEY.test(key) || (section === 'cache' && key === 'HOST');
}

/** `[section] KEY = value` for reports, with secrets and credentials in URLs hidden. */
export function formatSetting(name: SettingName, value: string): string {
  const shown = isSecret(name) && value !== '' ? '********' : value.replace(/(\/\/)[^/@\s]*@/g, '$1********@');
  return `${formatName(name)} = ${shown}`;
}

/** One line for a report: `[database] DB_TYPE → [database] TYPE: the old name is not read since 0.13.0`. */
export function formatChange({ kind, name, to, reason }: SettingChange): string {
  const target = kind === 'renamed' && to !== undefined ? ` → ${formatName(to)}` : '';
  const verb = kind === 'dropped' ? ' removed' : kind === 'added' ? ' added' : kind === 'unread' ? ' is not read' : '';
  return `${formatName(name)}${target}${verb}: ${reason}`;
}
