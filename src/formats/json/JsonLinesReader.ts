/**
 * Reads JSON Lines: one object per line, whose members become the cells of a row. Values are located and checked, but not
 * parsed, so an unchanged value keeps its bytes.
 */
import { InputError } from '../../core/errors.js';
import { type Cell, CellKind, type ExtraCell, Cell as NewCell, type Row, type RowConsumer } from '../../core/rows.js';
import { JsonSyntaxProblem, skipColon, skipKey, skipSpace, skipString, skipValue } from './jsonTokens.js';
import { texts } from './texts.js';

/** What the table does with a key. */
export type KeyMeaning =
  | { readonly use: 'column'; readonly index: number; readonly rank: number }
  /** Keep the value under its own name. */
  | { readonly use: 'extra' }
  | { readonly use: 'nothing' };

export interface JsonLinesOptions {
  /** The name of the file for errors: `AccessToken.json`. */
  readonly file: string;
  /**
   * Called once per key and order of keys. If a column has several keys, the highest rank counts, and among equal ranks the
   * last key.
   */
  readonly meaningOf: (key: string) => KeyMeaning;
  /** Longest accepted line in bytes, including its newline. */
  readonly maxLineBytes: number;
  /** As strict as Go's decoder: a blank line is an error, and a later null overrides a value. */
  readonly strict?: boolean;
  /** A null does not override an earlier value of the same key in the line. */
  readonly skipsNulls?: boolean;
}

/** A member that is expected next because the previous line had it in this place. */
interface ExpectedMember {
  /** The key's literal with its quotes, as in the file. */
  readonly literal: Buffer;
  readonly key: string;
  readonly meaning: KeyMeaning;
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;
/** The first letter of null. */
const NULL = 0x6e;

/** Call `feed` with chunks in order, then `end`. Holds at most one line. Who splits lines by other rules calls `readLine` instead. */
export class JsonLinesReader {
  readonly #options: JsonLinesOptions;
  readonly #row: Row;
  readonly #consumer: Pick<RowConsumer, 'row'>;
  /** The members of the previous line: all lines of a file have the same order of keys. */
  #layout: ExpectedMember[] = [];
  readonly #ranks: number[];
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #line = 0;
  /** Total size of all delivered lines in bytes. */
  #position = 0;

  constructor(options: JsonLinesOptions, row: Row, consumer: Pick<RowConsumer, 'row'>) {
    this.#options = options;
    this.#row = row;
    this.#consumer = consumer;
    this.#ranks = row.cells.map(() => 0);
  }

  /** Delivers every row that ends in this chunk. Rows refer to the chunk, which must not change meanwhile. */
  feed(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, start);
      if (newline < 0) break;
      if (this.#pending.length > 0) {
        this.#hold(chunk.subarray(start, newline + 1));
        this.#deliverPending();
      } else {
        this.#checkLength(newline + 1 - start);
        this.readLine(chunk, start, newline + 1);
      }
      start = newline + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  /** Delivers a last line without a newline. */
  end(): void {
    if (this.#pending.length > 0) this.#deliverPending();
  }

  #hold(part: Buffer): void {
    this.#pending.push(part);
    this.#pendingBytes += part.length;
    this.#checkLength(this.#pendingBytes);
  }

