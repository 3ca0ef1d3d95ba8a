/**
 * Reads a table from a CSV file and tells NULL from the empty text, in the variants written by PostgreSQL's COPY, MySQL's INTO
 * OUTFILE and mysqldump --tab, and spreadsheets. Locates values without parsing them.
 */

import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { Cell, CellKind, type ExtraCell, type RowReceiver } from '../../core/rows.js';
import { FileWindow } from '../../files/FileWindow.js';
import { readFully } from '../../files/readFully.js';
import { NEED_MORE, RowProblem } from '../RowProblem.js';
import type { CsvFormat } from './CsvFormat.js';
import { CsvParser } from './CsvParser.js';
import { detectCsvFormat, isUnclear } from './detectCsvFormat.js';
import { texts } from './texts.js';

export interface CsvFile {
  readonly path: string;
  /** The name of the file for messages. */
  readonly name: string;
  readonly format: CsvFormat;
  /** The column names on its first line; undefined if that line is a row. */
  readonly header: readonly string[] | undefined;
  readonly size: number;
}

export interface OpenCsvOptions {
  readonly name?: string;
  /** The format, if known; otherwise it is detected from the beginning of the file. */
  readonly format?: CsvFormat;
  /** Whether the table has a column of that name. The first line is a header if most of its fields are column names. */
  readonly isColumn?: (name: string) => boolean;
}

const HEAD_LENGTH = 64 * 1024;
const COLUMN_NAME = /^[\p{L}_][\p{L}\p{N}_$ -]*$/u;

/** Examines the beginning of a file: its format, and its header. */
export async function openCsv(path: string, options: OpenCsvOptions = {}): Promise<CsvFile> {
  const name = options.name ?? path;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = withoutMark(await readFully(file, 0, Math.min(HEAD_LENGTH, size)));
    if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
      throw new InputError(texts().utf16({ name }));
    }
    const guess = options.format ?? detectCsvFormat(head, true);
    const first = readFirst(head, guess, size > HEAD_LENGTH, name);
    const header = isHeader(first, options.isColumn) ? first : undefined;
    if (header !== undefined && new Set(header.map((column) => column.toLowerCase())).size < header.length) {
      throw new InputError(texts().columnTwice({ name }));
    }
    const format = options.format ?? detectCsvFormat(head, header !== undefined);
    if (options.format === undefined && isUnclear(head, format, header !== undefined)) {
      throw new InputError(texts().unclear({ name }));
    }
    return { path, name, format, header, size };
  } finally {
    await file.close();
  }
}

/** The byte order mark that Excel writes before UTF-8. */
const markLength = (head: Buffer): number => (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0);
const withoutMark = (head: Buffer): Buffer => head.subarray(markLength(head));

function readFirst(head: Buffer, format: CsvFormat, more: boolean, name: string): string[] {
  const parser = new CsvParser(format);
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
    // A first record that is longer than the head is a row.
    if (error === NEED_MORE) return [];
    if (error instanceof RowProblem)
      throw new InputError(texts().badLine({ name, line: parser.line, problem: error.message }));
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
  const file = await open(csv.path, 'r');
  try {
    await new TableReader(csv, names, receiver, options).read(file);
  } finally {
    await file.close();
  }
}

class TableReader {
  readonly #cells: Cell[] = [];
  readonly #extras: ExtraCell[] = [];
  readonly #limit: number;

  constructor(
    private readonly csv: CsvFile,
    private readonly names: readonly string[],
    private readonly receiver: RowReceiver,
    private readonly options: ReadCsvOptions,
  ) {
    const { row, columnOf } = receiver;
    this.#limit = options.maxRowSize ?? MAX_ROW_SIZE;
    for (const name of names) {
      const column = columnOf(name);
      const cell = column === undefined ? new Cell() : row.cell(column);
      if (column === undefined) this.#extras.push({ name, cell });
      this.#cells.push(cell);
    }
  }

  async read(file: FileHandle): Promise<void> {
    const { receiver, options } = this;
    const { row, consumer } = receiver;
    const parser = new CsvParser(this.csv.format);
    const begin = markLength(await readFully(file, 0, 3));
    const { chunkSize } = options;
    const window = new FileWindow(file, begin, this.csv.size, { limit: this.#limit, chunkSize });
    const cellAt = (index: number): Cell => {
      const cell = this.#cells[index];
      if (cell === undefined) throw new RowProblem(texts().problems.tooManyFields({ most: this.#cells.length }), mark);
      return cell;
    };
    let inHeader = this.csv.header !== undefined;
    let mark = 0;
    let line = 1;
    for (;;) {
      parser.bytes = window.bytes;
      parser.end = window.end;
      parser.final = window.final;
      parser.position = mark;
      parser.line = line;
      try {
        while (parser.skipEmptyLines()) {
          mark = parser.position;
          line = parser.line;
          row.clear();
          for (const extra of this.#extras) row.extras.push(extra);
          const count = parser.readRecord(cellAt);
          if (count !== this.#cells.length) {
            throw new RowProblem(
              texts().problems.fieldsForColumns({ fields: count, columns: this.names.length }),
              mark,
            );
          }
          row.line = line;
          row.size = parser.position - mark;
          if (!inHeader) consumer.row(row);
          inHeader = false;
          mark = parser.position;
          line = parser.line;
        }
        await consumer.drain?.();
        return;
      } catch (error) {
        if (error instanceof RowProblem) throw this.#error(line, window.offset + error.position, error.message);
        if (error !== NEED_MORE) throw error;
      }
      await consumer.drain?.();
      options.signal?.throwIfAborted();
      if (!(await window.fill(mark))) {
        throw this.#error(line, window.offset, texts().problems.rowTooLong({ bytes: this.#limit }));
      }
      mark = 0;
    }
  }

  #error(line: number, place: number, problem: string): InputError {
    return new InputError(texts().badRow({ name: this.csv.name, line, byte: place, problem }));
  }
}
