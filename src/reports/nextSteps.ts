/** What is left to do by hand, in order. Each step has its condition: only what applies to this backup is listed. */

import { posix, win32 } from 'node:path';
import { formatCount } from '../core/format.js';
import type { OutputFormat } from '../core/outputFormats.js';
import type { Engine } from '../gogs/engines.js';
import type { FileSummary } from '../gogs/FileSummary.js';
import { DATABASE_SCRIPT, type ServerLayout } from '../gogs/serverLayout.js';
import { type Facts, isAbsolutePath, isWindowsPath } from '../gogs/settings/facts.js';
import { type Shell, shellWord } from './shellWords.js';
import type { TableReport } from './TableReport.js';

export interface NextStep {
  /** What to do, as an imperative. */
  readonly title: string;
  /** For the shell of the new server; words in capitals stand for what only the administrator knows. */
  readonly command?: string;
  readonly why: string;
}

/** What the steps depend on. */
export interface Situation {
  /** Path of the archive, `-` for standard output. */
  readonly output: string;
  readonly target: string;
  /** The longest line that its restore reads. */
  readonly maxLineBytes: number;
  readonly engine: Engine | undefined;
  readonly afterRestoreSql: string | null;
  /** A backup for `gogs restore`, SQL or CSV for the database's own tools. */
  readonly format: OutputFormat;
  /** The whole database as SQL, to be loaded before anything is restored; null where the output holds it otherwise. */
  readonly sql: string | null;
  /** The output holds the files alone, and the database is brought by other means. */
  readonly filesOnly: boolean;
  /** True when the SQL after the restore also puts right what the restore overwrites. */
  readonly exact: boolean;
  /** What app.ini says as it goes into the output; undefined when there is none. */
  readonly facts: Facts | undefined;
  readonly hasConfig: boolean;
  readonly files: Pick<FileSummary, 'has'>;
  readonly tables: readonly TableReport[];
  /** Of the folder that the server starts on; undefined for other outputs. */
  readonly layout: ServerLayout | undefined;
}

type Step = (situation: Situation) => NextStep | undefined;

export function nextSteps(situation: Situation): NextStep[] {
  const { format, layout } = situation;
  const steps =
    layout === undefined
      ? format === 'sqlite'
        ? DATABASE_FILE_STEPS
        : STEPS
      : layout.name === 'docker'
        ? DOCKER_STEPS
        : FOLDER_STEPS;
  return steps.map((step) => step(situation)).filter((step) => step !== undefined);
}

/** The shell of the new server: the paths of app.ini say what system it has. */
export const shellOf = ({ facts }: Pick<Situation, 'facts'>): Shell =>
  facts?.paths.some(({ value }) => isWindowsPath(value)) === true ? 'powershell' : 'posix';

/** One word of a command for that shell. */
const word = (situation: Situation, text: string): string => shellWord(shellOf(situation), text);

const archive = (situation: Situation): string =>
  situation.output === '-' ? 'BACKUP.zip' : word(situation, situation.output);
const rowsOf = ({ tables }: Situation, name: string): number =>
  tables.find(({ table }) => table === name)?.rowsOut ?? 0;

/** Rows that go through `gogs restore` lose some times on the way. */
const restoresRows = ({ format, sql, filesOnly }: Situation): boolean => format === 'zip' && sql === null && !filesOnly;

const hasFiles = ({ files, hasConfig }: Situation): boolean =>
  hasConfig ||
  (['custom', 'data/attachments', 'data/avatars', 'data/repo-avatars', 'repositories.zip'] as const).some((group) =>
    files.has(group),
  );
/** A full restore needs the custom folder: internal/cmd/restore.go@v0.13.0 */
const restoresFiles = (situation: Situation): boolean => situation.hasConfig || situation.files.has('custom');

const install: Step = ({ target, facts }) => {
  const user = facts?.runUser;
  return {
    title: `Install Gogs ${target} on the new server and stop it`,
    why: `The restore works on the database and the folders that a running server uses.${
      user === undefined ? '' : ` Run everything below as ${user}, the RUN_USER of app.ini.`
    }`,
  };
};

