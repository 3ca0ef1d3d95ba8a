import { formatCount, plural } from '../../core/format.js';

export const en = {
  makeAnew: 'Do not restore this archive: create it again, and verify it again.',
  noMetadata: {
    title: ({ name }: { name: string }) => `The archive has no ${name}`,
    consequence: 'gogs restore stops: "File \'metadata.ini\' is missing".',
  },
  badMetadata: 'gogs restore stops before it has changed anything.',
  madeBy: ({ version }: { version: string }) => `metadata.ini says that Gogs ${version} made it`,
  newerVersion: ({ release }: { release: string }) => `Gogs ${release} refuses the backup of a newer version.`,
  olderVersion: {
    consequence: ({ release }: { release: string }) =>
      `Its rows do not have the format that Gogs ${release} reads: values are lost or the restore stops.`,
    remedy: 'Upgrade the archive first, and verify the result.',
  },
  preview: {
    title: ({ release, asOf }: { release: string; asOf: string }) =>
      `Gogs ${release} is not released yet: it is known as of ${asOf}`,
    remedy: 'Verify again once it is released.',
  },
  filesAlone: {
    title: 'The archive contains no tables',
    consequence: 'A restore brings the files and leaves the database as it is.',
    loadSql: 'Load the SQL that belongs to it first.',
    remedy:
      'If its database comes as SQL, verify it with --files-only. Otherwise create the archive again, from an input that has a database.',
  },
  tableMissing: {
    title: 'Tables have no file in the archive',
    consequence: 'A restore leaves such a table as it is: the rows of the backup are missing.',
  },
  noCustom: {
    title: ({ folder }: { folder: string }) => `The archive has files, but no ${folder}`,
    consequence:
      'gogs restore stops after it has renamed the custom folder of the server: "Failed to import \'custom\'".',
  },
  databaseOnly: {
    title: 'The archive contains only the database',
    remedy: 'Restore it with --database-only and --config.',
  },
  noConfig: {
    title: ({ name }: { name: string }) => `The archive has no ${name}`,
    remedy: 'Restore it with --config.',
  },
  damaged: {
    title: 'Entries are damaged',
    consequence: 'gogs restore cannot unpack the archive.',
    orOther: 'gogs restore cannot unpack the archive, or restores other files.',
  },
  fileUnexpected: {
    title: 'The archive contains files that do not come from the input',
    consequence: 'gogs restore puts them on the server: templates and hooks run there.',
  },
  configDiffers: {
    title: 'app.ini or metadata.ini is not what an upgrade of the input writes',
    consequence: 'The new server would run with other settings than the old one.',
    remedy:
      'Give the options --set, --keep-config and --engine that the output was made with; if it was made without them, create it again.',
  },
  commentsOrOrder: 'its comments or its order',
  named: ({ file, setting }: { file: string; setting: string }) => `${file}: ${setting}`,
  fileMissing: ({ name }: { name: string }) => `${name} is in the input, but not in the archive`,
  namedLink: ({ name }: { name: string }) => `${name} is a link instead of a file`,
  fileDiffers: ({ name, difference }: { name: string; difference: string }) =>
    `${name} differs from the input: ${difference}`,
  differences: {
    size: ({ found, expected }: { found: number; expected: number }) => `${found} instead of ${expected} bytes`,
    crc: 'its CRC-32 is different',
    isLink: 'it is a link',
    isNoLink: 'it is not a link',
    mode: ({ found, expected }: { found: string; expected: string }) => `mode ${found} instead of ${expected}`,
    kind: ({ found, expected }: { found: string; expected: string }) => `it is ${found} instead of ${expected}`,
    leadsElsewhere: 'it leads elsewhere',
    content: ({ start }: { start: number }) => `its bytes differ from byte ${start} on`,
    longer: ({ bytes }: { bytes: number }) => `it goes on after ${bytes} bytes`,
    recompressed: 'it was compressed again',
    bytes: ({ length, start }: { length: number; start: number }) =>
      `its compressed bytes differ within the ${length} bytes from byte ${start} on`,
  },
  /** Complete "it is … instead of …". */
  kinds: { link: 'a link', folder: 'a folder', file: 'a file', special: 'a special file' },
  folder: {
    remedy: 'Do not start a server on this folder: create it again, and verify it again.',
    missing: { title: 'Files are missing', consequence: 'The new server does not have them.' },
    different: {
      title: 'Files differ from an upgrade of the input',
      consequence: 'Something changed them, or wrote them incorrectly.',
      remedy: 'Create the folder again. If only hooks differ, give the place that it was made for with --install-path.',
    },
    added: {
      title: 'The folder contains files that do not come from the input',
      consequence:
        'The new server uses them: templates and hooks run there. A server that was started writes logs and sessions.',
    },
    otherTime: {
      title: 'Files have another time than in the input',
      remedy: 'Copy folders with their times: cp -a, rsync -a.',
      consequence: 'None for Gogs.',
    },
  },
  installPathOf: ({ name }: { name: string }) =>
    `--install-path is for the folder that a server starts on, but ${name} is something else.`,
  sqlDiffers: {
    title: 'The SQL to load after the restore is not what an upgrade writes',
    consequence: 'Loading it would leave rows out, or change others.',
  },
  sqlRefused: {
    title: ({ product }: { product: string }) => `${product} refuses the SQL to load after the restore`,
    consequence: 'Rows that a restore cannot read would stay away, or values that it overwrites would stay wrong.',
  },
  sqlTableDiffers: {
    title: 'With the SQL to load after the restore, tables contain rows other than those upgraded',
    consequence: 'Loading it would leave rows out, or change others.',
  },
  sqlNotTried: {
    title: ({ product }: { product: string }) =>
      `The SQL to load after the restore is for ${product}: it was compared with what an upgrade writes, and not loaded`,
    remedy: ({ scheme }: { scheme: string }) =>
      `To have it loaded into a scratch database, add --database ${scheme}://…`,
  },
  sqlRowUnexpected: {
    title: 'The SQL to load after the restore contains rows that are not in the archive',
    consequence: 'Loading it would add them to the database.',
  },
  doNotLoadSql: 'Do not load it: upgrade again, and use the SQL that belongs to the archive.',
  rowsOf: ({ table, count }: { table: string; count: number }) => `${table}: ${plural(count, 'row')}`,
  notUtf8: {
    title: 'Texts contain bytes that are not UTF-8',
    consequence: 'PostgreSQL and MySQL reject them, and the restore stops there; elsewhere the text comes out wrong.',
    remedy: 'Make the input in UTF-8, and upgrade it again.',
    replaced: ({ release }: { release: string }) =>
      `Gogs ${release} replaces each of them by U+FFFD: the text is not what it was.`,
    findEncoding: 'Find out which encoding the text is in, and correct it on the old server.',
  },
  unfitValue: {
    title: 'Values are not of the type that Gogs reads',
    consequence: 'The restore stops at the first such row.',
  },
  nullKey: {
    title: 'Rows have null where Gogs expects a value',
    consequence: 'A restore takes it for an empty text, or uses the value of the row before.',
  },
  missingKey: {
    title: 'Rows lack a key',
    leftEmpty: 'A restore leaves the column empty.',
    fromRowBefore:
      'A restore gives the column the value of the row before, because Gogs reads all rows into the same struct.',
  },
  unreadableLine: {
    title: 'Lines cannot be read as rows',
    consequence: 'The restore stops at the first of them.',
  },
  lineOf: ({ file, line }: { file: string; line: number }) => `${file}, line ${line}`,
  nulBreaksRow: {
    title: 'Rows break when their NUL characters are stripped',
    consequence: 'A restore strips the escape \\u0000 and stops at what is left: it is not JSON.',
  },
  nulOnPostgres: {
    title: 'Texts contain NUL characters',
    consequence: 'The restore stops there: PostgreSQL cannot store a NUL character.',
  },
  nulStripped: {
    title: 'A restore strips NUL characters from these rows',
    remedy: 'Nothing else changes.',
  },
  rowPlace: ({ row, line }: { row: string; line: number }) => `${row} (line ${line})`,
  keyAt: ({ place, key }: { place: string; key: string }) => `${place}: ${key}`,
  rowNotRestored: {
    title: 'Rows are not restored',
    consequence: ({ bytes }: { bytes: number }) =>
      `They are, or follow, a line over ${formatCount(bytes)} bytes, where gogs restore silently stops reading the table.`,
    putSqlBeside: 'Put the .after-restore.sql that belongs to the archive beside it, and verify again.',
    makeBothAnew: ({ path }: { path: string }) => `They are not in ${path} either: create both again.`,
  },
  needsSql: {
    title: 'Rows come from the SQL beside the archive',
    remedy: 'Load it after the restore, or they are lost.',
    place: ({ table, line, bytes, rows }: { table: string; line: number; bytes: number; rows: number }) =>
      `${table} from line ${line} (${formatCount(bytes)} bytes) on: ${plural(rows, 'row')}`,
  },
  rowWithoutId: {
    title: 'Rows have no id',
    consequence: 'The database gives them another one.',
  },
  tokenHashMismatch: {
    title: 'Access tokens do not match their hash',
    consequence: 'Gogs looks tokens up by their hash: nobody can use these.',
    remedy: 'Compare with the input (--against): if they are the same there, they did not match before.',
    notFound: 'Gogs does not find them: "record not found".',
  },
  otherTarget: {
    title: ({ release, stated }: { release: string; stated: string }) =>
      `The SQL is for Gogs ${stated}, not for Gogs ${release}: its first line says so`,
    consequence: 'Its tables are defined as that version creates them.',
    remedy: ({ release, stated }: { release: string; stated: string }) =>
      `Create it again with --to ${release}, or verify it with --to ${stated}.`,
  },
  statements: {
    title: 'The script has other statements than an upgrade writes',
    consequence: 'Loading it makes another database than the upgrade wrote.',
    added: ({ line, opening }: { line: number; opening: string }) => `line ${line} is not expected: ${opening}`,
    missing: ({ opening }: { opening: string }) => `missing: ${opening}`,
  },
  addedTables: {
    title: 'The database has other tables than an upgrade writes',
    consequence: 'They are neither of Gogs nor of the old server.',
  },
  definitions: {
    title: ({ release }: { release: string }) => `Tables are not defined as Gogs ${release} creates them`,
    consequence: 'The new server has other columns, keys or triggers than it works with.',
    remedy: ({ release, other }: { release: string; other: string }) =>
      `They are defined as for Gogs ${other}: create it again with --to ${release}, or verify it with --to ${other}.`,
    differs: ({ column, found, expected }: { column: string; found: string; expected: string }) =>
      `${column} is ${found} instead of ${expected}`,
    lacks: ({ table, part }: { table: string; part: string }) => `${table} lacks ${part}`,
    adds: ({ table, part }: { table: string; part: string }) => `${table} also has ${part}`,
  },
  targetAssumed: {
    title: ({ release }: { release: string }) => `Gogs ${release} is assumed as the target: --to was not given`,
    consequence: ({ schema, releases }: { schema: number; releases: string }) =>
      `Table version says ${schema}, which Gogs ${releases} have in common, with the same definitions of tables: nothing tells which of them the output was made for.`,
    remedy: 'If it was made for another one, verify it again with --to.',
  },
  schemaVersion: {
    title: ({ schema }: { schema: number }) => `Table version does not say ${schema}`,
    consequence: ({ release }: { release: string }) => `Gogs ${release} migrates or refuses the database.`,
    notTarget: 'Table version does not name the schema of the target',
    migrates: 'Gogs runs migrations that are not needed, or takes the database for a new one.',
  },
  rowRefused: {
    title: 'The database rejects rows',
    consequence: 'The restore stops at the first of them.',
  },
  databaseDiffers: {
    title: ({ product }: { product: string }) => `${product} does not return what was stored`,
    consequence: 'Values change on their way in.',
    place: ({ table, held, given }: { table: string; held: number; given: number }) =>
      `${table}: ${plural(held, 'row')}, ${formatCount(given)} went in`,
  },
  tableDiffers: {
    title: 'Tables differ from an upgrade of the input',
    consequence: 'The restored server would differ from the old one.',
    place: ({ table, found, expected }: { table: string; found: number; expected: number }) =>
      `${table}: ${plural(found, 'row')}, ${formatCount(expected)} expected`,
  },
  rowsMissing: 'Rows are missing',
  rowsUnexpected: 'Rows are not in the input',
  rowsDiffer: 'Rows differ',
  archiveChanged: 'Something changed the archive, or wrote it incorrectly.',
  database: {
    remedy: 'Do not load this database: create it again, and verify it again.',
    changed: 'Something changed the database, or wrote it incorrectly.',
    damaged: 'SQLite finds the database damaged',
    misses:
      'The new server misses rows that are there, or stops: an index does not match its table, or pages are wrong.',
    tablesMissing: 'Tables are missing',
    createdEmpty: 'The new Gogs creates them empty.',
    nextIds: {
      title: 'Tables continue with other ids than after an upgrade',
      consequence:
        'New rows get the ids of deleted ones, and with them what still refers to those, or ids are skipped.',
      place: ({ table, found, expected }: { table: string; found: string; expected: string }) =>
        `${table}: ${found}, ${expected} expected`,
    },
    unknownEngine: ({ path }: { path: string }) => `Cannot verify ${path}: nothing in it says which engine it is for.`,
  },
  titleAt: ({ title, places }: { title: string; places: string }) => `${title} (${places})`,
  andMore: ({ places, count }: { places: string; count: number }) => `${places}; and ${count} more`,
  failed: ({ path, problems }: { path: string; problems: string }) =>
    `Verification of ${path} failed, so it was not written: ${problems}. Please report it: the input is unchanged.`,
  isCsv: ({ path }: { path: string }) =>
    `Cannot verify ${path}: it is CSV, which no server reads. Verify a backup, SQL, a database or a server folder that is made of it.`,
  cannotVerify:
    '--verify reads a backup, SQL or a database: it cannot be used with CSV, nor with a zip whose tables are in SQL beside it.',
  scratch: {
    cannotCreate: ({ path, reason }: { path: string; reason: string }) =>
      `Cannot create a scratch database at ${path}: ${reason}. Name a new file in a folder that you may write to.`,
    noPackage: ({ name, tool }: { name: string; tool: string }) =>
      `Cannot try rows on this database: the package ${name} is not installed. Install it beside ${tool} (npm install ${name}), or omit --database: then SQLite is used, which is always available.`,
    cannotConnect: ({ product, address, reason }: { product: string; address: string; reason: string }) =>
      `Cannot create a scratch database on ${product} at ${address}: ${reason}. Check that the server is running and that the user may create databases.`,
    unclear:
      'Invalid --database: it must begin with mysql://, postgres:// or sqlite:. Examples: mysql://root@127.0.0.1:3306, postgres://postgres@127.0.0.1:5432, sqlite:scratch.db.',
    badUrl: ({ fault }: { fault: string }) =>
      `Cannot use --database: ${fault}. An example: mysql://user:password@127.0.0.1:3306.`,
    badPort: ({ port }: { port: string }) => `its port is ${port}, but ports end at 65535`,
    notAUrl: 'it is not a URL of a server',
    badUserName: 'its user name contains a % that encodes no character. Write a % itself as %25',
    badPassword: 'its password contains a % that encodes no character. Write a % itself as %25',
    badDatabaseName: 'its database name contains a % that encodes no character. Write a % itself as %25',
    noFile: 'Cannot tell which file --database sqlite: means. Name one that does not exist.',
    exists: ({ path }: { path: string }) =>
      `Cannot try rows in ${path}: it exists, and a scratch database is removed. Name a new file.`,
  },
};
