/** Reads all records of a CSV file into given cells. */
import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import type { Cell } from '../../core/rows.js';
import { FileWindow } from '../../files/FileWindow.js';
import { readFully } from '../../files/readFully.js';
import { NEED_MORE, RowProblem } from '../RowProblem.js';
import type { CsvParser } from './CsvParser.js';
import { texts } from './texts.js';

export interface ScannedFile {
  readonly file: FileHandle;
  /** Its name for messages. */
  readonly name: string;
  readonly size: number;
}

export interface ScanOptions {
  /** Maximum size of a record in bytes. */
  readonly limit: number;
  readonly chunkSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Is called around each record, the header included. */
export interface RecordReceiver {
  /** Before a record is read, perhaps more than once. */
  before(): void;
  /** The cells hold a record, which begins on `line` and takes `size` bytes. */
  record(line: number, size: number): void;
  /** Awaited from time to time. */
  drain(): Promise<void> | undefined;
}

/** The byte order mark that Excel writes before UTF-8. */
const markLength = (head: Buffer): number => (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0);
export const withoutMark = (head: Buffer): Buffer => head.subarray(markLength(head));

/** Rejects a file with a record that cannot be read or does not have exactly one field for each cell. */
export async function scanCsv(
  { file, name, size }: ScannedFile,
  parser: CsvParser,
  cells: readonly Cell[],
  { limit, chunkSize, signal }: ScanOptions,
  receiver: RecordReceiver,
): Promise<void> {
  const begin = markLength(await readFully(file, 0, 3));
  const window = new FileWindow(file, begin, size, { limit, chunkSize });
  let mark = 0;
  let line = 1;
  const cellAt = (index: number): Cell => {
    const cell = cells[index];
    if (cell === undefined) throw new RowProblem(texts().problems.tooManyFields({ most: cells.length }), mark);
    return cell;
  };
  const errorAt = (place: number, problem: string): InputError =>
    new InputError(texts().badRow({ name, line, byte: place, problem }));
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
        receiver.before();
        const count = parser.readRecord(cellAt);
        if (count !== cells.length) {
          throw new RowProblem(texts().problems.fieldsForColumns({ fields: count, columns: cells.length }), mark);
        }
        receiver.record(line, parser.position - mark);
        mark = parser.position;
        line = parser.line;
      }
      await receiver.drain();
      return;
    } catch (error) {
      if (error instanceof RowProblem) throw errorAt(window.offset + error.position, error.message);
      if (error !== NEED_MORE) throw error;
    }
    await receiver.drain();
    signal?.throwIfAborted();
    if (!(await window.fill(mark))) throw errorAt(window.offset, texts().problems.rowTooLong({ bytes: limit }));
    mark = 0;
  }
}