const createDatabase: Step = (situation) => {
  const { engine, facts } = situation;
  const name = facts?.databaseName ?? 'gogs';
  switch (engine) {
    case 'mysql':
      return {
        title: 'Create an empty database that takes all characters',
        command: `mariadb -e ${word(situation, `CREATE DATABASE \`${name.replaceAll('`', '``')}\` CHARACTER SET utf8mb4`)}`,
        why: 'With the character set utf8 (three bytes at most) the restore stops at the first emoji.',
      };
    case 'postgres':
      return {
        title: 'Create an empty database',
        command: `createdb --encoding UTF8 ${word(situation, name)}`,
        why: 'The restore makes its tables, but not the database.',
      };
    default:
      return undefined;
  }
};

const loadDatabase: Step = (situation) =>
  situation.filesOnly
    ? {
        title: 'Load the database that belongs to these files',
        why: 'They hold none: the restore leaves the database as it finds it. Do this before the files are restored and before the first start.',
      }
    : situation.sql === null
      ? undefined
      : {
          title: 'Load the database',
          command: loadCommand(situation, situation.sql),
          why: 'It makes all tables, in seconds, with every value as it was. Do this before the files are restored and before the first start.',
        };

const importCsv: Step = ({ format, output, target }) =>
  format === 'csv'
    ? {
        title: `Load the CSV files of ${output}`,
        why: `One file a table, columns in the first line. Let Gogs ${target} make its tables first, then load the files by the database's own means.`,
      }
    : undefined;

const copyFiles: Step = ({ format, target }) =>
  format === 'zip'
    ? undefined
    : {
        title: 'Copy the files from the old server: custom, data and the repositories',
        why: `The output holds the database alone. app.ini needs the names that Gogs ${target} reads: upgrade the whole backup for one that has them.`,
      };

// internal/conf/computed.go@v0.13.0: CustomDir, WorkDir
const config: Step = ({ hasConfig, format }) =>
  hasConfig && format === 'zip'
    ? {
        title: 'Look up where the new Gogs keeps its configuration',
        why: 'The restore puts custom/ into the folder of $GOGS_CUSTOM, else into that of $GOGS_WORK_DIR, else beside the program. A package or an image may look elsewhere, such as /etc/gogs or /data/gogs: set GOGS_CUSTOM for the restore as the service has it.',
      }
    : {
        title: 'Give the new app.ini the SECRET_KEY of the old server',
        why: 'With another key nobody with two-factor authentication can sign in.',
      };

/**
 * A folder on the disk that custom and data are moved to: the folder that both lie in unless app.ini says otherwise. Undefined
 * where app.ini does not tell. WorkDir in internal/conf/computed.go@v0.13.0; [log] ROOT_PATH is WORK_DIR/log by default.
 */
function folderOfGogs({ facts }: Situation): string | undefined {
  const data = facts?.appDataPath;
  if (data !== undefined && isAbsolutePath(data)) return parentOf(data);
  const log = facts?.logRootPath;
  return log !== undefined && isAbsolutePath(log) && /[\\/]log[\\/]?$/.test(log) ? parentOf(log) : undefined;
}

const parentOf = (path: string): string => (isWindowsPath(path) ? win32.dirname(path) : posix.dirname(path));

// internal/cmd/restore.go@v0.13.0
const restore: Step = (situation) => {
  // Without tables and files there is nothing to restore.
  if (situation.format !== 'zip' || (!restoresRows(situation) && !hasFiles(situation))) return undefined;
  const whole = restoresFiles(situation);
  const folder = folderOfGogs(situation);
  const options = [
    `gogs restore --from ${archive(situation)} --tempdir ${folder === undefined ? 'FOLDER' : word(situation, folder)}`,
    ...(whole ? [] : ['--database-only']),
    ...(situation.hasConfig ? [] : ['--config PATH/TO/app.ini']),
  ];
  return {
    title: restoresRows(situation) ? 'Restore' : 'Restore the files',
    command: options.join(' '),
    why: [
      `The folder of --tempdir must exist${whole ? ' and be on the same disk as the custom and data folders of Gogs, because files are moved there by renaming ("invalid cross-device link"). It' : ', and'} takes the whole backup once more.`,
      ...(whole ? ['What an earlier try left as custom.bak or data/*.bak has to be moved away first.'] : []),
      ...(whole || !hasFiles(situation)
        ? []
        : ['The archive has no custom folder, without which files cannot be restored.']),
    ].join(' '),
  };
};

