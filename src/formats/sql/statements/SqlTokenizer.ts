/**
 * Finds the beginnings and ends of a dump's statements, in one pass and in constant memory for statements and values of any
 * length. Handles strings, quoted names, comments, dollar quotes, bodies of triggers and functions, COPY data, and lines for a
 * client program (`\connect`, `DELIMITER ;;`). Does not interpret statements beyond that.
 */

import { InputError } from '../../../core/errors.js';
import {
  BACKSLASH,
  BACKTICK,
  CLOSE_BRACKET,
  CR,
  countLines,
  DOLLAR,
  DOUBLE_QUOTE,
  HASH,
  isNameByte,
  isSpace,
  LF,
  MINUS,
  OPEN_BRACKET,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
  SPACE,
  STAR,
} from '../syntax/bytes.js';
import type { Dialect } from '../syntax/Dialect.js';
import { lineCommentEnd } from '../syntax/lineCommentEnd.js';
import { StringScanner } from '../syntax/StringScanner.js';
import { texts } from '../texts.js';
import { type CompoundStatement, LONGEST_WORD, PostgresCompound, SqliteCompound } from './CompoundStatement.js';
import { delimiterAt, isClientLine, isConditional, LOOKAHEAD } from './clientLines.js';
import { ScannedStatement } from './ScannedStatement.js';
import { StatementHead } from './StatementHead.js';
import { DIALECT_STOPS, LETTER_N, LETTER_O, SHORT, STOPS, STRING_STOPS, Stop } from './tokenStops.js';

export interface SqlTokenizerOptions {
  readonly dialect: Dialect;
  readonly backslashEscapes: boolean;
  /** The name of the dump for messages. */
  readonly name: string;
  /** Called with the beginning of each comment between statements, and of each line in it that may name a character set. */
  readonly onComment?: (text: string) => void;
}

const State = {
  /** Between statements. */
  Between: 0,
  Code: 1,
  Quoted: 2,
  LineComment: 3,
  BlockComment: 4,
  Dollar: 5,
  Copy: 6,
  /** A line for the client program. */
  ClientLine: 7,
} as const;
type State = (typeof State)[keyof typeof State];

/** Passed to `onComment` for a line that sets the delimiter, which is between statements but not a statement. */
export const DELIMITER_LINE = 'DELIMITER';

/**
 * Length of the longest dollar tag that is read, including both dollar signs. PostgreSQL has no limit; pg_dump writes `$_$`.
 */
const LONGEST_DOLLAR_TAG = 66;
/** Comments may contain a line that begins with it: `File Encoding`. */
const LETTER_F = 0x46;
/** Number of bytes of a comment that are passed on. */
const COMMENT_HEAD = 80;
/** Maximum lookbehind in bytes: an `E` before a quote. */
const LOOKBEHIND = 16;

const SEMICOLON_ONLY = Buffer.from([SEMICOLON]);
const COPY_END = Buffer.from('\n\\.');
const COPY_FROM_STDIN = /^COPY\s[^;]*\sFROM\s+STDIN\b/i;

/** A piece of the file. */
interface Piece {
  readonly bytes: Buffer;
  readonly end: number;
  /** Bytes from here on may need lookahead: they are left to the next piece, unless the file ends here. */
  readonly safe: number;
  /** Position of `bytes[0]` in the file. */
  readonly offset: number;
}

export class SqlTokenizer {
  /**
   * Whether a backslash is an escape in `'…'`; a dump may change this along the way (`SET standard_conforming_strings = off`).
   */
  backslashEscapes: boolean;

  readonly #dialect: Dialect;
  readonly #name: string;
  readonly #found: (statement: ScannedStatement) => void;
  readonly #statement = new ScannedStatement();
  readonly #head = new StatementHead(this.#statement);
  readonly #onComment: ((text: string) => void) | undefined;
  readonly #strings = new StringScanner();
  /** The bytes that may begin a token. */
  readonly #opening: number;
  #state: State = State.Between;
  #inStatement = false;
  /** The statement begins with CREATE, so its body may contain semicolons. */
  #compound: CompoundStatement | undefined;
  #line = 1;
  #delimiter: Buffer = SEMICOLON_ONLY;
  #hasUsualDelimiter = true;
  /** The statement has a semicolon that did not end it. */
  #afterSemicolon = false;
  #quote = 0;
  #quoteEscapes = false;
  #tag: Buffer = Buffer.alloc(0);
  #depth = 0;
  /** Where the current string, comment or COPY data began. */
  #openedAt = 0;
  #openedLine = 0;

