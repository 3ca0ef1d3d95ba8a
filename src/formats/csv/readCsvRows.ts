/**
 * Reads a table from a CSV file and tells NULL from the empty text, in the variants written by PostgreSQL's COPY, MySQL's INTO
 * OUTFILE and mysqldump --tab, and spreadsheets. Locates values without parsing them.
 */

import { open } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { Cell, CellKind, type ExtraCell, type RowReceiver } from '../../core/rows.js';
import { readFully } from '../../files/readFully.js';
import { NEED_MORE, RowProblem } from '../RowProblem.js';
import type { CsvFormat } from './CsvFormat.js';
import { CsvParser } from './CsvParser.js';
import { type DetectedFormat, detectCsvFormat } from './detectCsvFormat.js';
import { detectSeparator } from './detectSeparator.js';
import { scanCsv, withoutMark } from './scanCsv.js';
import { texts } from './texts.js';

export interface CsvFile extends DetectedFormat {
  readonly path: string;
  /** The name of the file for messages. */
  readonly name: string;
  /** The column names on its first line; undefined if that line is a row. */
  readonly header: readonly string[] | undefined;
  readonly size: number;
}

export interface OpenCsvOptions extends ReadCsvOptions {
  readonly name?: string;
  /** The format, if known; otherwise it is detected. */
  readonly format?: CsvFormat;
  /** Whether the table has a column of that name. The first line is a header if most of its fields are column names. */
  readonly isColumn?: (name: string) => boolean;
}

const HEAD_LENGTH = 64 * 1024;
const COLUMN_NAME = /^[\p{L}_][\p{L}\p{N}_$ -]*$/u;

/** Examines a file: its header at the beginning, and its format by all of its rows. */
export async function openCsv(path: string, options: OpenCsvOptions = {}): Promise<CsvFile> {
  const name = options.name ?? path;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = withoutMark(await readFully(file, 0, Math.min(HEAD_LENGTH, size)));
    if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
      throw new InputError(texts().utf16({ name }));
    }
    const separator = options.format?.separator ?? detectSeparator(head);
    const first = readFirst(head, separator, size > HEAD_LENGTH);
    const header = isHeader(first, options.isColumn) ? first : undefined;
    if (header !== undefined && new Set(header.map((column) => column.toLowerCase())).size < header.length) {
      throw new InputError(texts().columnTwice({ name }));
    }
    const columns = header ?? options.columns;
    const known = { path, name, header, size };
    if (options.format !== undefined) return { ...known, format: options.format, doubts: [] };
    if (columns === undefined) {
      throw new InputError(
        head.includes('\r') && !head.includes('\n') ? texts().onlyCr({ name }) : texts().noHeader({ name }),
      );
    }
    const { maxRowSize = MAX_ROW_SIZE, signal, chunkSize } = options;
    const whole = { file, name, size, separator, hasHeader: header !== undefined, columns: columns.length };
    return { ...known, ...(await detectCsvFormat(whole, { limit: maxRowSize, signal, chunkSize })) };
  } finally {
    await file.close();
  }
}

function readFirst(head: Buffer, separator: CsvFormat['separator'], more: boolean): string[] {
  const parser = new CsvParser({ separator, style: 'doubled', nullWord: false });
  // The parser resolves escapes in place.
  parser.bytes = Buffer.from(head);
  parser.end = head.length;
  parser.final = !more;
  const cells: Cell[] = [];
  try {
    if (!parser.skipEmptyLines()) return [];
    parser.readRecord((index) => {
      cells[index] ??= new Cell();
      return cells[index];
    });
  } catch (error) {
    // A first record that is longer than the head, or not written in the most usual way, is a row.
    if (error === NEED_MORE || error instanceof RowProblem) return [];
    throw error;
  }
  return cells.map(({ kind, bytes, start, end }) => (kind === CellKind.Null ? '' : bytes.toString('utf8', start, end)));
}

function isHeader(fields: readonly string[], isColumn: OpenCsvOptions['isColumn']): boolean {
  if (fields.length === 0 || !fields.every((field) => COLUMN_NAME.test(field))) return false;
  return isColumn === undefined || fields.filter(isColumn).length * 2 > fields.length;
}

export interface ReadCsvOptions {
  /** The columns in the order of the file, if it has no header. */
  readonly columns?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Maximum size of a row in bytes; 1 GiB by default. A row is held in memory in one piece. */
  readonly maxRowSize?: number | undefined;
  readonly chunkSize?: number | undefined;
}

const MAX_ROW_SIZE = 1024 ** 3;

/** Reads the rows of a file in order. Every value is text or NULL. Holds one row and one chunk of the file in memory. */
export async function readCsvRows(csv: CsvFile, receiver: RowReceiver, options: ReadCsvOptions = {}): Promise<void> {
  const names = csv.header ?? options.columns;
  if (names === undefined) {
    throw new InputError(texts().noHeader({ name: csv.name }));
  }
  const { row, columnOf, consumer } = receiver;
  const cells: Cell[] = [];
  const extras: ExtraCell[] = [];
  for (const name of names) {
    const column = columnOf(name);
    const cell = column === undefined ? new Cell() : row.cell(column);
    if (column === undefined) extras.push({ name, cell });
    cells.push(cell);
  }
  const { maxRowSize: limit = MAX_ROW_SIZE, chunkSize, signal } = options;
  let inHeader = csv.header !== undefined;
  const file = await open(csv.path, 'r');
  try {
    await scanCsv(
      { file, name: csv.name, size: csv.size },
      new CsvParser(csv.format),
      cells,
      { limit, chunkSize, signal },
      {
        before() {
          row.clear();
          for (const extra of extras) row.extras.push(extra);
        },
        record(line, size) {
          row.line = line;
          row.size = size;
          if (!inHeader) consumer.row(row);
          inHeader = false;
        },
        drain: () => consumer.drain?.(),
      },
    );
  } finally {
    await file.close();
  }
}