const unpackByHand: Step = (situation) =>
  situation.format === 'zip' && !restoresFiles(situation) && hasFiles(situation)
    ? {
        title: 'Unpack data and repositories by hand',
        command:
          shellOf(situation) === 'posix'
            ? `unzip ${archive(situation)} 'gogs-backup/data/*' gogs-backup/repositories.zip -d FOLDER`
            : `tar -xf ${archive(situation)} -C FOLDER gogs-backup/data gogs-backup/repositories.zip`,
        why: 'Move data/* into the data folder of Gogs, and unpack repositories.zip beside [repository] ROOT.',
      }
    : undefined;

const readLog: Step = (situation) => {
  if (situation.format !== 'zip') return undefined;
  const { facts } = situation;
  const toFile = facts?.logModes.includes('file') === true && !facts.logModes.includes('console');
  return {
    title: 'See that the restore ended well',
    why: `Its last line is "Restore succeed!"${
      toFile
        ? `; with [log] MODE = file look into gogs.log in ${facts.logRootPath ?? 'log/'}, for the console stays silent`
        : ''
    }.${restoresRows(situation) ? ' It says nothing of rows that it could not read: compare the numbers of rows with the report.' : ''}`,
  };
};

/** Loads a file into the new database, and stops at the first error. */
function loadCommand(situation: Situation, file: string): string {
  return shellOf(situation) === 'posix' ? posixLoad(situation, file) : powershellLoad(situation, file);
}

function posixLoad(situation: Situation, file: string): string {
  const { engine, facts } = situation;
  const database = word(situation, facts?.databaseName ?? 'DATABASE');
  const client = {
    mysql: `mariadb ${database}`,
    postgres: `psql -v ON_ERROR_STOP=1 -d ${database}`,
    sqlite3: `sqlite3 -bail ${word(situation, facts?.databasePath ?? 'PATH/TO/gogs.db')}`,
  }[engine ?? 'sqlite3'];
  const path = word(situation, file);
  return file.endsWith('.gz') ? `gunzip -c ${path} | ${client}` : `${client} < ${path}`;
}

/** PowerShell has no `<`, and re-codes what goes through its pipes: the clients read the file themselves. */
function powershellLoad(situation: Situation, file: string): string {
  const { engine, facts } = situation;
  const unpack = file.endsWith('.gz') ? `gzip -d ${word(situation, file)}; ` : '';
  const plain = file.replace(/\.gz$/, '');
  const database = word(situation, facts?.databaseName ?? 'DATABASE');
  switch (engine) {
    case 'mysql':
      return `${unpack}mariadb ${database} -e ${word(situation, `source ${plain}`)}`;
    case 'postgres':
      return `${unpack}psql -v ON_ERROR_STOP=1 -d ${database} -f ${word(situation, plain)}`;
    default: {
      const path = word(situation, facts?.databasePath ?? 'PATH/TO/gogs.db');
      return `${unpack}sqlite3 -bail ${path} ${word(situation, `.read "${plain.replaceAll('\\', '/')}"`)}`;
    }
  }
}

const loadSql: Step = (situation) => {
  const { afterRestoreSql, exact, maxLineBytes } = situation;
  if (afterRestoreSql === null) return undefined;
  return {
    title: exact ? 'Put right what the restore overwrites' : 'Load what no restore can read',
    command: loadCommand(situation, afterRestoreSql),
    why: exact
      ? `The restore sets times anew and cannot read rows over ${formatCount(maxLineBytes)} bytes: both are in this file. Loading it twice does no harm.`
      : `Rows over ${formatCount(maxLineBytes)} bytes are in this file. Loading it twice does no harm.`,
  };
};

