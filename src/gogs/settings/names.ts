/** Names of settings in app.ini, the document interface that uses them, and their printed form. */

/** Identifies a value in app.ini; the section before the first header is `''`. */
export interface SettingName {
  readonly section: string;
  readonly key: string;
}

/** The part of an ini document that these functions need. Like go-ini, `get` inherits: `[a.b]` from `[a]`. */
export interface SettingsDocument {
  sections(): readonly string[];
  /** Keys of the section itself, without inherited ones. */
  keys(section: string): readonly string[];
  get(section: string, key: string): string | undefined;
  set(section: string, key: string, value: string): void;
  /** Replaces text inside a value and keeps all its other bytes. Returns false if nothing matches. */
  replaceInValue(section: string, key: string, search: string, replacement: string): boolean;
  renameKey(section: string, from: string, to: string): boolean;
  moveKey(from: SettingName, to: SettingName): boolean;
  renameSection(from: string, to: string): boolean;
  remove(section: string, key: string): boolean;
  /** Moves comments after a value to a line above it; does nothing if such text belongs to the value. */
  liftInlineComments(): readonly SettingName[];
}

export function sameName(a: SettingName, b: SettingName): boolean {
  return a.section === b.section && a.key === b.key;
}

/** `cron.update_mirrors.RUN_AT_START` → section `cron.update_mirrors`; without a dot, the default section. */
export function splitName(name: string): SettingName {
  const dot = name.lastIndexOf('.');
  return { section: name.slice(0, Math.max(dot, 0)), key: name.slice(dot + 1) };
}

/** The form of `--set`: `section.KEY`. */
export const joinName = ({ section, key }: SettingName): string => (section === '' ? key : `${section}.${key}`);

/** The form of Gogs' own messages: `[section] KEY`. */
export function formatName({ section, key }: SettingName): string {
  return section === '' ? key : key === '' ? `[${section}]` : `[${section}] ${key}`;
}

// PROVIDER_CONFIG and [cache] HOST can contain the password of a Redis server, URL the token of a chat hook.
const SECRET_KEY = /PASSW|SECRET|TOKEN|PRIVATE|CREDENTIAL|^PROVIDER_CONFIG$|^URL$/i;

/** Whether the value may be a secret, which must not appear in messages. */
function isSecret({ section, key }: SettingName): boolean {
  return SECRET_KEY.test(key) || (section === 'cache' && key === 'HOST');
}

/** `[section] KEY = value` for reports, with secrets and credentials in URLs hidden. */
export function formatSetting(name: SettingName, value: string): string {
  const shown = isSecret(name) && value !== '' ? '********' : value.replace(/(\/\/)[^/@\s]*@/g, '$1********@');
  return `${formatName(name)} = ${shown}`;
}
