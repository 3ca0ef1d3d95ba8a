import { formatCount, plural } from '../../../core/format.js';

export const en = {
  findConfig: {
    title: 'Look up where the new Gogs keeps its configuration',
    why: 'The restore puts custom/ into the folder of $GOGS_CUSTOM, else into that of $GOGS_WORK_DIR, else beside the program. A package may look elsewhere, such as in /etc/gogs: set GOGS_CUSTOM for the restore as the service has it. In the official Docker image, a restore never succeeds: build its volume from the archive, with --layout docker.',
  },
  restore: {
    title: 'Restore',
    titleOfFiles: 'Restore the files',
    wholeFolder:
      'The folder of --tempdir must exist and be on the same disk as the custom and data folders of Gogs, because files are moved there by renaming ("invalid cross-device link"). It needs room for the whole backup once more. If an earlier try left custom.bak or data/*.bak, move them away first.',
    anyFolder: 'The folder of --tempdir must exist, and needs room for the whole backup once more.',
    withoutCustom:
      'The folder of --tempdir must exist, and needs room for the whole backup once more. The archive has no custom folder, without which files cannot be restored.',
  },
  unpackByHand: {
    title: 'Unpack data and repositories by hand',
    why: 'Move data/* into the data folder of Gogs, and unpack repositories.zip beside [repository] ROOT.',
  },
  readLog: {
    title: 'Check that the restore succeeded',
    onConsole: 'Its last line is "Restore succeed!".',
    inFile: ({ folder }: { folder: string }) =>
      `Its last line is "Restore succeed!"; with [log] MODE = file, look into gogs.log in ${folder}, because the console stays silent.`,
    onConsoleWithRows:
      'Its last line is "Restore succeed!". It says nothing of rows that it could not read: compare the numbers of rows with the report.',
    inFileWithRows: ({ folder }: { folder: string }) =>
      `Its last line is "Restore succeed!"; with [log] MODE = file, look into gogs.log in ${folder}, because the console stays silent. It says nothing of rows that it could not read: compare the numbers of rows with the report.`,
  },
  moveRepositories: {
    title: 'Move the repositories to where Gogs looks for them',
    why: 'The restore unpacks them beside [repository] ROOT, under the name that their folder has in the archive.',
  },
  loadAfterRestore: {
    title: 'Load what no restore can read',
    titleOfExact: 'Correct what the restore overwrites',
    why: ({ bytes }: { bytes: number }) =>
      `Rows over ${formatCount(bytes)} bytes are in this file. Loading it twice does no harm.`,
    whyExact: ({ bytes }: { bytes: number }) =>
      `The restore overwrites some times and cannot read rows over ${formatCount(bytes)} bytes: both are in this file. Loading it twice does no harm.`,
  },
  hostKeys: {
    title: "Bring over the built-in SSH server's host keys",
    why: 'They are in the archive, but the restore leaves them there; with other keys, every user is warned of a changed host.',
  },
  lfsObjects: {
    unpack: ({ count, folder }: { count: number; folder: string }) =>
      `Unpack the ${plural(count, 'Git LFS object')} into ${folder}`,
    inArchive: 'They are in the archive, but the restore leaves them there.',
    copy: ({ count }: { count: number }) => `Copy the ${plural(count, 'Git LFS object')} from the old server`,
    inNoBackup: 'No backup contains them. The folder is [lfs] OBJECTS_PATH, with files such as 2/d/2d71….',
  },
  placeProgram: {
    title: ({ release }: { release: string }) => `Put the program of Gogs ${release} into the folder`,
    why: ({ home }: { home: string }) =>
      `The hooks of all repositories call ${home}/gogs: the folder has to be at ${home}. After a move elsewhere, run "./gogs admin resync-hooks" there.`,
  },
  giveAway: {
    title: ({ user }: { user: string }) => `Give the folder to ${user}`,
    why: ({ user }: { user: string }) =>
      `Gogs runs as the RUN_USER of app.ini, and writes into the whole folder. Run everything below as ${user}.`,
  },
  start: {
    title: 'Start Gogs and look around',
    why: ({ log }: { log: string }) =>
      `Sign in, clone and push once, and look through ${log} for errors. Keep the old server until then.`,
    inPlace:
      'Everything is in its place: nothing is restored. Sign in, clone and push once. Keep the old server until then.',
  },
  importCsv: {
    title: ({ output }: { output: string }) => `Load the CSV files of ${output}`,
    why: ({ release }: { release: string }) =>
      `There is one file per table, with the columns in the first line. Let Gogs ${release} create its tables first, then load the files with the tools of the database.`,
  },
  placeDatabase: {
    title: 'Put the database file where the new Gogs looks for it',
    why: 'The path is [database] PATH in app.ini. Stop Gogs first, and give the file to the account that Gogs runs as.',
  },
  makeVolume: {
    title: "Build the container's volume from the archive",
    why: 'app.ini has the paths of the official image, where no combination of `gogs restore` options works: it renames /data/gogs together with the database, and cannot move folders into /data. The volume has everything in place, and needs no SQL after a restore.',
  },
  followVolume: {
    title: ({ page }: { page: string }) => `Continue with ${page}`,
    why: 'The checklist beside the volume loads the database, if the engine has a server of its own, and starts the container.',
  },
  unpackVolume: {
    title: "Unpack the files into the container's volume",
    why: 'app.ini has the paths of the official image, where `gogs restore` cannot move folders into /data ("invalid cross-device link") and renames /data/gogs.',
  },
  startContainer: {
    title: 'Start the container',
    why: 'There must be no install page. [database] HOST in gogs/conf/app.ini has to be an address that the container reaches.',
    inPlace:
      'Everything is in its place: nothing is restored, and there must be no install page. [server] EXTERNAL_URL and SSH_PORT in gogs/conf/app.ini name the address and the port that people use from outside.',
  },
  lookAround: {
    title: 'Look around',
    why: ({ log }: { log: string }) =>
      `Sign in, clone and push once, and look through ${log} for errors. Keep the old server until then.`,
    inFolder:
      'Sign in, clone and push once, and look through gogs/log/gogs.log in the folder for errors. Keep the old server until then.',
  },
  copyFiles: {
    title: 'Copy the files from the old server: custom, data and the repositories',
    why: ({ release }: { release: string }) =>
      `The output contains only the database. app.ini needs the names that Gogs ${release} reads: upgrade the whole backup for one that has them.`,
    withoutDatabase:
      'Leave the old gogs.db in data behind, with any gogs.db-wal and gogs.db-journal: they would replace or change the new database.',
  },
  createDatabase: {
    title: 'Create an empty database',
    why: 'Its tables are created later, but not the database itself.',
    titleOfWide: 'Create an empty database that accepts all characters',
    whyWide: 'With the character set utf8 (three bytes at most), loading stops at the first emoji.',
    byAdministrator: 'Run this as administrator of the database.',
    owner: ({ user, command }: { user: string; command: string }) =>
      `Run this as administrator of the database. If ${user}, the USER of app.ini, does not exist yet: ${command}`,
    allRights: ({ user }: { user: string }) =>
      `Run this as administrator of the database, and give ${user}, the USER of app.ini, all rights.`,
  },
  writeConfig: {
    title: 'Write app.ini, with the SECRET_KEY of the old server',
    why: 'The input has none. Without it, Gogs shows its install page; with another key, nobody with two-factor authentication can sign in.',
  },
  loadDatabase: {
    title: 'Load the database',
    inPlace:
      'Everything else is in place. Check that HOST, NAME, USER and PASSWORD in [database] of the new app.ini are those of this server.',
    why: 'It creates all tables, in seconds, with every value as it was. Do this before the files are put in place and before the first start.',
    titleOfOther: 'Load the database that belongs to these files',
    whyOther:
      'They contain none: the restore leaves the database as it is. Do this before the files are restored and before the first start.',
  },
  resyncHooks: {
    title: 'Rewrite the hooks of all repositories',
    why: 'They call Gogs by its path on the old server; without this, every push fails if the path has changed.',
  },
  rewriteKeys: {
    title: 'Write the SSH keys of all users again',
    why: 'No backup contains .ssh/authorized_keys. Keys in it that are not from Gogs are lost: save them first.',
  },
  install: {
    title: ({ release }: { release: string }) => `Install Gogs ${release} on the new server and stop it`,
    why: 'What follows changes the database and the folders that a running server uses.',
    whyAs: ({ user }: { user: string }) =>
      `What follows changes the database and the folders that a running server uses. Run everything below as ${user}, the RUN_USER of app.ini.`,
  },
  bringSecretKey: {
    title: 'Give the new app.ini the SECRET_KEY of the old server',
    why: 'With another key, nobody with two-factor authentication can sign in.',
  },
};