// internal/cmd/admin.go@v0.13.0
const resyncHooks: Step = ({ files, format }) =>
  files.has('repositories.zip') || format !== 'zip'
    ? {
        title: 'Rewrite the hooks of all repositories',
        command: 'gogs admin resync-hooks',
        why: 'They call Gogs by its path on the old server; without this every push fails where the path is another.',
      }
    : undefined;

const rewriteKeys: Step = (situation) =>
  rowsOf(situation, 'public_key') > 0 &&
  situation.facts?.ssh.disabled !== true &&
  situation.facts?.ssh.builtinServer !== true
    ? {
        title: 'Write the SSH keys of all users anew',
        command: 'gogs admin rewrite-authorized-keys',
        why: 'No backup contains .ssh/authorized_keys. Keys in it that are not from Gogs are lost: save them first.',
      }
    : undefined;

const sshFolder = (situation: Situation): string => word(situation, `${situation.facts?.appDataPath ?? 'data'}/ssh`);

const hostKeys: Step = (situation) =>
  situation.format === 'zip' && situation.files.has('data/ssh')
    ? {
        title: "Bring over the built-in SSH server's host keys",
        command:
          shellOf(situation) === 'posix'
            ? `unzip -j ${archive(situation)} 'gogs-backup/data/ssh/*' -d ${sshFolder(situation)}`
            : `tar -xf ${archive(situation)} --strip-components 3 -C ${sshFolder(situation)} gogs-backup/data/ssh`,
        why: 'They are in the archive, but the restore leaves them there; with other keys every user is warned of a changed host.',
      }
    : undefined;

const lfs: Step = (situation) => {
  const objects = rowsOf(situation, 'lfs_object');
  if (objects === 0) return undefined;
  const path = situation.facts?.lfsObjectsPath ?? `${situation.facts?.appDataPath ?? 'data'}/lfs-objects`;
  if (situation.files.has('data/lfs-objects')) {
    return {
      title: `Unpack the ${formatCount(objects)} Git LFS ${objects === 1 ? 'object' : 'objects'} into ${path}`,
      command:
        shellOf(situation) === 'posix'
          ? `unzip ${archive(situation)} 'gogs-backup/data/lfs-objects/*' -d lfs && mkdir -p ${word(situation, path)} && cp -a lfs/gogs-backup/data/lfs-objects/. ${word(situation, path)}`
          : `tar -xf ${archive(situation)} --strip-components 3 -C ${word(situation, path)} gogs-backup/data/lfs-objects`,
      why: 'They are in the archive, but the restore leaves them there.',
    };
  }
  return {
    title: `Copy the ${formatCount(objects)} Git LFS ${objects === 1 ? 'object' : 'objects'} from the old server`,
    command:
      shellOf(situation) === 'posix'
        ? `rsync -a OLD-SERVER:${word(situation, `${path}/`)} ${word(situation, `${path}/`)}`
        : `scp -r ${word(situation, `OLD-SERVER:${path}`)} ${word(situation, parentOf(path))}`,
    why: 'No backup contains them. The folder is [lfs] OBJECTS_PATH, with files such as 2/d/2d71….',
  };
};

const start: Step = ({ facts }) => ({
  title: 'Start Gogs and look around',
  why: `Sign in, clone and push once, and look through ${
    facts?.logRootPath === undefined ? 'log/gogs.log' : `${facts.logRootPath}/gogs.log`
  } for errors. Keep the old server until then.`,
});

const STEPS: readonly Step[] = [
  install,
  createDatabase,
  loadDatabase,
  importCsv,
  copyFiles,
  config,
  restore,
  unpackByHand,
  readLog,
  loadSql,
  resyncHooks,
  rewriteKeys,
  hostKeys,
  lfs,
  start,
];

const folderOf = ({ output }: Situation): string => output.replace(/[/\\]+$/, '');

const noConfig: Step = ({ hasConfig }) =>
  hasConfig
    ? undefined
    : {
        title: 'Write app.ini, with the SECRET_KEY of the old server',
        why: 'The input has none. Without it Gogs shows its install page; with another key nobody with two-factor authentication can sign in.',
      };

