/** Reads the rows of one range of a dump: consecutive INSERT statements, or the data of one COPY. */

import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../../core/errors.js';
import type { RowReceiver } from '../../../core/rows.js';
import { FileWindow } from '../../../files/FileWindow.js';
import { NEED_MORE, RowProblem } from '../../RowProblem.js';
import type { SqlDump, SqlRowRange, SqlTable } from '../dump/SqlDump.js';
import { type InsertHeader, InsertHeaders } from '../statements/InsertHeader.js';
import { COMMA, countLines, OPEN_PAREN, SEMICOLON } from '../syntax/bytes.js';
import { texts } from '../texts.js';
import { CopyParser } from './CopyParser.js';
import { RowColumns, type RowColumnsOptions } from './RowColumns.js';
import { TupleParser } from './TupleParser.js';

export interface ReadRowsOptions extends RowColumnsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Maximum size of a row in bytes; 1 GiB by default. A row is held in memory in one piece. */
  readonly maxRowSize?: number | undefined;
  readonly chunkSize?: number | undefined;
}

const MAX_ROW_SIZE = 1024 ** 3;

/** `ON CONFLICT …`, `ON DUPLICATE KEY UPDATE …`, `AS new …` */
const CLAUSE = /^(?:ON|AS)\b/i;
/** Length in bytes of such a word and its terminator. */
const CLAUSE_BYTES = 3;

const LETTER_R = 0x52;
const SMALL_R = 0x72;

/** How far the statements of a range have been read. */
interface InsertPlace {
  readonly range: SqlRowRange;
  readonly headers: InsertHeaders;
  /** The header whose columns are set up. */
  header: InsertHeader | undefined;
  /** Whether rows follow, or a statement. */
  inRows: boolean;
  /** Position in the window, and line, of what is read next: all before it is done with. */
  mark: number;
  line: number;
}

function setPlace(place: InsertPlace, { position, line }: TupleParser): void {
  place.mark = position;
  place.line = line;
}

/** Whether the statement ends here, although not with a semicolon: `DELIMITER //`. */
function isDelimiter({ bytes, end, final }: TupleParser, { range: { delimiter }, mark }: InsertPlace): boolean {
  if (delimiter === undefined) return false;
  const after = mark + delimiter.length;
  if (after > end && !final) throw NEED_MORE;
  return after <= end && delimiter.equals(bytes.subarray(mark, after));
}

/** Reads the ranges of one table. */
export class RangeReader {
  readonly #columns: RowColumns;

  constructor(
    private readonly dump: SqlDump,
    private readonly table: SqlTable,
    private readonly receiver: RowReceiver,
    private readonly options: ReadRowsOptions,
  ) {
    this.#columns = new RowColumns(dump, table, receiver, options);
  }

  async readInserts(file: FileHandle, range: SqlRowRange): Promise<void> {
    const { dialect } = this.dump.kind;
    const { rules } = range;
    const { backslashEscapes } = rules;
    const parser = new TupleParser({ ...this.dump.kind, backslashEscapes }, rules);
    const window = this.#window(file, range);
    const place: InsertPlace = {
      range,
      headers: new InsertHeaders(dialect),
      header: undefined,
      inRows: false,
      mark: 0,
      line: range.line,
    };
    for (;;) {
      parser.load(window.bytes, window.end, window.final, place.mark, place.line);
      try {
        this.#readStatements(parser, place);
        await this.receiver.consumer.drain?.();
        return;
      } catch (error) {
        if (error !== NEED_MORE) throw this.#explain(error, window, place.line);
      }
      if (window.final) throw this.#truncated(range, place.line, window.offset + place.mark);
      await this.#refill(window, place.mark, place.line);
      place.mark = 0;
    }
  }

