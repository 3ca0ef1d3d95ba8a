import { plural } from '../../core/format.js';

export const en = {
  csv: {
    tableTwice: ({ input, one, two, table }: { input: string; one: string; two: string; table: string }) =>
      `Cannot use ${input}: ${one} and ${two} are both the table ${table}. Keep one of them.`,
    noTables: ({ input }: { input: string }) =>
      `Cannot use ${input}: none of its files is a table of Gogs. Name each after its table, as in access_token.csv.`,
    unclear: {
      title: 'CSV files can be read in more than one way',
      consequence:
        'They were read in the more usual way. If the program that wrote them meant another, the values on these lines and others like them are not those of the old server.',
      remedy: 'Compare these values with the old server, or export the tables as SQL, which leaves nothing open.',
    },
    notAFile: ({ input, name }: { input: string; name: string }) =>
      `Cannot use ${input}: ${name} is a link or something else that is not a file. Put the file itself there.`,
  },
  inputChanged: ({ input }: { input: string }) =>
    `Cannot use ${input}: it changed while it was read. Stop what writes to it, or work on a copy.`,
  fileChanged: ({ input, file }: { input: string; file: string }) =>
    `Cannot use ${input}: ${file} changed while it was read. Stop what writes to it, or work on a copy.`,
  table: ({ name }: { name: string }) => `table ${name}`,
  inArchive: ({ name, archive }: { name: string; archive: string }) => `${name} in ${archive}`,
  unreadableTable: ({ table, name, reason }: { table: string; name: string; reason: string }) =>
    `Cannot read table ${table} in ${name}: ${reason}. Give its rows as SQL: \`sqlite3 gogs.db .dump > dump.sql\`.`,
  severalDatabases: ({ input, count, names }: { input: string; count: number; names: string }) =>
    `Cannot use ${input}: it contains ${count} databases with tables of Gogs: ${names}. Say which one is meant: --database-name NAME.`,
  unnamed: '(unnamed)',
  noSuchDatabase: ({ input, name, names }: { input: string; name: string; names: string }) =>
    `${input} has no database ${name}. It contains: ${names}.`,
  noTable: 'no table',
  otherDatabases: {
    title: ({ name }: { name: string }) => `Of several databases, ${name} is used`,
    consequence: 'The tables of the others are not in the output.',
    remedy: 'If another one is meant, name it: --database-name NAME.',
  },
  severalDumps: {
    title: 'The file contains several dumps of a table; the last one counts',
    consequence:
      'Rows that only an earlier dump has are not in the output, as they would not be in a database that the file is loaded into.',
    remedy: 'If an earlier dump is meant, cut the later ones off the file.',
  },
  lostRows: {
    title: 'Rows of a damaged database belong to a table that .recover could not name',
    consequence: 'They are not in the output.',
    remedy:
      'Look at them in the dump: their columns are in the order of the table that they are from. Move them there by hand.',
  },
  oldDatabase: {
    title: 'The archive contains the database file of the old server',
    consequence:
      'After a restore, the new Gogs would start on the old rows, with every token and password hash in them, instead of those that were restored.',
    remedy:
      'It is left out, with the files beside it: its rows are in the tables of the backup. In Docker, do not use gogs restore: --layout docker creates the volume.',
  },
  serverState: {
    title: 'The archive contains what the old server kept while it ran',
    consequence:
      'It is carried over unchanged. Sessions keep people signed in, host keys make SSH clients take the new server for the old one; logs and working copies only take up space.',
    remedy: 'Delete on the new server what is not wanted there. --redact-tokens and --rehearsal leave sessions out.',
  },
  sessionsLeftOut: {
    title: 'Sessions are left out',
    consequence: 'Anyone with the cookie of a session would be signed in. Everybody has to sign in again.',
    remedy: 'Nothing needs to be done.',
  },
  databaseInside: {
    title: 'The archive contains an SQLite database that is not the one of Gogs',
    consequence: 'It is carried over unchanged. If it is an old copy, it contains old tokens and password hashes.',
    remedy: 'Check whether it is wanted. --redact-tokens and --rehearsal leave it out.',
  },
  state: {
    sessions: 'sessions of people who are signed in',
    hostKeys: 'host keys of the built-in SSH server',
    workingCopies: 'working copies and uploads in progress',
    logs: 'logs',
  },
  stateOf: ({ folder, what, count, size }: { folder: string; what: string; count: number; size: string }) =>
    `${folder}: ${what}, ${plural(count, 'file')}, ${size}`,
  versions: {
    notAVersion: ({ input, version }: { input: string; version: string }) =>
      `Cannot tell what ${input} is from: its metadata.ini says GOGS_VERSION = ${version}. Correct it to the version of the old server, such as 0.12.3.`,
    schemaTooNew: ({
      input,
      release,
      schema,
      known,
    }: {
      input: string;
      release: string;
      schema: number;
      known: number;
    }) =>
      `Cannot upgrade ${input} to Gogs ${release}: its schema version is ${schema}, but ${release} only knows versions up to ${known}. Use a Gogs that is at least as new as the old server, or ask for a newer target with --to.`,
    madeByNewer: ({ input, release, version }: { input: string; release: string; version: string }) =>
      `Cannot upgrade ${input} to Gogs ${release}: it was made by the newer Gogs ${version}. Use a Gogs that is at least as new as the old server, or ask for a newer target with --to.`,
    beforeBackups: ({ input, version, oldest }: { input: string; version: string; oldest: string }) =>
      `Cannot upgrade ${input}: it says it was made by Gogs ${version}, but \`gogs backup\` has only existed since ${oldest}. Start the old server once with Gogs 0.12.0 or later (from before 0.9.141: first with 0.9.141), make a new backup, and upgrade that.`,
    columnsContradict: ({ input, schema, implied }: { input: string; schema: number; implied: number }) =>
      `Cannot upgrade ${input}: table version says ${schema}, but its columns are those of ${implied}. The number was changed, as guides for moving to Gitea suggest. Set it back (UPDATE version SET version = ${implied} WHERE id = 1) in the database or in the input; do not start an old Gogs on it.`,
    releaseContradicts: (at: { input: string; schema: number; version: string; implied: number }) =>
      `Cannot upgrade ${at.input}: table version says ${at.schema}, but Gogs ${at.version} has that of ${at.implied}. The number was changed, as guides for moving to Gitea suggest. Set it back (UPDATE version SET version = ${at.implied} WHERE id = 1) in the database or in the input; do not start an old Gogs on it.`,
    schemaTooOld: ({ input, schema, oldest }: { input: string; schema: number; oldest: number }) =>
      `Cannot upgrade ${input}: its schema version is ${schema}, older than that of Gogs 0.9.141 (${oldest}). Start the old server once with Gogs 0.12.0 or later (from before 0.9.141: first with 0.9.141), make a new backup, and upgrade that.`,
  },
  otherDump: ({ input }: { input: string }) =>
    `Cannot use ${input}: it is a dump of Gitea or Forgejo, whose tables are no longer those of Gogs. Restore it there.`,
  otherDatabase: ({ input, program }: { input: string; program: string }) =>
    `Cannot use ${input}: it is a database of ${program}, whose tables are no longer those of Gogs. Restore it there.`,
  missingTable: {
    title: 'The input lacks tables',
    titleOfNeeded: 'The input lacks tables that the new server needs',
    consequence: 'They come out empty: what the old server had in them is lost.',
    remedy:
      'Find out why: a dump of single tables, a backup that was cut short, an export of selected tables. Use one that has all of them.',
    namesake: ({ table, columns }: { table: string; columns: string }) =>
      `${table} (there is one that lacks ${columns})`,
  },
  schemaGuessed: {
    emptyByColumns: ({ schema }: { schema: number }) =>
      `Table version is empty: the schema version is taken to be ${schema} by its columns`,
    missingByColumns: ({ schema }: { schema: number }) =>
      `Table version is missing: the schema version is taken to be ${schema} by its columns`,
    emptyByRelease: ({ schema, version }: { schema: number; version: string }) =>
      `Table version is empty: the schema version is taken to be ${schema} by its release, ${version}`,
    missingByRelease: ({ schema, version }: { schema: number; version: string }) =>
      `Table version is missing: the schema version is taken to be ${schema} by its release, ${version}`,
    consequence:
      'A wrong guess would leave out, or leave in, rows that Gogs deleted in between. The missing row is added.',
    remedy: 'If you know that it is another one, put the row (1, VERSION) into table version of the input.',
  },
  schemaContradicted: {
    byColumns: ({ schema, implied }: { schema: number; implied: number }) =>
      `Table version says ${schema}, but its columns are those of ${implied}`,
    byRelease: ({ schema, version, implied }: { schema: number; version: string; implied: number }) =>
      `Table version says ${schema}, but its release, ${version}, is one of ${implied}`,
    consequence: ({ schema, implied }: { schema: number; implied: number }) =>
      `Rows are treated as those of ${schema}: what Gogs deleted on the way to ${implied} is left out.`,
    remedy: ({ implied }: { implied: number }) =>
      `If the number was changed by hand, set it back to ${implied} in the input.`,
  },
  neitherFileNorFolder: ({ input }: { input: string }) =>
    `Cannot read ${input}: it is neither a file nor a folder. Copy what it contains to a file.`,
  emptyFile: ({ name }: { name: string }) =>
    `Cannot read ${name}: the file is empty. The backup that should have written it has failed: use an older one.`,
  folderOptions: ({ input, form }: { input: string; form: string }) =>
    `--database-dump and --repositories are for a Gogs folder, but ${input} is another form of input: ${form}.`,
  databaseNameOption: ({ input, form }: { input: string; form: string }) =>
    `--database-name is for SQL dumps, but ${input} is another form of input: ${form}.`,
  encodingOption: ({ input, form }: { input: string; form: string }) =>
    `--encoding is for SQL dumps and CSV files, but ${input} is another form of input: ${form}.`,
  nested: ({ name, depth }: { name: string; depth: number }) =>
    `Cannot use ${name}: it is an archive in an archive, ${depth} times. Unpack it and give what is in it.`,
  maxRowBytes: ({ most }: { most: number }) => `The longest row must be given as a number of bytes from 1 to ${most}.`,
  strangers: {
    filesOnly: ({ input }: { input: string }) =>
      `Cannot use ${input}: it contains no database, only files. Use a backup that has one. If the files are all that you want, because the database comes as SQL, say so with --files-only.`,
    twice: ({ input, one, two }: { input: string; one: string; two: string }) =>
      `Cannot use ${input}: ${one} and ${two} are the same table of Gogs. Keep the one that counts.`,
    notOfGogs: {
      'gogs backup': ({ input, found, advice }: { input: string; found: string; advice: string }) =>
        `${input} is not a backup of Gogs: ${found}. ${advice}`,
      'gogs dump': ({ input, found, advice }: { input: string; found: string; advice: string }) =>
        `${input} is not a dump of Gogs: ${found}. ${advice}`,
      'SQL dump': ({ input, found, advice }: { input: string; found: string; advice: string }) =>
        `${input} is not a dump of Gogs: ${found}. ${advice}`,
      'SQLite database': ({ input, found, advice }: { input: string; found: string; advice: string }) =>
        `${input} is not a database of Gogs: ${found}. ${advice}`,
      'CSV files': ({ input, found, advice }: { input: string; found: string; advice: string }) =>
        `${input} is not an export of Gogs: ${found}. ${advice}`,
      'Gogs folder': ({ input, found, advice }: { input: string; found: string; advice: string }) =>
        `${input} is not a folder of Gogs: ${found}. ${advice}`,
    },
    noTableAtAll: 'none of its tables is there; it has no table at all',
    none: ({ names }: { names: string }) => `none of its tables is there; it has ${names}`,
    hardlyAny: ({ names }: { names: string }) => `hardly any of its tables is there; it has ${names}`,
    andMore: ({ names, count }: { names: string; count: number }) => `${names} and ${count} more`,
    namesake: ({ found, table, columns }: { found: string; table: string; columns: string }) =>
      `${found} (table ${table} is another one: it lacks ${columns})`,
    notReadable: ({ input, advice }: { input: string; advice: string }) =>
      `${input} is not a dump of Gogs that can be read. ${advice}`,
    giveBackup: 'Give the zip that `gogs backup` wrote, or a dump of the database of Gogs.',
    prefix: ({ prefix, query }: { prefix: string; query: string }) =>
      `Its tables have the prefix ${prefix}, which Gogs does not use. If they are those of Gogs, rename them in a copy of the database, and dump that: this query writes the statements. ${query}`,
    xml: 'It is XML: export the database as SQL, with `mysqldump --default-character-set=utf8mb4 gogs > dump.sql`, or in phpMyAdmin with the format SQL.',
    sqlServer:
      'It is a script of SQL Server. Run `gogs backup` on the old server instead: its backup is the same for every engine. If only the database is left, load the script into a SQL Server, install the Gogs of that time beside it with the old app.ini, and run `gogs backup` there.',
    programMessage:
      'It is, or contains, an error message of the program that should have written the dump: solve the problem that it names, and make the dump again.',
    dockerMessage: 'It is an error message of docker: leave `-t` out of `docker exec -it`, and make the dump again.',
    webPage: 'It is a web page, perhaps one that asks to sign in: download the dump again.',
    oneTable:
      'It is one table as CSV: put a file for each table into a folder, named after its table as in user.csv, and give the folder.',
    json: 'It is JSON: export the database as SQL, in phpMyAdmin with the format SQL.',
    withMessage: ({ input }: { input: string }) =>
      `Cannot read ${input}: it begins with a message of the program that wrote the dump, which got into the file through 2>&1. Take those lines out, such as the first one with \`tail -n +2 dump.sql > mended.sql\`, and give that.`,
    roles:
      'It contains roles, as `pg_dumpall --globals-only` writes them: dump the database itself with `pg_dump gogs > dump.sql`.',
  },
  unclear: {
    damaged: ({ input }: { input: string }) =>
      `Cannot use ${input}: sqlite3 found the database damaged while dumping it, and undoes all rows at the end (ROLLBACK). Rescue what can be read: sqlite3 gogs.db .recover > recovered.sql, and upgrade that.`,
    cutOff: ({ input, program }: { input: string; program: string }) =>
      `Cannot use ${input}: it lacks the closing line that ${program} writes, so it was cut off. Make the dump again, and check that the disk was not full.`,
    uncommitted: ({ input, line }: { input: string; line: number }) =>
      `Cannot use ${input}: nothing commits the transaction that begins on line ${line}, so a database would not keep its rows. Was the dump cut off? Make it again, or add COMMIT; at its end.`,
    theStatement: 'the statement',
    change: (at: { input: string; line: number; byte: number; statement: string; effect: string }) =>
      `Cannot read ${at.input}, line ${at.line} (byte ${at.byte}): ${at.statement} ${at.effect}. What a database would contain then cannot be told from the file. Load it into an empty database, dump that, and upgrade the new dump.`,
    secondDump: (at: { input: string; line: number; byte: number; statement: string; effect: string }) =>
      `Cannot read ${at.input}, line ${at.line} (byte ${at.byte}): ${at.statement} ${at.effect}. The file seems to contain two dumps: cut off the one that does not count, such as all lines from there on by \`head -n ${at.line - 1}\`.`,
    serverSetting: (at: { table: string; input: string; line: number; byte: number; setting: string }) =>
      `Cannot read the rows of ${at.table} in ${at.input}, line ${at.line} (byte ${at.byte}): the dump sets ${at.setting} to something that only its server knows. Load it into an empty database, dump that, and upgrade the new dump.`,
    otherEncoding: (at: {
      table: string;
      input: string;
      line: number;
      byte: number;
      encoding: string;
      suggestion: string;
    }) =>
      `Cannot read the rows of ${at.table} in ${at.input}, line ${at.line} (byte ${at.byte}): the dump says that they are in the character set ${at.encoding}. Give --encoding ${at.suggestion} to have it read, or make the dump in UTF-8: mysqldump --default-character-set=utf8mb4, pg_dump --encoding=UTF8.`,
  },
  zip: {
    unlistedBytes: {
      title: 'A zip contains bytes that belong to none of its files',
      consequence:
        'They are not in the output. Programs that change a zip in place leave older versions of its files there; it is also where something could be hidden.',
      remedy: 'Nothing needs to be done, unless a file is missing: then ask the program that changed the archive.',
    },
    caseCollision: {
      title: 'Names of files differ only by case',
      consequence: 'On a file system that ignores case, as on Windows and macOS, one of the files replaces the other.',
      remedy: 'Put the files on a Linux server, or rename one of the two on the old server.',
    },
    unknownEncoding: {
      title: 'Names of files are in an unknown character set',
      consequence:
        'They are carried over byte by byte, and `gogs restore` gives the files such names. In this report they are shown as CP437, which may not be how people know them.',
      remedy: 'On the new server, check whether the files have the expected names, and rename them if not.',
    },
  },
};
