/** What stands before the rows of a statement: `INSERT INTO t (a, b) VALUES` and `COPY t (a, b) FROM stdin;`. */

import { NAME, parseName, parseNames, QUALIFIED_NAME, type QualifiedName } from './names.js';

export interface InsertHeader extends QualifiedName {
  /** Undefined when the statement lists none: then they are the table's own, in its order. */
  readonly columns: readonly string[] | undefined;
  /** Bytes it takes, up to the first parenthesis of the rows. */
  readonly length: number;
}

const COLUMNS = `\\(\\s*(${NAME}(?:\\s*,\\s*${NAME})*)?\\s*\\)`;
const INSERT = new RegExp(
  `^(?:INSERT|REPLACE)(?:\\s+(?:LOW_PRIORITY|HIGH_PRIORITY|DELAYED|IGNORE|OR\\s+\\w+))*\\s+(?:INTO\\s+)?(${QUALIFIED_NAME})` +
    `\\s*(?:${COLUMNS})?\\s*(?:OVERRIDING\\s+\\w+\\s+VALUE\\s*)?VALUES?\\s*(?=\\(|ROW\\s*\\()`,
  'i',
);
const COPY = new RegExp(`^COPY\\s+(?:ONLY\\s+)?(${QUALIFIED_NAME})\\s*(?:${COLUMNS})?\\s+FROM\\s+STDIN\\b([^;]*)`, 'i');

function parseInsertHeader(bytes: Buffer, start: number, end: number): InsertHeader | undefined {
  const found = INSERT.exec(bytes.toString('utf8', start, end));
  if (found?.[1] === undefined) return undefined;
  const columns = found[2] === undefined ? undefined : parseNames(found[2]);
  return { ...parseName(found[1]), columns, length: bytesOf(found[0], bytes, start) };
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
  const columns = found[2] === undefined ? undefined : parseNames(found[2]);
  return { ...parseName(found[1]), columns, options: (found[3] ?? '').trim() };
}

/**
 * Reads headers of INSERT statements that mostly repeat the one before: dumps of one row a statement have as many as
 * rows, and comparing bytes is what keeps them fast.
 */
export class InsertHeaders {
  #last: InsertHeader | undefined;
  #lastBytes: Buffer = Buffer.alloc(0);

  /** The header at `start`, or undefined when there is none. The object is the same as long as the header is. */
  read(bytes: Buffer, start: number, end: number): InsertHeader | undefined {
    const { length } = this.#lastBytes;
    if (this.#last !== undefined && end - start > length) {
      // The rows' parenthesis is compared too: `VALUES` is then followed by nothing else.
      if (bytes.compare(this.#lastBytes, 0, length, start, start + length) === 0) return this.#last;
    }
    const header = parseInsertHeader(bytes, start, end);
    if (header === undefined) return undefined;
    this.#last = header;
    this.#lastBytes = Buffer.from(bytes.subarray(start, start + header.length + 1));
    return header;
  }
}