  /** Reads to the end of the range; throws NEED_MORE if the parser has only the beginning of what is at `place`. */
  #readStatements(parser: TupleParser, place: InsertPlace): void {
    const { bytes, end, final } = parser;
    for (;;) {
      setPlace(place, parser);
      if (parser.position >= end && final) return;
      parser.skipBlank();
      setPlace(place, parser);
      const next = bytes[place.mark];
      if (next === SEMICOLON) {
        // The end of a statement, the second half of a delimiter `;;`, or an empty statement.
        parser.position++;
        place.inRows = false;
      } else if (isDelimiter(parser, place)) {
        parser.position += place.range.delimiter?.length ?? 0;
        place.inRows = false;
      } else if (!place.inRows) this.#readHeader(parser, place);
      else if (next === OPEN_PAREN) this.#readRow(parser, place);
      else if (next === COMMA) parser.position++;
      // MySQL 8: VALUES ROW(1, 2).
      else if (next === LETTER_R || next === SMALL_R) this.#skipRowWord(parser, place.mark);
      else {
        this.#checkClause(parser, place.mark);
        parser.skipStatement();
        place.inRows = false;
      }
    }
  }

  #readHeader(parser: TupleParser, place: InsertPlace): void {
    const found = place.headers.read(parser.bytes, place.mark, parser.end);
    if (found === undefined) throw NEED_MORE;
    if (found !== place.header) this.#columns.take(found.columns, place.range);
    place.header = found;
    place.inRows = true;
    this.#columns.beginStatement();
    parser.position = place.mark + found.length;
    parser.line += countLines(parser.bytes, place.mark, parser.position);
  }

  #readRow(parser: TupleParser, { range, mark, line }: InsertPlace): void {
    const { row, consumer } = this.receiver;
    const columns = this.#columns;
    columns.clear();
    parser.readTuple(columns.cells);
    columns.fit(parser.forms, mark);
    columns.checkKeys(range.resolvesConflicts, mark);
    row.line = line;
    row.size = parser.position - mark;
    consumer.row(row);
  }

  async readCopy(file: FileHandle, range: SqlRowRange): Promise<void> {
    const { row, consumer } = this.receiver;
    const columns = this.#columns;
    columns.take(range.columns, range);
    const parser = new CopyParser();
    const window = this.#window(file, range);
    let line = range.line;
    let mark = 0;
    for (;;) {
      parser.bytes = window.bytes;
      parser.end = window.end;
      parser.final = window.final;
      parser.position = mark;
      try {
        for (;;) {
          if (parser.atEnd()) {
            await consumer.drain?.();
            return;
          }
          columns.clear();
          parser.readLine(columns.cells);
          columns.fitCopy(mark);
          columns.checkKeys(false, mark);
          row.line = line;
          row.size = parser.position - mark;
          consumer.row(row);
          mark = parser.position;
          line++;
        }
      } catch (error) {
        if (error !== NEED_MORE) throw this.#explain(error, window, line);
      }
      if (window.final) throw this.#truncated(range, line, window.offset + mark);
      await this.#refill(window, mark, line);
      mark = 0;
    }
  }

  #window(file: FileHandle, range: SqlRowRange): FileWindow {
    const { chunkSize, maxRowSize = MAX_ROW_SIZE } = this.options;
    return new FileWindow(file, range.start, range.end, { limit: maxRowSize, chunkSize });
  }

  async #refill(window: FileWindow, mark: number, line: number): Promise<void> {
    await this.receiver.consumer.drain?.();
    this.options.signal?.throwIfAborted();
    if (await window.fill(mark)) return;
    const limit = this.options.maxRowSize ?? MAX_ROW_SIZE;
    throw this.#error(line, window.offset + mark, texts().rows.tooLong({ bytes: limit }));
  }

  /** The only clauses allowed after the rows; otherwise rows could go unread. */
  #checkClause(parser: TupleParser, mark: number): void {
    if (parser.end - mark < CLAUSE_BYTES && !parser.final) throw NEED_MORE;
    const text = parser.bytes.toString('latin1', mark, Math.min(mark + CLAUSE_BYTES, parser.end));
    if (!CLAUSE.test(text)) throw new RowProblem(texts().rows.unexpectedAfter, mark);
  }

  #skipRowWord(parser: TupleParser, mark: number): void {
    const word = /^ROW\s*(?=\()/i.exec(parser.bytes.toString('latin1', mark, Math.min(mark + 16, parser.end)));
    if (word === null) throw new RowProblem(texts().rows.noParenthesis, mark);
    parser.position = mark + word[0].length;
  }

  get #name(): string {
    return this.options.name ?? this.dump.path;
  }

  #explain(error: unknown, window: FileWindow, line: number): unknown {
    if (!(error instanceof RowProblem)) return error;
    return this.#error(line, window.offset + error.position, error.message);
  }

  #error(line: number, place: number, problem: string): InputError {
    return new InputError(texts().badRow({ table: this.table.name, name: this.#name, line, byte: place, problem }));
  }

  #truncated(range: SqlRowRange, line: number, place: number): InputError {
    return this.#error(line, place, texts().rows.endsInRow({ line: range.line }));
  }
}
