/** Names of settings in app.ini, the interface of a document that is read by them, and how they are printed. */

/** Names a value in app.ini; the section before the first header is `''`. */
export interface SettingName {
  readonly section: string;
  readonly key: string;
}

/** The part of an ini document that these functions need. `get` inherits as go-ini does: `[a.b]` from `[a]`. */
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

export function sameName(a: SettingName, b: SettingName): boolean {
  return a.section === b.section && a.key === b.key;
}

/** `cron.update_mirrors.RUN_AT_START` → section `cron.update_mirrors`; without a dot the section is the default one. */
export function splitName(name: string): SettingName {
  const dot = name.lastIndexOf('.');
  return { section: name.slice(0, Math.max(dot, 0)), key: name.slice(dot + 1) };
}

/** As `--set` takes it: `section.KEY`. */
export const joinName = ({ section, key }: SettingName): string => (section === '' ? key : `${section}.${key}`);

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
