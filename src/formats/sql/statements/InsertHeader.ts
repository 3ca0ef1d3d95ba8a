/** The part of a statement before its rows: `INSERT INTO t (a, b) VALUES` and `COPY t (a, b) FROM stdin;`. */

import type { Dialect } from '../syntax/Dialect.js';
import { type QualifiedName, SQL_NAMES, type SqlNames } from '../syntax/SqlNames.js';

export interface InsertHeader extends QualifiedName {
  /** Undefined if the statement lists none: the rows then have the table's columns in its order. */
  readonly columns: readonly string[] | undefined;
  /** It replaces or skips rows whose key already exists: REPLACE, INSERT IGNORE, INSERT DELAYED, INSERT OR …. */
  readonly resolvesConflicts: boolean;
  /** Its length in bytes, up to the first parenthesis of the rows. */
  readonly length: number;
}

const VERBS: Readonly<Record<Dialect, string>> = {
  mysql: '(?:INSERT|REPLACE)(?:\\s+(?:LOW_PRIORITY|HIGH_PRIORITY|DELAYED|IGNORE))*(?:\\s+INTO)?',
  postgres: 'INSERT\\s+INTO',
  sqlite3: '(?:INSERT(?:\\s+OR\\s+\\w+)?|REPLACE)\\s+INTO',
};

/** White space and comments, but none within another one, and none that MySQL executes or takes for a hint. */
const BLANK = '\\s*(?:/\\*(?!M?!|\\+)(?:(?!\\*/|/\\*)[^])*\\*/\\s*)*';

function insertPattern(dialect: Dialect): RegExp {
  const { qualified, columns } = SQL_NAMES[dialect];
  const override = `(?:OVERRIDING\\s+SYSTEM\\s+VALUE${BLANK})?`;
  return new RegExp(
    `^(${VERBS[dialect]})(?=\\s)${BLANK}(${qualified})${BLANK}(?:${columns}${BLANK})?${override}VALUES?${BLANK}(?=\\(|ROW\\s*\\()`,
    'i',
  );
}

const INSERTS: Readonly<Record<Dialect, RegExp>> = {
  mysql: insertPattern('mysql'),
  postgres: insertPattern('postgres'),
  sqlite3: insertPattern('sqlite3'),
};
/** An error of a delayed row reaches no client. */
const RESOLVES_CONFLICTS = /^REPLACE|\s(?:IGNORE|DELAYED)\b|\sOR\s+(?!ABORT\b)/i;
const POSTGRES = SQL_NAMES.postgres;
const COPY = new RegExp(
  `^COPY\\s+(?:ONLY\\s+)?(${POSTGRES.qualified})\\s*(?:${POSTGRES.columns}\\s*)?\\bFROM\\s+STDIN\\b([^;]*)`,
  'i',
);

function parseInsertHeader(dialect: Dialect, bytes: Buffer, start: number, end: number): InsertHeader | undefined {
  const found = INSERTS[dialect].exec(bytes.toString('utf8', start, end));
  if (found?.[1] === undefined || found[2] === undefined) return undefined;
  const names: SqlNames = SQL_NAMES[dialect];
  return {
    ...names.parse(found[2]),
    columns: found[3] === undefined ? undefined : names.parseAll(found[3]),
    resolvesConflicts: RESOLVES_CONFLICTS.test(found[1]),
    length: bytesOf(found[0], bytes, start),
  };
}

/**
 * The number of bytes from `start` on that decode to this text. Searched instead of computed: invalid UTF-8 in a column name
 * decodes to a character that would take three bytes, so two bytes of the rows would be skipped.
 */
function bytesOf(text: string, bytes: Buffer, start: number): number {
  let { length } = text;
  while (bytes.toString('utf8', start, start + length) !== text) length++;
  return length;
}

export interface CopyHeader extends QualifiedName {
  readonly columns: readonly string[] | undefined;
  /** The options after FROM stdin: `WITH (FORMAT csv)`. */
  readonly options: string;
}

export function parseCopyHeader(text: string): CopyHeader | undefined {
  const found = COPY.exec(text);
  if (found?.[1] === undefined) return undefined;
  const columns = found[2] === undefined ? undefined : POSTGRES.parseAll(found[2]);
  return { ...POSTGRES.parse(found[1]), columns, options: (found[3] ?? '').trim() };
}

/**
 * Reads headers of INSERT statements, which mostly repeat the previous one. Dumps with one row per statement have as many
 * headers as rows, and comparing bytes keeps them fast.
 */
export class InsertHeaders {
  readonly #dialect: Dialect;
  #last: InsertHeader | undefined;
  #lastBytes: Buffer = Buffer.alloc(0);

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Makes the next header a new object, even if it is equal. */
  forget(): void {
    this.#last = undefined;
  }

  /** The header at `start`; undefined if there is none. Equal consecutive headers return the same object. */
  read(bytes: Buffer, start: number, end: number): InsertHeader | undefined {
    const { length } = this.#lastBytes;
    if (this.#last !== undefined && end - start > length) {
      // Includes the rows' parenthesis in the comparison, so that `VALUES` is the last word.
      if (bytes.compare(this.#lastBytes, 0, length, start, start + length) === 0) return this.#last;
    }
    const header = parseInsertHeader(this.#dialect, bytes, start, end);
    if (header === undefined) return undefined;
    this.#last = header;
    this.#lastBytes = Buffer.from(bytes.subarray(start, start + header.length + 1));
    return header;
  }
}