  #checkLength(bytes: number): void {
    if (bytes <= this.#options.maxLineBytes) return;
    const { file, maxLineBytes } = this.#options;
    throw new InputError(texts().lineTooLong({ file, line: this.#line + 1, bytes: maxLineBytes }));
  }

  #deliverPending(): void {
    const line = this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.readLine(line, 0, line.length);
  }

  /** Delivers the row in `bytes[start, lineEnd)`, which includes the newline, if there is one. */
  readLine(bytes: Buffer, start: number, lineEnd: number): void {
    const position = this.#position;
    this.#line++;
    this.#position += lineEnd - start;
    const hasNewline = bytes[lineEnd - 1] === NEWLINE;
    const end = hasNewline ? lineEnd - 1 : lineEnd;
    try {
      const at = skipSpace(bytes, start, end);
      // A blank line, left by an editor, is not a row.
      if (at === end && this.#options.strict !== true) return;
      const row = this.#row;
      row.clear();
      row.line = this.#line;
      row.size = lineEnd - start;
      row.source = bytes;
      row.sourceStart = start;
      // Every written line ends in a newline, so one without cannot be repeated unchanged.
      if (hasNewline) row.position = position;
      this.#readObject(bytes, at, end);
    } catch (error) {
      if (!(error instanceof JsonSyntaxProblem)) throw error;
      const { badLine, truncatedLine } = texts();
      const { file } = this.#options;
      const at = { file, line: this.#line, what: error.what, byte: error.offset - start };
      throw new InputError(error.offset >= end ? truncatedLine(at) : badLine(at));
    }
    this.#consumer.row(this.#row);
  }

  #readObject(bytes: Buffer, start: number, end: number): void {
    if (bytes[start] !== 0x7b) throw new JsonSyntaxProblem(start, texts().problems.noObject);
    let at = skipSpace(bytes, start + 1, end);
    let position = 0;
    if (at < end && bytes[at] === 0x7d) {
      at++;
    } else {
      for (;;) {
        const lead = at;
        const member = this.#memberAt(position++, bytes, at, end);
        const value = this.#valueAfterKey(bytes, at, end, member);
        at = skipValue(bytes, value, end);
        this.#take(member, bytes, lead, value, at);
        at = skipSpace(bytes, at, end);
        if (at >= end) throw new JsonSyntaxProblem(end, texts().problems.endsInObject);
        if (bytes[at] === 0x7d) {
          at++;
          break;
        }
        if (bytes[at] !== 0x2c) throw new JsonSyntaxProblem(at, texts().problems.noCommaBetweenMembers);
        at = skipSpace(bytes, at + 1, end);
      }
    }
    at = skipSpace(bytes, at, end);
    if (at < end) throw new JsonSyntaxProblem(at, texts().problems.goesOn);
  }

  #valueAfterKey(bytes: Buffer, at: number, end: number, member: ExpectedMember): number {
    const afterKey = at + member.literal.length;
    // Gogs writes `"Key":value` without spaces.
    return bytes[afterKey] === 0x3a && (bytes[afterKey + 1] as number) > 0x20 && afterKey + 1 < end
      ? afterKey + 1
      : skipColon(bytes, afterKey, end);
  }

  /** The member whose key begins at `at`: usually the expected one. */
  #memberAt(position: number, bytes: Buffer, at: number, end: number): ExpectedMember {
    const expected = this.#layout[position];
    if (expected !== undefined && startsWith(bytes, at, end, expected.literal)) return expected;
    skipKey(bytes, at, end);
    const keyEnd = skipString(bytes, at, end);
    const literal = Buffer.from(bytes.subarray(at, keyEnd));
    const key = JSON.parse(literal.toString('utf8')) as string;
    const member = { literal, key, meaning: this.#options.meaningOf(key) };
    this.#layout[position] = member;
    return member;
  }

  #take(member: ExpectedMember, bytes: Buffer, lead: number, start: number, end: number): void {
    const { meaning } = member;
    if (meaning.use === 'nothing') return;
    if (meaning.use === 'extra') {
      const extra: ExtraCell = { name: member.key, cell: new NewCell() };
      fill(extra.cell, member.key, bytes, lead, start, end);
      this.#row.extras.push(extra);
      return;
    }
    const cell = this.#row.cell(meaning.index);
    if (cell.kind !== CellKind.Missing) {
      if (this.#options.skipsNulls === true && bytes[start] === NULL) return;
      const loses = this.#loses(cell, meaning, bytes[start] === NULL);
      const [key, kept] = loses ? [member.key, cell.key] : [cell.key, member.key];
      if (loses ? bytes[start] !== NULL : cell.kind !== CellKind.Null) this.#row.repeats.push({ key, kept });
      if (loses) return;
    }
    this.#ranks[meaning.index] = meaning.rank;
    fill(cell, member.key, bytes, lead, start, end);
  }

  /** Whether a value is overridden by the one that its column already has. */
  #loses(cell: Cell, { index, rank }: Extract<KeyMeaning, { use: 'column' }>, isNull: boolean): boolean {
    // Normally null never overrides a value; for Go's decoder it may mean zero.
    if (this.#options.strict !== true) {
      if (isNull) return true;
      if (cell.kind === CellKind.Null) return false;
    }
    return rank < (this.#ranks[index] as number);
  }
}

function startsWith(bytes: Buffer, at: number, end: number, literal: Buffer): boolean {
  const { length } = literal;
  if (at + length > end) return false;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== literal[i]) return false;
  return true;
}

function fill(cell: Cell, key: string, bytes: Buffer, lead: number, start: number, end: number): void {
  cell.kind = kindOf(bytes[start] as number);
  cell.bytes = bytes;
  cell.start = start;
  cell.end = end;
  cell.lead = lead;
  cell.key = key;
}

function kindOf(first: number): CellKind {
  switch (first) {
    case QUOTE:
      return CellKind.JsonText;
    case 0x7b:
    case 0x5b:
      return CellKind.Json;
    case NULL:
      return CellKind.Null;
    case 0x74:
      return CellKind.True;
    case 0x66:
      return CellKind.False;
    default:
      return CellKind.Number;
  }
}
