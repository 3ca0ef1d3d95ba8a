/** Reads a whole CSV file in one style and collects what tells by which program it was written. */
import { InputError } from '../../core/errors.js';
import { Cell } from '../../core/rows.js';
import { type CsvFormat, type CsvStyle, escapesWithBackslash } from './CsvFormat.js';
import { CsvParser, isNullWord } from './CsvParser.js';
import { type ScannedFile, type ScanOptions, scanCsv } from './scanCsv.js';

export interface SurveyedFile extends ScannedFile {
  readonly separator: CsvFormat['separator'];
  readonly hasHeader: boolean;
  /** The number of columns. */
  readonly columns: number;
}

/** What a field or record can show. Quotes and escapes are those of the style in which the file is read. */
const TRAITS = [
  /** A field in quotes. */
  'quoted',
  /** One that some program cannot write without: it contains a separator, a line end or a quote. */
  'neededQuotes',
  /** One that could be, and is a word. */
  'needlessQuotes',
  'doubledQuote',
  'quotedEmpty',
  'plainEmpty',
  /** A field without quotes that is neither a number, a time nor a boolean. */
  'plainWord',
  /** `NULL` without quotes. */
  'nullWord',
  /** `\\N` without quotes. */
  'nullEscape',
  'backslash',
  /** A backslash before a byte that no program escapes. */
  'oddEscape',
  /** A backslash before a byte that MySQL does not escape within quotes. */
  'unusualEscape',
  /** A line end within quotes. */
  'quotedLineEnd',
  /** One without a backslash before it. */
  'unescapedLineEnd',
  /** An apostrophe within quotes that is followed by another, or by a quote. */
  'doubledApostrophe',
  /** Any other apostrophe within quotes. */
  'singleApostrophe',
  /** CR and LF at the end of a record. */
  'crlf',
  'lf',
  /** CR and LF behind a field that may end with a CR. */
  'wordBeforeCrlf',
  /** The file ends within a record: without a line end, and behind a value without quotes. */
  'openEnd',
] as const;
type Trait = (typeof TRAITS)[number];
const bit = Object.fromEntries(TRAITS.map((trait, i) => [trait, 1 << i])) as Readonly<Record<Trait, number>>;

export interface CsvSurvey {
  readonly style: CsvStyle;
  /** Why the file cannot be read in this style. */
  readonly problem: InputError | undefined;
  readonly isHeaderQuoted: boolean;
  has(trait: Trait): boolean;
  /** The first line with it. */
  lineOf(trait: Trait): number;
}

