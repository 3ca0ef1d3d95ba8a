/**
 * Where the files of a running server lie: beside the program of a binary installation, or in the volume of the official image
 * (docker/start.sh, docker/s6/gogs/setup and Dockerfile@v0.13.4 and @v0.14.3).
 */
import type { Engine } from '../engines/Engine.js';
import { isFileEngine } from '../engines/engineNamed.js';
import { CUSTOM, DATA, DATABASE, METADATA, REPOSITORIES, ROOT } from './layout.js';

export const LAYOUT_NAMES = ['binary', 'docker'] as const;
export type LayoutName = (typeof LAYOUT_NAMES)[number];

/** Paths have slashes; those without one in front are in the folder. */
export interface ServerLayout {
  readonly name: LayoutName;
  readonly custom: string;
  readonly data: string;
  readonly log: string;
  readonly repositories: string;
  /** The keys that the SSH server of the system lets in; undefined where only the account's home folder tells. */
  readonly authorizedKeys: string | undefined;
  /** The program and the app.ini that it reads, by their paths on the new server: hooks and SSH keys name both. */
  readonly program: string;
  readonly config: string;
  /** What app.ini has to say: `repository.ROOT` → value. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The official image: GOGS_CUSTOM is /data/gogs, the work directory /app/gogs with `data` and `log` linked into the volume. */
const DOCKER: ServerLayout = {
  name: 'docker',
  custom: 'gogs',
  data: 'gogs/data',
  log: 'gogs/log',
  repositories: 'git/gogs-repositories',
  authorizedKeys: 'git/.ssh/authorized_keys',
  program: '/app/gogs/gogs',
  config: '/data/gogs/conf/app.ini',
  settings: {
    RUN_USER: 'git',
    'repository.ROOT': '/data/git/gogs-repositories',
    'server.HTTP_ADDR': '0.0.0.0',
    // EXPOSE and HEALTHCHECK in the Dockerfile count on it.
    'server.HTTP_PORT': '3000',
  },
};

/** `installFolder`: the absolute path at which the folder will lie on the new server. */
function binaryLayout(installFolder: string): ServerLayout {
  return {
    name: 'binary',
    custom: 'custom',
    data: 'data',
    log: 'log',
    repositories: 'gogs-repositories',
    authorizedKeys: undefined,
    program: `${installFolder}/gogs`,
    config: `${installFolder}/custom/conf/app.ini`,
    settings: { 'repository.ROOT': 'gogs-repositories' },
  };
}

export const serverLayout = (name: LayoutName, installFolder: string): ServerLayout =>
  name === 'docker' ? DOCKER : binaryLayout(installFolder);

/**
 * The defaults of conf/app.ini@v0.13.4, which lead into the layout's data folder: Gogs takes relative paths from its work directory
 * (ensureAbs in internal/conf/utils.go@v0.13.0).
 */
const DEFAULT_PATHS: Readonly<Record<string, string>> = {
  'server.APP_DATA_PATH': 'data',
  'server.SSH_ROOT_PATH': '',
  'server.SSH_KEY_TEST_PATH': '',
  'log.ROOT_PATH': 'log',
  'attachment.PATH': 'data/attachments',
  'picture.AVATAR_UPLOAD_PATH': 'data/avatars',
  'picture.REPOSITORY_AVATAR_UPLOAD_PATH': 'data/repo-avatars',
  'lfs.OBJECTS_PATH': 'data/lfs-objects',
  'repository.upload.TEMP_PATH': 'data/tmp/uploads',
};

/** Relative to the work directory, in every layout. */
const DATABASE_PATH = 'data/gogs.db';

/** What app.ini has to say for a layout, as `section.KEY=value`. `read`: the value that it has, undefined for none. */
export function layoutSettings(
  layout: ServerLayout,
  engine: Engine | undefined,
  read: (name: string) => string | undefined,
): string[] {
  const wanted = { ...layout.settings };
  for (const [name, path] of Object.entries(DEFAULT_PATHS)) if (read(name)) wanted[name] = path;
  if (isFileEngine(engine)) wanted['database.PATH'] = DATABASE_PATH;
  // Only this provider keeps a path there: internal/conf/conf.go@v0.13.0
  if (read('session.PROVIDER') === 'file' && read('session.PROVIDER_CONFIG')) {
    wanted['session.PROVIDER_CONFIG'] = 'data/sessions';
  }
  return Object.entries(wanted)
    .filter(([name, value]) => (read(name) ?? '') !== value)
    .map(([name, value]) => `${name}=${value}`);
}

/** Where a file of a backup goes in a layout; undefined for what a server has no place for. */
export function placeInLayout(layout: ServerLayout, name: string): string | undefined {
  const under = (prefix: string): string => name.slice(prefix.length);
  if (name.startsWith(CUSTOM)) return `${layout.custom}/${under(CUSTOM)}`;
  if (name.startsWith(DATA)) return `${layout.data}/${under(DATA)}`;
  if (name.startsWith(LOG)) return `${layout.log}/${under(LOG)}`;
  if (name === ROOT || name === DATABASE || name === METADATA || name === REPOSITORIES) return undefined;
  return `${OTHER_FILES}/${name.startsWith(ROOT) ? under(ROOT) : name}`;
}

/** `gogs dump` saved it: cmd/dump.go@v0.9.141 */
const LOG = `${ROOT}log/`;
/** Takes the files of an archive that no Gogs put there. */
export const OTHER_FILES = 'other-files';
/** The database as SQL, where the engine has a server of its own. */
export const DATABASE_SCRIPT = 'database.sql';
/** Where the database lies. */
export const databaseIn = ({ data }: ServerLayout, engine: Engine | undefined): string =>
  isFileEngine(engine) ? `${data}/gogs.db` : DATABASE_SCRIPT;
export const configPath = (layout: ServerLayout): string => `${layout.custom}/conf/app.ini`;
