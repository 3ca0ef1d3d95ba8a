/**
 * The paths of a running server's files: beside the program of a binary installation, or in the volume of the official image
 * (docker/start.sh, docker/s6/gogs/setup and Dockerfile@v0.13.4 and @v0.14.3).
 */
import type { Engine } from '../engines/Engine.js';
import { isFileEngine } from '../engines/engineNamed.js';
import { CUSTOM, DATA, DATABASE, METADATA, REPOSITORIES, ROOT } from './layout.js';
import { isTrue } from './settings/isTrue.js';

export const LAYOUT_NAMES = ['binary', 'docker'] as const;
/** The layout of a server folder: beside the program, or that of the official image. */
export type LayoutName = (typeof LAYOUT_NAMES)[number];

/** Paths use slashes; those without a leading slash are relative to the folder. */
export interface ServerLayout {
  readonly name: LayoutName;
  readonly custom: string;
  readonly data: string;
  readonly log: string;
  readonly repositories: string;
  /** The authorized_keys of the system's SSH server; undefined if it depends on the account's home folder. */
  readonly authorizedKeys: string | undefined;
  /** The program and its app.ini, by their paths on the new server: hooks and SSH keys name both. */
  readonly program: string;
  readonly config: string;
  /** Settings that app.ini needs: `repository.ROOT` → value. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The mount point of the official image's volume. */
export const VOLUME = '/data';

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
    // EXPOSE and HEALTHCHECK in the Dockerfile depend on it.
    'server.HTTP_PORT': '3000',
  },
};

/** `installFolder`: the absolute path of the folder on the new server. */
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
 * The defaults in conf/app.ini@v0.13.4 that lead to the layout's data folder. Gogs resolves relative paths against its work
 * directory (ensureAbs in internal/conf/utils.go@v0.13.0).
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
  // conf/app.ini@v0.14.2. Uploads are moved from there by renaming, so it has to be on the same disk.
  'lfs.OBJECTS_TEMP_PATH': 'data/tmp/lfs-objects',
  'repository.upload.TEMP_PATH': 'data/tmp/uploads',
};

/** Relative to the work directory, in every layout. */
const DATABASE_PATH = 'data/gogs.db';

/** The settings that app.ini needs for a layout, as `section.KEY=value`. `read`: returns the current value, or undefined. */
export function layoutSettings(
  layout: ServerLayout,
  engine: Engine | undefined,
  read: (name: string) => string | undefined,
): string[] {
  const wanted = { ...layout.settings };
  for (const [name, path] of Object.entries(DEFAULT_PATHS)) if (read(name)) wanted[name] = path;
  if (isFileEngine(engine)) wanted['database.PATH'] = DATABASE_PATH;
  // Only this provider stores a path there: internal/conf/conf.go@v0.13.0
  if (read('session.PROVIDER') === 'file' && read('session.PROVIDER_CONFIG')) {
    wanted['session.PROVIDER_CONFIG'] = 'data/sessions';
  }
  // Served to a proxy on the old server: in a container, nothing would listen on the port. `case "unix"` in internal/cmd/web.go@v0.13.0
  if (layout.name === 'docker' && ['unix', 'fcgi'].includes(read('server.PROTOCOL') ?? '')) {
    wanted['server.PROTOCOL'] = 'http';
  }
  if (layout.name === 'docker' && isTrue(read('server.START_SSH_SERVER') ?? '') && sshListenPort(read) === '22') {
    // The image's own SSH server has port 22: docker/s6/openssh/run@v0.13.4. Gogs would stop: listen in internal/ssh/ssh.go@v0.13.0
    wanted['server.SSH_LISTEN_PORT'] = '2222';
  }
  return Object.entries(wanted)
    .filter(([name, value]) => (read(name) ?? '') !== value)
    .map(([name, value]) => `${name}=${value}`);
}

/** SSH_LISTEN_PORT = %(SSH_PORT)s, SSH_PORT = 22: conf/app.ini@v0.13.0 */
function sshListenPort(read: (name: string) => string | undefined): string {
  const port = read('server.SSH_LISTEN_PORT') || '%(SSH_PORT)s';
  return port === '%(SSH_PORT)s' ? read('server.SSH_PORT') || '22' : port;
}

/** The path of a backup's file in a layout; undefined if a server has no place for it. */
export function placeInLayout(layout: ServerLayout, name: string): string | undefined {
  const under = (prefix: string): string => name.slice(prefix.length);
  if (name.startsWith(CUSTOM)) return `${layout.custom}/${under(CUSTOM)}`;
  if (name.startsWith(DATA)) return `${layout.data}/${under(DATA)}`;
  if (name.startsWith(LOG)) return `${layout.log}/${under(LOG)}`;
  if (name === ROOT || name === DATABASE || name === METADATA || name === REPOSITORIES) return undefined;
  return `${OTHER_FILES}/${name.startsWith(ROOT) ? under(ROOT) : name}`;
}

/** Saved by `gogs dump`: cmd/dump.go@v0.9.141 */
const LOG = `${ROOT}log/`;
/** Folder for files of an archive that Gogs did not write. */
export const OTHER_FILES = 'other-files';
/** The database as SQL, if the engine has a server. */
export const DATABASE_SCRIPT = 'database.sql';
/** The path of the database. */
export const databaseIn = ({ data }: ServerLayout, engine: Engine | undefined): string =>
  isFileEngine(engine) ? `${data}/gogs.db` : DATABASE_SCRIPT;
export const configPath = (layout: ServerLayout): string => `${layout.custom}/conf/app.ini`;