  constructor(options: SqlTokenizerOptions, found: (statement: ScannedStatement) => void) {
    this.#dialect = options.dialect;
    this.backslashEscapes = options.backslashEscapes;
    this.#name = options.name;
    this.#found = found;
    this.#onComment = options.onComment;
    this.#opening = Stop.Always | DIALECT_STOPS[options.dialect];
  }

  /**
   * Scans `bytes[from, end)`; `offset` is the position of `bytes[0]` in the file. Returns where it stopped: the next call
   * begins there, and `keepFrom` says which earlier bytes to keep.
   */
  scan(bytes: Buffer, from: number, end: number, offset: number, final: boolean): number {
    const piece: Piece = { bytes, end, safe: final ? end : end - LOOKAHEAD, offset };
    let i = from;
    this.#strings.reset();
    while (i < piece.safe) i = this.#scanIn(piece, i);
    if (final) this.#finish(piece);
    else if (this.#inStatement && this.#state !== State.Copy) this.#head.carry(bytes, i, offset);
    return i;
  }

  #scanIn(piece: Piece, from: number): number {
    switch (this.#state) {
      case State.Between:
        return this.#scanBetween(piece, from);
      case State.Code:
        return this.#compound === undefined
          ? this.#scanCode(piece, from)
          : this.#scanCompound(piece, from, this.#compound);
      case State.Quoted:
        return this.#scanQuoted(piece, from);
      case State.LineComment:
        return this.#scanLineComment(piece, from);
      case State.ClientLine:
        return this.#scanClientLine(piece, from);
      case State.BlockComment:
        return this.#scanBlockComment(piece, from);
      case State.Dollar:
        return this.#scanDollar(piece, from);
      case State.Copy:
        return this.#scanCopy(piece, from);
    }
  }

  /** The first byte that the next call still needs, if this one stopped at `position`. */
  keepFrom(position: number): number {
    return Math.max(0, position - LOOKBEHIND);
  }

  #scanBetween(piece: Piece, from: number): number {
    const { bytes, safe, end, offset } = piece;
    let i = from;
    for (; i < safe; i++) {
      const byte = bytes[i];
      if (byte === LF) this.#line++;
      else if (!isSpace(byte) && byte !== SEMICOLON) break;
    }
    if (i >= safe) return i;
    const byte = bytes[i];
    if (byte === MINUS || byte === HASH || byte === SLASH) {
      const after = this.#openComment(piece, i);
      if (after >= 0) {
        this.#onComment?.(bytes.toString('latin1', i, this.#commentHeadEnd(bytes, i, end)));
        return after;
      }
    }
    const delimiter = delimiterAt(bytes, i, end, this.#dialect);
    if (delimiter !== undefined) {
      this.#delimiter = delimiter;
      this.#hasUsualDelimiter = delimiter.equals(SEMICOLON_ONLY);
      this.#onComment?.(DELIMITER_LINE);
      this.#state = State.ClientLine;
      return i;
    }
    this.#beginStatement(offset + i);
    this.#state = isClientLine(bytes, i, end, this.#dialect) ? State.ClientLine : State.Code;
    if (this.#dialect !== 'mysql' && ((byte as number) | 0x20) === 0x63) {
      this.#compound = this.#dialect === 'postgres' ? new PostgresCompound() : new SqliteCompound();
    }
    return i;
  }

