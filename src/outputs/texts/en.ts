import { formatCount, plural } from '../../core/format.js';

export const en = {
  engineForAfterRestoreSql:
    'Cannot write the SQL for what gogs restore does not read: no app.ini says which database engine the new server has. Name it with --engine.',
  needsFileForSql:
    'Cannot write to standard output alone: some rows are longer than gogs restore reads, and the SQL that loads them needs a separate file. Name a file as the output.',
  chooseNewFolder: ({ path }: { path: string }) => `Cannot write ${path}: it exists. Choose a new folder.`,
  nulInColumn: {
    title: ({ column }: { column: string }) => `NUL characters in ${column}`,
    consequence: 'PostgreSQL cannot store a NUL in a text.',
    remedy:
      'They are removed, as Gogs itself does on restore in the tables where it can; the rest of each text is kept.',
  },
  foreignTable: {
    title: 'Tables that do not belong to Gogs are left out',
    consequence: 'SQLite does not take them as they are.',
    remedy: 'If they matter, move them by other means.',
  },
  unfitValue: {
    title: ({ column, problem }: { column: string; problem: string }) => `A value of ${column} ${problem}`,
    consequence: ({ engine }: { engine: string }) => `${engine} cannot store it, so nothing is written.`,
    remedy: 'Correct it in the input, or choose another engine.',
  },
  rowOfBytes: ({ row, bytes }: { row: string; bytes: number }) => `${row}: ${plural(bytes, 'byte')}`,
  sqlNeedsZip: '--sql requires a zip as the output: it moves the database out of it.',
  filesOnlyNeedsZip:
    '--files-only requires a zip as the output, and cannot be combined with --sql: it leaves the database out.',
  dropExistingNeedsSql: '--drop-existing is for SQL: use it with --sql, or with an output such as new.sql.',
  sameFile: '--sql and the output name the same file. Give them different names.',
  folderOption: ({ option }: { option: string }) =>
    `${option} is for the folder that a server starts on: use it with --layout.`,
  owner: ({ owner }: { owner: string }) =>
    `Cannot read --owner ${owner}: write the numbers of the user and the group, as in 1000:1000.`,
  composeNeedsDocker: '--compose requires --layout docker: it starts a container on the folder.',
  ownerNeedsRoot:
    '--owner needs root: only root can give files away. Run the command with sudo, or chown the folder later.',
  unclearName: ({ name }: { name: string }) =>
    `Cannot tell from the name ${name} what to write. Name it new.zip (a backup), new.sql or new.sql.gz, new.db (SQLite), new.csv.zip or new/ (CSV); or use --format, and --layout for the folder that a server starts on.`,
  twoFilesInOnePlace: {
    title: 'Two different files of the archive belong in the same place',
    consequence: 'The new server sees only the first of the two.',
    remedy: ({ folder }: { folder: string }) => `The second is in ${folder}/ of the output: compare the two.`,
  },
  temporaryFileCutOff: 'Cannot read a temporary file again: its end is missing. Run the command once more.',
  folderNeedsPath: 'Cannot write a folder to standard output: give it a path.',
  databaseNeedsPath: 'Cannot write a database file to standard output: give it a path.',
  engineForSql: 'Cannot write SQL without knowing the database engine of the new server: name it with --engine.',
  longRow: {
    title: ({ table }: { table: string }) => `Rows of ${table} are longer than a restore reads`,
    consequence: ({ bytes }: { bytes: number }) =>
      `gogs restore silently stops reading a table at a line over ${formatCount(bytes)} bytes.`,
    remedy:
      'They are written last in their table, so that no other row is lost, and into the SQL to load after the restore.',
  },
  besideRepositories: ({ path, entry, folder }: { path: string; entry: string; folder: string }) =>
    `Cannot unpack ${path}: it contains ${entry} beside the folder ${folder}, but Gogs writes only one folder. Put all repositories into one folder.`,
  movedHook: {
    title: 'Custom Git hooks were in the place of those of Gogs',
    consequence: 'Since 0.10, Gogs runs custom hooks from custom_hooks: without its own hooks, pushes would bypass it.',
    remedy:
      'They were moved there, or to hooks/NAME.old if there was one already; check whether they are still wanted.',
  },
  hookMoved: ({ repository, hook, kept }: { repository: string; hook: string; kept: string }) =>
    `${repository}: ${hook} is now ${kept}`,
};
