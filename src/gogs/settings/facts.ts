/**
 * The facts about an instance in app.ini, under old or new names. Resolves `%(name)s` if the file defines the name. Does not
 * know defaults: undefined means the release's own default.
 */

import { isFileEngine } from '../../engines/engineNamed.js';
import { compareVersions } from '../versions.js';
import { isTrue } from './isTrue.js';
import { type SettingName, type SettingsDocument, splitName } from './names.js';
import type { SettingsHistory } from './SettingsHistory.js';

/** A value, and the name of its setting in the release that reads the file. */
export interface Fact {
  readonly name: SettingName;
  readonly value: string;
}

export interface Facts {
  /** `mysql`, `postgres`, `sqlite3`, `mssql`; formerly also `tidb`. */
  readonly engine: string | undefined;
  readonly databaseHost: string | undefined;
  readonly databaseName: string | undefined;
  readonly databaseUser: string | undefined;
  /** A secret, never for a message. */
  readonly databasePassword: string | undefined;
  /** The file of an SQLite database. */
  readonly databasePath: string | undefined;
  readonly repositoryRoot: string | undefined;
  /** A secret: for comparing and for decrypting two-factor secrets, never for a message. */
  readonly secretKey: string | undefined;
  readonly installLock: boolean;
  /** `[server] HTTP_PORT` */
  readonly httpPort: string | undefined;
  readonly cacheAdapter: string | undefined;
  /** `[user] ENABLE_EMAIL_NOTIFICATION` */
  readonly emailNotifications: boolean;
  readonly runUser: string | undefined;
  readonly domain: string | undefined;
  readonly externalUrl: string | undefined;
  /** The addresses by which people reach the server, in a fixed order: `[server] DOMAIN`, `EXTERNAL_URL`, `SSH_DOMAIN`. */
  readonly addresses: readonly (Fact | undefined)[];
  readonly appDataPath: string | undefined;
  readonly lfsObjectsPath: string | undefined;
  /** Lower case: `console`, `file`, `slack`, `discord`. */
  readonly logModes: readonly string[];
  readonly logRootPath: string | undefined;
  readonly localNetworkAllowlist: readonly string[] | undefined;
  readonly ssh: {
    readonly disabled: boolean;
    readonly builtinServer: boolean;
    readonly rootPath: string | undefined;
    readonly port: string | undefined;
    /** Of the built-in server; `port` if not set. */
    readonly listenPort: string | undefined;
  };
  readonly reverseProxy: {
    /** Whether a reverse proxy identifies the user. */
    readonly enabled: boolean;
    readonly trusted: readonly string[] | undefined;
  };
  /** Every path set in the file. */
  readonly paths: readonly Fact[];
  /** Every host and address set in the file, as written: `db:3306`. */
  readonly hosts: readonly Fact[];
}

const PATHS = [
  'server.APP_DATA_PATH',
  'server.CERT_FILE',
  'server.KEY_FILE',
  'server.SSH_ROOT_PATH',
  'server.SSH_KEY_TEST_PATH',
  'repository.ROOT',
  'repository.upload.TEMP_PATH',
  'lfs.OBJECTS_PATH',
  'lfs.OBJECTS_TEMP_PATH',
  'attachment.PATH',
  'picture.AVATAR_UPLOAD_PATH',
  'picture.REPOSITORY_AVATAR_UPLOAD_PATH',
  'log.ROOT_PATH',
  'email.CERT_FILE',
  'email.KEY_FILE',
].map(splitName);

const ADDRESSES = ['server.DOMAIN', 'server.EXTERNAL_URL', 'server.SSH_DOMAIN'].map(splitName);
const HOSTS = ['server.HTTP_ADDR', 'server.SSH_LISTEN_HOST', 'email.HOST'].map(splitName);