  #commentHeadEnd(bytes: Buffer, start: number, end: number): number {
    const limit = Math.min(start + COMMENT_HEAD, end);
    const lineEnd = bytes.indexOf(LF, start);
    return lineEnd < 0 ? limit : Math.min(limit, lineEnd);
  }

  #beginStatement(place: number): void {
    this.#inStatement = true;
    this.#statement.start = place;
    this.#statement.line = this.#line;
    this.#statement.hasOnClause = false;
    this.#statement.isOdd = false;
    this.#statement.hasParts = false;
    this.#afterSemicolon = false;
    this.#head.clear();
    this.#compound = undefined;
  }

  #scanCode(piece: Piece, from: number): number {
    const { bytes, safe, end } = piece;
    const opening = this.#opening;
    const delimiterStart = this.#delimiter[0] as number;
    const isUsual = this.#hasUsualDelimiter;
    const stops = opening | (isUsual ? Stop.Semicolon : Stop.Any);
    let i = from;
    for (; i < safe; i++) {
      const byte = bytes[i] as number;
      if (((STOPS[byte] as number) & stops) === 0) continue;
      if (byte === LF) {
        this.#line++;
        continue;
      }
      if (byte === LETTER_O || byte === (LETTER_O | 0x20)) {
        if (isOnWord(bytes, i)) this.#statement.hasOnClause = true;
        if (byte !== delimiterStart) continue;
      }
      let plain = 0;
      if (byte === SINGLE_QUOTE) {
        let j = i + 1;
        const shortEnd = Math.min(j + SHORT, safe);
        while (j < shortEnd && STRING_STOPS[bytes[j] as number] === 0) j++;
        if (j < shortEnd && bytes[j] === SINGLE_QUOTE && bytes[j + 1] !== SINGLE_QUOTE) {
          i = j;
          continue;
        }
        plain = j - i - 1;
      }
      if (byte === delimiterStart && this.#isDelimiter(bytes, i, end)) {
        const after = i + this.#delimiter.length;
        this.#endStatement(piece, i, after);
        return after;
      }
      if (!isUsual) this.#notePart(byte);
      if (((STOPS[byte] as number) & opening) === 0) continue;
      if (byte === BACKSLASH) {
        this.#statement.isOdd = true;
        continue;
      }
      const after = this.#open(piece, i);
      if (after < 0) continue;
      if (this.#state !== State.Quoted) return after;
      i = this.#scanQuoted(piece, after + plain);
      if (this.#state === State.Quoted) return i;
      i--;
    }
    return i;
  }

  #notePart(byte: number): void {
    if (byte === SEMICOLON) this.#afterSemicolon = true;
    else if (this.#afterSemicolon && !isSpace(byte)) this.#statement.hasParts = true;
  }

  /** Like the above, for a statement whose body may contain semicolons: word by word, because there are few. */
  #scanCompound(piece: Piece, from: number, compound: CompoundStatement): number {
    const { bytes, safe, end } = piece;
    let i = from;
    while (i < safe) {
      const byte = bytes[i] as number;
      if (byte === SEMICOLON) {
        if (compound.endsAtSemicolon()) {
          this.#endStatement(piece, i, i + 1);
          return i + 1;
        }
      } else if (byte === LF) this.#line++;
      else if (isNameByte(byte) && (byte !== DOLLAR || isNameByte(bytes[i - 1]))) {
        const isStart = i === 0 || !isNameByte(bytes[i - 1]);
        let j = i + 1;
        while (j < end && j - i < LONGEST_WORD && isNameByte(bytes[j])) j++;
        if (isStart && j - i < LONGEST_WORD) compound.word(bytes.toString('latin1', i, j).toUpperCase());
        i = j;
        continue;
      } else if (!isSpace(byte)) {
        const after = this.#open(piece, i);
        if (after >= 0) {
          const state: State = this.#state;
          if (state !== State.LineComment && state !== State.BlockComment) compound.other(byte);
          return after;
        }
        if (byte === BACKSLASH && this.#dialect === 'postgres') this.#statement.isOdd = true;
        compound.other(byte);
      }
      i++;
    }
    return i;
  }

  /** Enters a token that begins at `i` and returns the position after its opening; -1 if there is none. */
  #open(piece: Piece, i: number): number {
    const { bytes } = piece;
    switch (bytes[i]) {
      case SINGLE_QUOTE:
        this.#quoteEscapes = this.backslashEscapes || this.#isEscapeString(bytes, i);
        return this.#openQuoted(SINGLE_QUOTE, piece, i);
      case DOUBLE_QUOTE:
        this.#quoteEscapes = this.backslashEscapes && this.#dialect === 'mysql';
        return this.#openQuoted(DOUBLE_QUOTE, piece, i);
      case BACKTICK:
        this.#quoteEscapes = false;
        return this.#openQuoted(BACKTICK, piece, i);
      case OPEN_BRACKET:
        if (this.#dialect !== 'sqlite3') return -1;
        this.#quoteEscapes = false;
        return this.#openQuoted(CLOSE_BRACKET, piece, i);
      case DOLLAR:
        return this.#openDollar(piece, i);
      default:
        return this.#openComment(piece, i);
    }
  }

  #openQuoted(quote: number, { offset }: Piece, i: number): number {
    this.#quote = quote;
    this.#openedAt = offset + i;
    this.#openedLine = this.#line;
    this.#state = State.Quoted;
    return i + 1;
  }

  #openDollar({ bytes, end, offset }: Piece, i: number): number {
    if (i > 0 && isNameByte(bytes[i - 1])) return -1;
    let j = i + 1;
    const longest = Math.min(end, i + LONGEST_DOLLAR_TAG);
    while (j < longest && bytes[j] !== DOLLAR && isNameByte(bytes[j])) j++;
    if (j === i + LONGEST_DOLLAR_TAG) {
      const at = { name: this.#name, line: this.#line, byte: offset + i };
      throw new InputError(texts().longTag({ ...at, most: LONGEST_DOLLAR_TAG - 2 }));
    }
    const first = bytes[i + 1];
    if (bytes[j] !== DOLLAR || (first !== undefined && first >= 0x30 && first <= 0x39)) return -1;
    this.#tag = Buffer.from(bytes.subarray(i, j + 1));
    this.#openedAt = offset + i;
    this.#openedLine = this.#line;
    this.#state = State.Dollar;
    return j + 1;
  }

  #openComment({ bytes, end, offset }: Piece, i: number): number {
    const byte = bytes[i];
    const next = i + 1 < end ? bytes[i + 1] : LF;
    if (byte === HASH) {
      if (this.#dialect !== 'mysql') return -1;
      this.#state = State.LineComment;
      return i + 1;
    }
    if (byte === MINUS && next === MINUS) {
      // MySQL requires a space after the dashes: 5--3 is 8 there.
      const third = i + 2 < end ? bytes[i + 2] : LF;
      if (this.#dialect === 'mysql' && third !== undefined && third > 0x20) return -1;
      this.#state = State.LineComment;
      return i + 2;
    }
    if (byte === SLASH && next === STAR) {
      // Scanned like other text.
      if (isConditional(bytes, i, end, this.#dialect)) return -1;
      this.#state = State.BlockComment;
      this.#depth = 1;
      this.#openedAt = offset + i;
      this.#openedLine = this.#line;
      return i + 2;
    }
    return -1;
  }

  #isEscapeString(bytes: Buffer, quoteAt: number): boolean {
    if (this.#dialect !== 'postgres' || quoteAt === 0) return false;
    const prefix = bytes[quoteAt - 1];
    return (prefix === 0x45 || prefix === 0x65) && !(quoteAt > 1 && isNameByte(bytes[quoteAt - 2]));
  }

  #isDelimiter(bytes: Buffer, i: number, end: number): boolean {
    const { length } = this.#delimiter;
    if (length === 1) return true;
    return i + length <= end && bytes.compare(this.#delimiter, 0, length, i, i + length) === 0;
  }

  #scanQuoted({ bytes, safe, end }: Piece, from: number): number {
    const strings = this.#strings;
    strings.lines = 0;
    let i = from;
    for (;;) {
      i = strings.findQuote(bytes, i, safe, this.#quote, this.#quoteEscapes);
      if (i >= safe) break;
      // A doubled quote: the string continues with the same escape rules.
      if (i + 1 >= end || bytes[i + 1] !== this.#quote) {
        this.#state = State.Code;
        i++;
        break;
      }
      i += 2;
    }
    this.#line += strings.lines;
    return i;
  }

  #scanLineComment({ bytes, safe }: Piece, from: number): number {
    const lineEnd = lineCommentEnd(bytes, from, safe, this.#dialect);
    if (lineEnd < 0) return safe;
    if (bytes[lineEnd] === LF) this.#line++;
    this.#state = this.#inStatement ? State.Code : State.Between;
    return lineEnd + 1;
  }

  #scanClientLine(piece: Piece, from: number): number {
    const { bytes, safe } = piece;
    const lineEnd = bytes.indexOf(LF, from);
    if (lineEnd < 0 || lineEnd >= safe) return safe;
    if (this.#inStatement) this.#endStatement(piece, lineEnd, lineEnd);
    this.#line++;
    this.#state = this.#inStatement ? State.Code : State.Between;
    return lineEnd + 1;
  }

  #scanBlockComment({ bytes, safe, end }: Piece, from: number): number {
    let i = from;
    for (; i < safe; i++) {
      const byte = bytes[i];
      if (byte === LF) {
        this.#line++;
        if (!this.#inStatement) this.#showCommentLine(bytes, i + 1, end);
      } else if (byte === STAR && bytes[i + 1] === SLASH) {
        this.#depth--;
        i++;
        if (this.#depth > 0) continue;
        this.#state = this.#inStatement ? State.Code : State.Between;
        return i + 1;
      } else if (byte === SLASH && bytes[i + 1] === STAR && this.#dialect === 'postgres') {
        this.#depth++;
        i++;
      }
    }
    return i;
  }

  /** Passes on a line of a comment that begins with F, such as Navicat's `File Encoding`. */
  #showCommentLine(bytes: Buffer, start: number, end: number): void {
    if (this.#onComment === undefined) return;
    if (bytes[start] !== LETTER_F && (bytes[start] !== SPACE || bytes[start + 1] !== LETTER_F)) return;
    this.#onComment(bytes.toString('latin1', start, this.#commentHeadEnd(bytes, start, end)));
  }

  #scanDollar({ bytes, safe, end }: Piece, from: number): number {
    const found = bytes.subarray(0, end).indexOf(this.#tag, from);
    const to = found < 0 ? safe : found;
    this.#line += countLines(bytes, from, to);
    if (found < 0) return safe;
    this.#state = State.Code;
    return found + this.#tag.length;
  }

  /** COPY data ends with a line that is exactly `\.`; backslashes in the data are always doubled. */
  #scanCopy({ bytes, safe, end, offset }: Piece, from: number): number {
    for (let i = from; ; i++) {
      // Includes the preceding line end, which may be the last byte of the previous piece.
      const at = bytes.indexOf(COPY_END, Math.max(0, i - 1));
      if (at < 0 || at + 1 >= safe || at + 2 >= end) break;
      i = at + 1;
      let after = i + 2;
      if (after < end && bytes[after] === CR) after++;
      if (after < end && bytes[after] !== LF) continue;
      const stop = Math.min(after + 1, end);
      this.#line += countLines(bytes, from, stop);
      this.#emit(offset + stop, true);
      return stop;
    }
    this.#line += countLines(bytes, from, safe);
    return safe;
  }

  #endStatement({ bytes, offset }: Piece, codeEnd: number, after: number): void {
    const statement = this.#statement;
    this.#head.finish(bytes, codeEnd, offset);
    statement.dataStart = -1;
    statement.delimiter = this.#hasUsualDelimiter ? undefined : this.#delimiter;
    const first = statement.head[statement.headStart];
    if (this.#dialect === 'postgres' && (first === 0x43 || first === 0x63)) {
      if (COPY_FROM_STDIN.test(statement.headText())) {
        this.#openCopy(bytes, after, offset);
        return;
      }
    }
    this.#emit(offset + after, true);
  }

  #openCopy(bytes: Buffer, after: number, offset: number): void {
    // The data begins on the next line; the rest of this one is empty.
    const statement = this.#statement;
    // The head must outlive this piece of the file.
    statement.head = Buffer.from(statement.head.subarray(statement.headStart, statement.headEnd));
    statement.headStart = 0;
    statement.headEnd = statement.head.length;
    let dataStart = after;
    while (dataStart < bytes.length && (bytes[dataStart] === SPACE || bytes[dataStart] === CR)) dataStart++;
    statement.dataStart = offset + dataStart + 1;
    statement.dataLine = this.#line + 1;
    this.#openedAt = statement.start;
    this.#openedLine = statement.line;
    this.#state = State.Copy;
  }

  #emit(end: number, terminated: boolean): void {
    this.#statement.end = end;
    this.#statement.terminated = terminated;
    this.#inStatement = false;
    this.#state = State.Between;
    this.#found(this.#statement);
  }

  #finish({ bytes, end, offset }: Piece): void {
    switch (this.#state) {
      case State.Quoted:
        throw this.#unclosed(this.#quote === SINGLE_QUOTE ? texts().unclosed.string : texts().unclosed.name);
      case State.Dollar:
        throw this.#unclosed(texts().unclosed.dollar);
      case State.BlockComment:
        throw this.#unclosed(texts().unclosed.comment);
      case State.Copy:
        throw this.#unclosed(texts().unclosed.copy);
      default:
        if (!this.#inStatement) return;
    }
    this.#head.finish(bytes, end, offset);
    this.#statement.dataStart = -1;
    this.#emit(offset + end, false);
  }

  #unclosed(what: string): InputError {
    const at = { line: this.#openedLine, byte: this.#openedAt };
    return new InputError(texts().endsInside({ name: this.#name, what, ...at }));
  }
}

/** Whether there is a word ON at `i`. */
function isOnWord(bytes: Buffer, i: number): boolean {
  return (
    ((bytes[i + 1] as number) & ~0x20) === LETTER_N &&
    !isNameByte(bytes[i + 2]) &&
    (i === 0 || !isNameByte(bytes[i - 1]))
  );
}
