/** Steps after a backup: `gogs restore`, with SQL before and after it. */

import { repositoriesFolderName } from '../../gogs/repositoriesFolderName.js';
import { isAbsolutePath } from '../../gogs/settings/facts.js';
import { shellOf } from '../../gogs/settings/shellOf.js';
import type { Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { bringSecretKey, install, start } from './parts/installAndStart.js';
import { copyLfsObjects, lfsFolder } from './parts/lfsObjects.js';
import { loadCommand, loadDatabase, loadOtherDatabase } from './parts/loadDatabase.js';
import { archive, parentOf, rowsOf, type Situation, word } from './Situation.js';
import { texts } from './texts.js';

/** Rows that pass through `gogs restore` lose some times. */
const restoresRows = ({ sql, filesOnly }: Situation): boolean => sql === null && !filesOnly;

const hasFiles = ({ files, hasConfig }: Situation): boolean =>
  hasConfig ||
  (['custom', 'data/attachments', 'data/avatars', 'data/repo-avatars', 'repositories.zip'] as const).some((group) =>
    files.has(group),
  );

/** A full restore needs the custom folder: internal/cmd/restore.go@v0.13.0 */
const restoresFiles = (situation: Situation): boolean => situation.hasConfig || situation.files.has('custom');

// internal/conf/computed.go@v0.13.0: CustomDir, WorkDir
const findConfig: Step = (situation) => (situation.hasConfig ? texts().findConfig : bringSecretKey(situation));

/**
 * The folder on disk that custom and data are moved to: the one that contains both, unless app.ini says otherwise. Undefined if
 * app.ini does not tell. WorkDir in internal/conf/computed.go@v0.13.0; [log] ROOT_PATH is WORK_DIR/log by default.
 */
function folderOfGogs({ facts }: Situation): string | undefined {
  const data = facts?.appDataPath;
  if (data !== undefined && isAbsolutePath(data)) return parentOf(data);
  const log = facts?.logRootPath;
  return log !== undefined && isAbsolutePath(log) && /[\\/]log[\\/]?$/.test(log) ? parentOf(log) : undefined;
}

// internal/cmd/restore.go@v0.13.0
const restore: Step = (situation) => {
  // Without tables and files there is nothing to restore.
  if (!restoresRows(situation) && !hasFiles(situation)) return undefined;
  const whole = restoresFiles(situation);
  const folder = folderOfGogs(situation);
  const options = [
    `gogs restore --from ${archive(situation)} --tempdir ${folder === undefined ? 'FOLDER' : word(situation, folder)}`,
    ...(whole ? [] : ['--database-only']),
    ...(situation.hasConfig ? [] : ['--config PATH/TO/app.ini']),
  ];
  const words = texts().restore;
  const why = whole ? words.wholeFolder : hasFiles(situation) ? words.withoutCustom : words.anyFolder;
  return { title: restoresRows(situation) ? words.title : words.titleOfFiles, command: options.join(' '), why };
};

const unpackByHand: Step = (situation) =>
  !restoresFiles(situation) && hasFiles(situation)
    ? {
        ...texts().unpackByHand,
        command:
          shellOf(situation) === 'posix'
            ? `unzip ${archive(situation)} 'gogs-backup/data/*' gogs-backup/repositories.zip -d FOLDER`
            : `tar -xf ${archive(situation)} -C FOLDER gogs-backup/data gogs-backup/repositories.zip`,
      }
    : undefined;

const readLog: Step = (situation) => {
  const { facts } = situation;
  const toFile = facts?.logModes.includes('file') === true && !facts.logModes.includes('console');
  const { title, onConsole, inFile, onConsoleWithRows, inFileWithRows } = texts().readLog;
  if (!toFile) return { title, why: restoresRows(situation) ? onConsoleWithRows : onConsole };
  const folder = facts.logRootPath ?? 'log/';
  return { title, why: (restoresRows(situation) ? inFileWithRows : inFile)({ folder }) };
};

const loadAfterRestore: Step = (situation) => {
  const { afterRestoreSql, exact, maxLineBytes } = situation;
  if (afterRestoreSql === null) return undefined;
  const words = texts().loadAfterRestore;
  return {
    title: exact ? words.titleOfExact : words.title,
    command: loadCommand(situation, afterRestoreSql),
    why: (exact ? words.whyExact : words.why)({ bytes: maxLineBytes }),
  };
};

/** A restore unpacks repositories.zip beside ROOT: internal/cmd/restore.go@v0.13.0 */
const moveRepositories: Step = (situation) => {
  const { repositoriesTop: top, facts } = situation;
  const root = facts?.repositoryRoot;
  if (root === undefined || top === undefined || top === repositoriesFolderName(root)) return undefined;
  return {
    ...texts().moveRepositories,
    // PowerShell knows mv as well, as an alias of Move-Item.
    command: `mv ${word(situation, `${parentOf(root)}/${top}`)} ${word(situation, root)}`,
  };
};

const resyncMovedHooks: Step = (situation) =>
  situation.files.has('repositories.zip') ? resyncHooks(situation) : undefined;

const sshFolder = (situation: Situation): string => word(situation, `${situation.facts?.appDataPath ?? 'data'}/ssh`);

const hostKeys: Step = (situation) =>
  situation.files.has('data/ssh')
    ? {
        ...texts().hostKeys,
        command:
          shellOf(situation) === 'posix'
            ? `unzip -j ${archive(situation)} 'gogs-backup/data/ssh/*' -d ${sshFolder(situation)}`
            : `tar -xf ${archive(situation)} --strip-components 3 -C ${sshFolder(situation)} gogs-backup/data/ssh`,
      }
    : undefined;

const lfsObjects: Step = (situation) => {
  const count = rowsOf(situation, 'lfs_object');
  if (count === 0 || !situation.files.has('data/lfs-objects')) return copyLfsObjects(situation);
  const folder = lfsFolder(situation);
  return {
    title: texts().lfsObjects.unpack({ count, folder }),
    command:
      shellOf(situation) === 'posix'
        ? `unzip ${archive(situation)} 'gogs-backup/data/lfs-objects/*' -d lfs && mkdir -p ${word(situation, folder)} && cp -a lfs/gogs-backup/data/lfs-objects/. ${word(situation, folder)}`
        : `tar -xf ${archive(situation)} --strip-components 3 -C ${word(situation, folder)} gogs-backup/data/lfs-objects`,
    why: texts().lfsObjects.inArchive,
  };
};

export const BACKUP_STEPS: readonly Step[] = [
  install,
  createDatabase,
  loadDatabase,
  loadOtherDatabase,
  findConfig,
  restore,
  unpackByHand,
  readLog,
  moveRepositories,
  loadAfterRestore,
  resyncMovedHooks,
  rewriteKeys,
  hostKeys,
  lfsObjects,
  start,
];