/** `gogsVersion`: the version that reads the file and determines the names; if unknown, all names of any release count. */
export function readFacts(document: SettingsDocument, history: SettingsHistory, gogsVersion?: string): Facts {
  const find = (name: SettingName): Fact | undefined => readSetting(document, name, history, gogsVersion);
  const read = (name: string): string | undefined => find(splitName(name))?.value;
  const isOn = (name: string): boolean => isTrue(read(name) ?? '');
  const present = (names: readonly SettingName[]): Fact[] =>
    names.flatMap((name) => {
      const fact = find(name);
      return fact === undefined || fact.value === '' ? [] : [fact];
    });
  const engine = read('database.TYPE');
  const isFile = isFileEngine(engine);
  const database = isFile ? 'database.PATH' : 'database.HOST';

  return {
    engine,
    databaseHost: read('database.HOST'),
    databaseName: read('database.NAME'),
    databaseUser: read('database.USER'),
    databasePassword: read('database.PASSWORD'),
    databasePath: read('database.PATH'),
    repositoryRoot: read('repository.ROOT'),
    secretKey: read('security.SECRET_KEY'),
    installLock: isOn('security.INSTALL_LOCK'),
    httpPort: read('server.HTTP_PORT'),
    cacheAdapter: read('cache.ADAPTER'),
    emailNotifications: isOn('user.ENABLE_EMAIL_NOTIFICATION'),
    runUser: read('RUN_USER'),
    domain: read('server.DOMAIN'),
    externalUrl: read('server.EXTERNAL_URL'),
    addresses: ADDRESSES.map(find),
    appDataPath: read('server.APP_DATA_PATH'),
    lfsObjectsPath: read('lfs.OBJECTS_PATH'),
    logModes: list(read('log.MODE'))?.map((mode) => mode.toLowerCase()) ?? [],
    logRootPath: read('log.ROOT_PATH'),
    localNetworkAllowlist: list(read('security.LOCAL_NETWORK_ALLOWLIST')),
    ssh: {
      disabled: isOn('server.DISABLE_SSH'),
      builtinServer: isOn('server.START_SSH_SERVER'),
      rootPath: read('server.SSH_ROOT_PATH'),
      port: read('server.SSH_PORT'),
      listenPort: read('server.SSH_LISTEN_PORT'),
    },
    reverseProxy: {
      enabled: isOn('auth.ENABLE_REVERSE_PROXY_AUTHENTICATION'),
      trusted: list(read('auth.TRUSTED_PROXY_IPS')),
    },
    paths: present(isFile ? [splitName(database), ...PATHS] : PATHS),
    hosts: present(isFile ? HOSTS : [splitName(database), ...HOSTS]),
  };
}

/** The effective value, with `%(name)s` resolved, and the name that the version has for it. */
export function readSetting(
  document: SettingsDocument,
  id: SettingName,
  history: SettingsHistory,
  version: string | undefined,
): Fact | undefined {
  const name = history.nameAt(id, version);
  const former = history
    .formerNames(name)
    .filter(({ unreadSince }) => version === undefined || compareVersions(version, unreadSince) < 0)
    .map((candidate) => ({ ...candidate, value: document.get(candidate.name.section, candidate.name.key) }));
  const found =
    former.find(({ value, overrules }) => value !== undefined && overrules(value)) ??
    [{ name, value: document.get(name.section, name.key) }, ...former].find(({ value }) => value !== undefined);
  return found?.value === undefined ? undefined : { name, value: resolve(document, found.name, found.value) };
}

// Like go-ini (depthValues in key.go@v1.67.0), stops after 99 rounds: a value may refer to itself.
const MAX_DEPTH = 99;

function resolve(document: SettingsDocument, name: SettingName, text: string): string {
  let value = text;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const reference = referenceIn(value);
    if (reference === undefined) break;
    const key = reference.slice(2, -2);
    const own = key === name.key ? undefined : document.get(name.section, key);
    const found = own ?? document.get('', key);
    if (found === undefined) break;
    value = value.replaceAll(reference, () => found);
    // A value that refers to itself twice doubles in each round.
    if (value.length > 65_536) break;
  }
  return value;
}

/** The first `%(name)s`. Not a regular expression, which would read the rest of the text again for each `%(`. */
function referenceIn(value: string): string | undefined {
  for (let start = value.indexOf('%('); start >= 0; ) {
    const end = value.indexOf(')', start);
    if (end < 0) return undefined;
    const isEmpty = end === start + 2;
    if (value[end + 1] === 's' && !isEmpty) return value.slice(start, end + 2);
    start = value.indexOf('%(', end);
  }
  return undefined;
}

function list(value: string | undefined): string[] | undefined {
  return value
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Absolute on any system: `/srv/git`, `C:\\git`, `\\\\server\\share`. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[\\/])/.test(path);
}

/** True for `C:\\git`, `C:/git` and `\\\\server\\share`. */
export const isWindowsPath = (path: string): boolean => /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path);