const folderLfs: Step = (situation) => {
  const step = situation.files.has('data/lfs-objects') ? undefined : lfs(situation);
  const folder = `${folderOf(situation)}/${situation.layout?.data ?? 'data'}/lfs-objects/`;
  return step && { ...step, command: `rsync -a OLD-SERVER:data/lfs-objects/ ${word(situation, folder)}` };
};

const placeDatabase: Step = (situation) => ({
  title: 'Put the database file where the new Gogs looks for it',
  // PowerShell knows cp as well, as an alias of Copy-Item.
  command: `cp ${word(situation, situation.output)} ${word(situation, situation.facts?.databasePath ?? 'PATH/TO/gogs.db')}`,
  why: 'The path is [database] PATH in app.ini. Stop Gogs first, and give the file to the account that Gogs runs as.',
});

const loadScript: Step = (situation) =>
  situation.engine === 'sqlite3'
    ? undefined
    : {
        title: 'Load the database',
        command: loadCommand(situation, `${folderOf(situation)}/${DATABASE_SCRIPT}`),
        why: 'Everything else is in place. See that HOST, NAME, USER and PASSWORD in [database] of the new app.ini are those of this server.',
      };

const placeFolder: Step = (situation) => {
  const { layout, target } = situation;
  const home = layout?.program.replace(/\/gogs$/, '') ?? '';
  return {
    title: `Put the program of Gogs ${target} into the folder`,
    command: `cp PATH/TO/gogs ${word(situation, `${folderOf(situation)}/gogs`)}`,
    why: `The hooks of all repositories call ${home}/gogs: the folder has to lie at ${home}. After a move elsewhere run "./gogs admin resync-hooks" there.`,
  };
};

const giveAway: Step = (situation) => {
  const { output, facts } = situation;
  const user = facts?.runUser;
  if (user === undefined || user === 'root') return undefined;
  return {
    title: `Give the folder to ${user}`,
    command: `chown -R ${word(situation, `${user}:`)} ${word(situation, output)}`,
    why: 'Gogs runs as the RUN_USER of app.ini, and writes into the whole folder.',
  };
};

const folderKeys: Step = (situation) => {
  const step = rewriteKeys(situation);
  return step === undefined ? undefined : { ...step, command: './gogs admin rewrite-authorized-keys' };
};

const startFolder: Step = (situation) => ({
  ...start(situation),
  title: 'Start Gogs and look around',
  command: './gogs web',
  why: 'Everything is in its place: nothing is restored. Sign in, clone and push once. Keep the old server until then.',
});

const runContainer: Step = (situation) => ({
  title: 'Start the container',
  command: `docker run -d --name gogs -p 3000:3000 -p 10022:22 -v ${dockerVolume(situation)}:/data gogs/gogs:${situation.target}`,
  why: 'Everything is in its place: nothing is restored, and there must be no install page. [server] EXTERNAL_URL and SSH_PORT in gogs/conf/app.ini name the address and the port that people use from outside.',
});

const lookAround: Step = () => ({
  title: 'Look around',
  why: 'Sign in, clone and push once, and look through gogs/log/gogs.log in the folder for errors. Keep the old server until then.',
});

/** Docker takes a path without a slash in front for the name of a volume. */
const dockerVolume = (situation: Situation): string => {
  const path = folderOf(situation);
  return path.startsWith('/') ? word(situation, path) : `"$PWD"/${word(situation, path)}`;
};

const DATABASE_FILE_STEPS: readonly Step[] = [install, placeDatabase, copyFiles, resyncHooks, rewriteKeys, lfs, start];
const FOLDER_STEPS: readonly Step[] = [
  createDatabase,
  loadScript,
  noConfig,
  placeFolder,
  giveAway,
  folderLfs,
  folderKeys,
  startFolder,
];
const DOCKER_STEPS: readonly Step[] = [createDatabase, loadScript, noConfig, folderLfs, runContainer, lookAround];
