/** Steps after a backup: `gogs restore`, with SQL before and after it. */
import { formatCount } from '../../core/format.js';
import { isAbsolutePath } from '../../gogs/settings/facts.js';
import type { Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { bringSecretKey, install, start } from './parts/installAndStart.js';
import { copyLfsObjects, lfsFolder, lfsObjectsOf } from './parts/lfsObjects.js';
import { loadCommand, loadDatabase, loadOtherDatabase } from './parts/loadDatabase.js';
import { archive, parentOf, type Situation, shellOf, word } from './Situation.js';

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
const findConfig: Step = (situation) =>
  situation.hasConfig
    ? {
        title: 'Look up where the new Gogs keeps its configuration',
        why: 'The restore puts custom/ into the folder of $GOGS_CUSTOM, else into that of $GOGS_WORK_DIR, else beside the program. A package may look elsewhere, such as in /etc/gogs: set GOGS_CUSTOM for the restore as the service has it. In the official Docker image no restore ends well: make its volume of the archive, with --layout docker.',
      }
    : bringSecretKey(situation);

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
  !restoresFiles(situation) && hasFiles(situation)
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

const loadAfterRestore: Step = (situation) => {
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

const resyncMovedHooks: Step = (situation) =>
  situation.files.has('repositories.zip') ? resyncHooks(situation) : undefined;

const sshFolder = (situation: Situation): string => word(situation, `${situation.facts?.appDataPath ?? 'data'}/ssh`);

const hostKeys: Step = (situation) =>
  situation.files.has('data/ssh')
    ? {
        title: "Bring over the built-in SSH server's host keys",
        command:
          shellOf(situation) === 'posix'
            ? `unzip -j ${archive(situation)} 'gogs-backup/data/ssh/*' -d ${sshFolder(situation)}`
            : `tar -xf ${archive(situation)} --strip-components 3 -C ${sshFolder(situation)} gogs-backup/data/ssh`,
        why: 'They are in the archive, but the restore leaves them there; with other keys every user is warned of a changed host.',
      }
    : undefined;

const lfsObjects: Step = (situation) => {
  const objects = lfsObjectsOf(situation);
  if (objects === undefined || !situation.files.has('data/lfs-objects')) return copyLfsObjects(situation);
  const folder = lfsFolder(situation);
  return {
    title: `Unpack the ${objects} into ${folder}`,
    command:
      shellOf(situation) === 'posix'
        ? `unzip ${archive(situation)} 'gogs-backup/data/lfs-objects/*' -d lfs && mkdir -p ${word(situation, folder)} && cp -a lfs/gogs-backup/data/lfs-objects/. ${word(situation, folder)}`
        : `tar -xf ${archive(situation)} --strip-components 3 -C ${word(situation, folder)} gogs-backup/data/lfs-objects`,
    why: 'They are in the archive, but the restore leaves them there.',
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
  loadAfterRestore,
  resyncMovedHooks,
  rewriteKeys,
  hostKeys,
  lfsObjects,
  start,
];