export async function surveyCsv(file: SurveyedFile, style: CsvStyle, options: ScanOptions): Promise<CsvSurvey> {
  const judge = judgeOf(style, file.separator.charCodeAt(0));
  let traits = 0;
  let lastField = 0;
  const firstLines = new Map<number, number>();
  let seen = 0;
  let isHeaderQuoted = false;
  let inHeader = file.hasHeader;
  const parser = new CsvParser({ separator: file.separator, style, nullWord: false }, (isQuoted, bytes, start, end) => {
    lastField = judge(isQuoted, bytes, start, end);
    traits |= lastField;
  });
  let problem: InputError | undefined;
  try {
    const cells = Array.from({ length: file.columns }, () => new Cell());
    await scanCsv(file, parser, cells, options, {
      before() {
        traits = 0;
      },
      record(line) {
        if (inHeader) isHeaderQuoted = (traits & bit.quoted) > 0;
        const found = (inHeader ? 0 : traits) | traitsOfEnd(parser.lineEnd, lastField, inHeader);
        inHeader = false;
        if ((found & ~seen) === 0) return;
        for (const trait of TRAITS) if ((found & ~seen & bit[trait]) > 0) firstLines.set(bit[trait], line);
        seen |= found;
      },
      drain: () => undefined,
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problem = error;
  }
  return {
    style,
    problem,
    isHeaderQuoted,
    has: (trait) => (seen & bit[trait]) > 0,
    lineOf: (trait) => firstLines.get(bit[trait]) ?? 1,
  };
}

function traitsOfEnd(lineEnd: CsvParser['lineEnd'], lastField: number, inHeader: boolean): number {
  if (lineEnd === 'lf') return bit.lf;
  if (lineEnd === 'crlf') return bit.crlf | ((lastField & bit.plainWord) > 0 && !inHeader ? bit.wordBeforeCrlf : 0);
  return (lastField & (bit.quoted | bit.plainEmpty | bit.nullEscape)) > 0 ? 0 : bit.openEnd;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const LETTER_N = 0x4e;

/** Many programs put a field with any of these into quotes. */
const SEPARATORS: readonly number[] = [...Buffer.from(',;\t')];
/** 1 for bytes that tell something within quotes. */
const TELLING = new Uint8Array(256);
for (const byte of [...SEPARATORS, LF, CR, QUOTE, APOSTROPHE, BACKSLASH]) TELLING[byte] = 1;
/** What MySQL escapes in a file: the backslash, the quote, NUL and line ends. Separators are added. */
const ENCLOSED_ESCAPES: readonly number[] = [...Buffer.from('\\"0\n\r')];
/** The letters of MySQL and of COPY besides. */
const ALL_ESCAPES: readonly number[] = [...ENCLOSED_ESCAPES, ...Buffer.from("bfnrtvZN'\t,;")];

/** A number, a time or a boolean. */
const NO_WORD = /^(?:[-+]?[\d.,:TZ/ -]+(?:[eE][-+]?\d+)?|t|f|true|false)$/i;
const LONGEST_TIME = 40;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

function isWord(bytes: Buffer, start: number, end: number): boolean {
  // Most fields are numbers of digits only.
  let digits = start;
  while (digits < end && isDigit(bytes[digits] as number)) digits++;
  if (digits === end) return false;
  return end - start > LONGEST_TIME || !NO_WORD.test(bytes.toString('latin1', start, end));
}

type Judge = (isQuoted: boolean, bytes: Buffer, start: number, end: number) => number;

function judgeOf(style: CsvStyle, separator: number): Judge {
  const escapes = escapesWithBackslash(style);

  function judgeEscape(next: number | undefined): number {
    if (next === undefined) return bit.oddEscape;
    if (next === separator || ENCLOSED_ESCAPES.includes(next)) return 0;
    return bit.unusualEscape | (ALL_ESCAPES.includes(next) ? 0 : bit.oddEscape);
  }

  function judgePlain(bytes: Buffer, start: number, end: number): number {
    let traits = bit.plainWord;
    for (let i = bytes.indexOf(BACKSLASH, start); i >= 0 && i < end; i = bytes.indexOf(BACKSLASH, i + 2)) {
      traits |= bit.backslash | judgeEscape(i + 1 < end ? bytes[i + 1] : undefined);
    }
    return traits;
  }

  function judgeQuoted(bytes: Buffer, start: number, end: number): number {
    let traits = bit.quoted;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      if (TELLING[byte] === 0) continue;
      const next = i + 1 < end ? bytes[i + 1] : undefined;
      if (byte === BACKSLASH) {
        traits |= bit.backslash | judgeEscape(next);
        // In every style: two backslashes are one escape, if any.
        if (escapes || next === BACKSLASH) i++;
        else if (next === LF || next === CR) {
          traits |= bit.quotedLineEnd | bit.neededQuotes;
          i += next === CR && bytes[i + 2] === LF ? 2 : 1;
        }
      } else if (byte === LF || byte === CR) traits |= bit.quotedLineEnd | bit.unescapedLineEnd | bit.neededQuotes;
      else if (SEPARATORS.includes(byte)) traits |= bit.neededQuotes;
      else if (byte === QUOTE) {
        traits |= bit.doubledQuote | bit.neededQuotes;
        i++;
      } else if (byte === APOSTROPHE) {
        const isPair = next === APOSTROPHE || (style === 'apostrophe' && next === QUOTE);
        traits |= isPair ? bit.doubledApostrophe : bit.singleApostrophe;
        if (isPair && next === QUOTE) traits |= bit.neededQuotes;
        if (isPair) i++;
      }
    }
    return (traits & bit.neededQuotes) === 0 && isWord(bytes, start, end) ? traits | bit.needlessQuotes : traits;
  }

  return (isQuoted, bytes, start, end) => {
    if (isQuoted) return start === end ? bit.quoted | bit.quotedEmpty : judgeQuoted(bytes, start, end);
    if (start === end) return bit.plainEmpty;
    if (end - start === 2 && bytes[start] === BACKSLASH && bytes[start + 1] === LETTER_N) return bit.nullEscape;
    if (isNullWord(bytes, start, end)) return bit.nullWord;
    return isWord(bytes, start, end) ? judgePlain(bytes, start, end) : 0;
  };
}
