import { plural } from '../../../core/format.js';

export const en = {
  theDump: 'the dump',
  empty: ({ name }: { name: string }) => `Cannot read ${name}: the file is empty. The backup that wrote it has failed.`,
  holdsNothing: ({ name }: { name: string }) =>
    `Cannot read ${name}: there is nothing in it. The backup that wrote it has failed.`,
  notDecompressed: ({ name, reason }: { name: string; reason: string }) =>
    `Cannot decompress ${name}: ${reason}. The file is damaged or cut off: compare its size with the original.`,
  bomb: ({ name, packed, unpacked }: { name: string; packed: number; unpacked: number }) =>
    `Cannot decompress ${name}: ${packed} bytes of it unpack to more than ${unpacked}. If that is right, unpack it first and give the result.`,
  notSql: ({ name, what }: { name: string; what: string }) => `Cannot read ${name} as SQL: ${what}.`,
  nothingLikeSql: ({ name, bytes }: { name: string; bytes: number }) =>
    `Cannot read ${name}: it is neither an archive nor an SQLite database, and nothing in its first ${plural(bytes, 'byte')} looks like an SQL dump. Dumps of mysqldump, pg_dump (plain format), sqlite3 .dump and the like are read.`,
  noPgRestore: ({ name }: { name: string }) =>
    `Cannot read ${name}: it is a dump that pg_dump wrote for pg_restore, and pg_restore is not installed here. Install the client of PostgreSQL, or make it SQL elsewhere: \`pg_restore --no-owner -f dump.sql FILE\`.`,
  pgRestoreFailed: ({ name, complaint }: { name: string; complaint: string }) =>
    `Cannot read ${name}: it is a dump that pg_dump wrote for pg_restore, and pg_restore says: ${complaint}. Is it older than the pg_dump that wrote it, or is the dump truncated? Convert it to SQL on the machine where it was made: \`pg_restore --no-owner -f dump.sql FILE\`.`,
  binary: {
    zip: 'it is a zip archive',
    tar: 'it is a tar archive; unpack it: `tar -xf FILE`',
    compressed: ({ by, command }: { by: string; command: string }) =>
      `it is compressed with ${by}; decompress it first: \`${command}\``,
    archive: ({ by, command }: { by: string; command: string }) =>
      `it is a ${by} archive; unpack it first: \`${command}\``,
    encrypted: ({ by, command }: { by: string; command: string }) =>
      `it is encrypted with ${by}; decrypt it first: \`${command}\``,
  },
  copyOptions: ({ name, line, table, options }: { name: string; line: number; table: string; options: string }) =>
    `Cannot read ${name}, line ${line}: COPY ${table} has options (${options}), and only its plain text format is read. Make the dump with pg_dump without changing the format of COPY.`,
  statementCutOff: ({ name, line, byte }: { name: string; line: number; byte: number }) =>
    `Cannot read ${name}: the file ends in the middle of the statement that begins on line ${line} (byte ${byte}). The dump looks truncated: make it again, or compare its size with the original.`,
  /** Complete "the statement …". */
  effects: {
    addsRows: 'adds rows that it does not list',
    changesRows: 'changes rows that come before it',
    changesOthers:
      'may change rows of other tables: through a view, trigger, rule, function, foreign key or system table',
    notUnderstood: 'is not understood',
    changesDefinitions: 'changes the definitions of tables',
    addsBehindView: 'adds rows through a view',
    usesCast: 'may store other values than it gives, by a cast that the dump creates',
    addsToDropped: 'adds rows to a table that the dump has dropped',
    triggers: ({ table }: { table: string }) => `fires a trigger or rule of ${table}`,
    namesOther: ({ table, other }: { table: string; other: string }) =>
      `names ${table} where ${other} is meant on some servers, and another table on others`,
    endsUncommitted: 'ends a session whose rows are not committed',
    dependsOnServer: 'is executed by some servers and ignored by others',
    renames: 'gives a table another name',
    changesColumns: 'changes the columns of the table or what is in them',
    takesBack: 'undoes rows that come before it',
    createsLate: ({ table }: { table: string }) => `creates ${table} after rows of it`,
    createsAgain: ({ table, line }: { table: string; line: number }) =>
      `creates ${table}, which is there already since line ${line}. Nothing drops the first one`,
    createsView: 'creates a view in place of a table, whose rows the dump does not contain',
    dropsRows: 'drops the table with its rows',
    takesFromOther: 'takes columns or rows from another table',
    changesType: ({ column }: { column: string }) => `gives ${column} another type`,
  },
  noColumns: ({ table, name, line, byte }: { table: string; name: string; line: number; byte: number }) =>
    `Cannot read the rows of ${table} in ${name}, line ${line} (byte ${byte}): the dump has neither the table's definition nor lists of columns. Make it again with definitions, or with complete INSERT statements.`,
  badRow: (at: { table: string; name: string; line: number; byte: number; problem: string }) =>
    `Cannot read the rows of ${at.table} in ${at.name}, line ${at.line} (byte ${at.byte}): ${at.problem}.`,
  rows: {
    columnTwice: 'a column is named twice',
    tooManyValues: ({ most }: { most: number }) => `the row has more than ${most} values`,
    valuesForColumns: ({ values, columns }: { values: number; columns: number }) =>
      `the row has ${values} values for ${columns} columns`,
    replaces: 'the statement replaces or skips rows by a key that cannot be followed',
    replacesTooMany: 'the statement replaces or skips rows of a table too large to follow',
    replacesOne: 'a row has a key that is there already, and the statement replaces or skips one of the two',
    tooLong: ({ bytes }: { bytes: number }) => `the row is longer than ${bytes} bytes, the most that is held in memory`,
    unknownDefault: 'the row has a DEFAULT that the dump does not define',
    someIds: 'a statement gives ids to some of its rows, and leaves others to the database',
    unexpectedAfter: 'the rows are followed by something unexpected',
    noParenthesis: 'the row does not begin with a parenthesis',
    endsInRow: ({ line }: { line: number }) => `the statement that begins on line ${line} ends in the middle of a row`,
    unexpectedAfterValue: ({ value }: { value: number }) =>
      `value ${value} of the row is followed by something unexpected`,
    comment: 'a comment between the values, which MySQL executes',
    otherCharacterSet: ({ name }: { name: string }) =>
      `a value is in the character set ${name}; make the dump again with utf8mb4`,
    expression: 'a value is an expression that only the database could evaluate',
    hasNull: ({ column }: { column: string }) =>
      `the row has NULL for ${column}, and only the database could tell what it gets`,
    noValue: ({ column }: { column: string }) =>
      `the row gives no value for ${column}, and only the database could tell what it gets`,
    unclear: ({ what }: { what: string }) => `there is ${what}; only a database can evaluate it`,
  },
  /** Complete "there is …". */
  values: {
    sessionTime: 'a time whose text depends on the session',
    numberForBoolean: 'a number for a boolean column',
    textForBoolean: 'a text for a boolean column',
    fraction: 'a number that is not whole',
    bits: 'a bit string',
    bytesForNumber: 'bytes for a numeric column',
    bytesForText: 'bytes that are not UTF-8 for a text column',
    bytesForCharset: 'bytes that are not ASCII for a text column in another character set than UTF-8',
    lacksCharacter:
      "a character that the character set of its column, or of the session, does not have (MySQL's utf8 has no four-byte characters; if the dump is right nevertheless, replace utf8 by utf8mb4 in its SET NAMES and definitions)",
    numberForFraction: 'a number for a column of floating-point numbers',
    bytesForTime: 'bytes for a time column',
    booleanForNumber: 'a boolean for a numeric column',
    notInteger: 'a value for an integer column that is not an integer',
    outOfRange: 'a number beyond the range of its column',
    numberForText: 'a number for a text column, which each engine converts in its own way',
    tooLong: 'a text that is longer than its column',
    nul: 'a text with a NUL character',
    forGenerated: 'a value for a column that is computed from others',
    ownType: 'a value that is cast to a type of the dump',
    oddTime: 'a time in an unusual notation',
    moreDigits: 'a time with more digits than its column keeps',
    withOffset: 'a time with an offset for a column that keeps none',
    withoutOffset: 'a time without an offset, and the time zone of the session is not set to UTC',
    oddUuid: 'a UUID in an unusual notation',
    oddValue: ({ type }: { type: string }) =>
      `a value for a column of type ${type} that the engine may store in another notation`,
  },
  unfitValue: (at: { table: string; column: string; line: number; engine: string; problem: string }) =>
    `Cannot write ${at.table}.${at.column} of the row on line ${at.line} of the input for ${at.engine}: its value ${at.problem}. Correct the row in the input, or choose another output.`,
  longTag: ({ name, line, byte, most }: { name: string; line: number; byte: number; most: number }) =>
    `Cannot read ${name}, line ${line} (byte ${byte}): a dollar quote has a tag of more than ${most} bytes. Dump programs write none that long: make the dump again with pg_dump.`,
  endsInside: ({ name, what, line, byte }: { name: string; what: string; line: number; byte: number }) =>
    `Cannot read ${name}: the file ends inside ${what} that begins on line ${line} (byte ${byte}). The dump looks truncated: make it again, or compare its size with the original.`,
  unclosed: {
    string: 'a string',
    name: 'a quoted name',
    dollar: 'a dollar-quoted string',
    comment: 'a comment',
    copy: 'COPY data',
  },
};
