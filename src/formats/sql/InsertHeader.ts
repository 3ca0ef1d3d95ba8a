/** What stands before the rows of a statement: `INSERT INTO t (a, b) VALUES` and `COPY t (a, b) FROM stdin;`. */

import type { Dialect } from './Dialect.js';
import { type QualifiedName, SQL_NAMES, type SqlNames } from './names.js';

export interface InsertHeader extends QualifiedName {
  /** Undefined when the statement lists none: then they are the table's own, in its order. */
  readonly columns: readonly string[] | undefined;
  /** It replaces or skips a row whose key is there already: REPLACE, INSERT IGNORE, INSERT OR …. */
  readonly resolvesConflicts: boolean;
  /** Bytes it takes, up to the first parenthesis of the rows. */
  readonly length: number;
}

const VERBS: Readonly<Record<Dialect, string>> = {
  mysql: '(?:INSERT|REPLACE)(?:\\s+(?:LOW_PRIORITY|HIGH_PRIORITY|DELAYED|IGNORE))*(?:\\s+INTO)?',
  postgres: 'INSERT\\s+INTO',
  sqlite3: '(?:INSERT(?:\\s+OR\\s+\\w+)?|REPLACE)\\s+INTO',
};

function insertPattern(dialect: Dialect): RegExp {
  const { qualified, columns } = SQL_NAMES[dialect];
  return new RegExp(
    `^(${VERBS[dialect]})\\s+(${qualified})\\s*(?:${columns})?\\s*(?:OVERRIDING\\s+SYSTEM\\s+VALUE\\s*)?VALUES?\\s*(?=\\(|ROW\\s*\\()`,
    'i',
  );
}

const INSERTS: Readonly<Record<Dialect, RegExp>> = {
  mysql: insertPattern('mysql'),
  postgres: insertPattern('postgres'),
  sqlite3: insertPattern('sqlite3'),
};
const RESOLVES_CONFLICTS = /^REPLACE|\sIGNORE\b|\sOR\s+(?!ABORT\b)/i;
const POSTGRES = SQL_NAMES.postgres;
const COPY = new RegExp(
  `^COPY\\s+(?:ONLY\\s+)?(${POSTGRES.qualified})\\s*(?:${POSTGRES.columns})?\\s+FROM\\s+STDIN\\b([^;]*)`,
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
 * How many bytes from `start` on read as this text. Tried, not computed: a byte that is no UTF-8, in the name of a column,
 * reads as a character that would take three, and two bytes of the rows would go unread.
 */
function bytesOf(text: string, bytes: Buffer, start: number): number {
  let { length } = text;
  while (bytes.toString('utf8', start, start + length) !== text) length++;
  return length;
}

export interface CopyHeader extends QualifiedName {
  readonly columns: readonly string[] | undefined;
  /** What stands behind FROM stdin: `WITH (FORMAT csv)`. */
  readonly options: string;
}

export function parseCopyHeader(text: string): CopyHeader | undefined {
  const found = COPY.exec(text);
  if (found?.[1] === undefined) return undefined;
  const columns = found[2] === undefined ? undefined : POSTGRES.parseAll(found[2]);
  return { ...POSTGRES.parse(found[1]), columns, options: (found[3] ?? '').trim() };
}

/**
 * Reads headers of INSERT statements that mostly repeat the one before: dumps of one row a statement have as many as
 * rows, and comparing bytes is what keeps them fast.
 */
export class InsertHeaders {
  readonly #dialect: Dialect;
  #last: InsertHeader | undefined;
  #lastBytes: Buffer = Buffer.alloc(0);

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Makes the next header another object, even when it is the same. */
  forget(): void {
    this.#last = undefined;
  }

  /** The header at `start`, or undefined when there is none. The object is the same as long as the header is. */
  read(bytes: Buffer, start: number, end: number): InsertHeader | undefined {
    const { length } = this.#lastBytes;
    if (this.#last !== undefined && end - start > length) {
      // The rows' parenthesis is compared too: `VALUES` is then followed by nothing else.
      if (bytes.compare(this.#lastBytes, 0, length, start, start + length) === 0) return this.#last;
    }
    const header = parseInsertHeader(this.#dialect, bytes, start, end);
    if (header === undefined) return undefined;
    this.#last = header;
    this.#lastBytes = Buffer.from(bytes.subarray(start, start + header.length + 1));
    return header;
  }
}
