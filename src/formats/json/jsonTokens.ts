/**
 * Finds the ends of JSON values and checks their grammar. Works on bytes and builds no objects.
 *
 * JSON.parse is not used because it loses integers beyond 2^53 (`hook_task.delivered` counts nanoseconds), changes escapes, and
 * takes five to ten times as long. Grammar: RFC 8259; bytes that are not UTF-8 are accepted, as in Gogs' own decoder.
 */
import { findByte, findControl, WORD, WordView, wordOf } from '../../core/words.js';
import { texts } from './texts.js';

/** A syntax error and its byte position; the caller knows file and line. */
export class JsonSyntaxProblem extends Error {
  constructor(
    readonly offset: number,
    /** Completes "the line …": `ends inside a string`. */
    readonly what: string,
  ) {
    super(what);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const QUOTES = wordOf(QUOTE);
const BACKSLASHES = wordOf(BACKSLASH);
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Deeper values are rejected. Together with the object of the row this gives 10,000 levels, the limit of Go's decoders. */
export const MAX_DEPTH = 9_999;

/** 1 for bytes that stop the fast loop through a string: quote, backslash, control characters. */
const STOPS_STRING = new Uint8Array(256);
for (let byte = 0; byte < 0x20; byte++) STOPS_STRING[byte] = 1;
STOPS_STRING[QUOTE] = 1;
STOPS_STRING[BACKSLASH] = 1;

/** 1 for bytes that follow the backslash in a two-byte escape. */
const IS_ESCAPE = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrt')) IS_ESCAPE[byte] = 1;

/** Of the buffer in which rows are read. */
const WORDS = new WordView();

/** First index at or after `at` that is not white space. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== 0x0a) break;
    at++;
  }
  return at;
}

/** `at` is an opening quote; returns the index after the closing one. Most of an upgrade's time is spent here. */
export function skipString(bytes: Uint8Array, at: number, end: number): number {
  let i = at + 1;
  const words = WORDS.of(bytes);
  const lastWord = end - WORD;
  for (;;) {
    while (i <= lastWord) {
      const word = words.getInt32(i, true);
      if ((findByte(word, QUOTES) | findByte(word, BACKSLASHES) | findControl(word)) !== 0) break;
      i += WORD;
    }
    while (i < end && STOPS_STRING[bytes[i] as number] === 0) i++;
    if (i >= end) throw new JsonSyntaxProblem(end, texts().problems.endsInString);
    const byte = bytes[i];
    if (byte === QUOTE) return i + 1;
    if (byte !== BACKSLASH) throw new JsonSyntaxProblem(i, texts().problems.controlCharacter);
    i = i + 1 < end && IS_ESCAPE[bytes[i + 1] as number] === 1 ? i + 2 : skipUnicodeEscape(bytes, i, end);
  }
}

/** `at` is a backslash that does not begin a two-byte escape. */
function skipUnicodeEscape(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) throw new JsonSyntaxProblem(end, texts().problems.endsInString);
  if (bytes[at + 1] !== 0x75) throw new JsonSyntaxProblem(at, texts().problems.unknownEscape);
  for (let i = at + 2; i < at + 6; i++) {
    if (i >= end) throw new JsonSyntaxProblem(end, texts().problems.endsInString);
    if (!isHexDigit(bytes[i] as number)) throw new JsonSyntaxProblem(i, texts().problems.badHexEscape);
  }
  return at + 6;
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** `at` is a digit or a minus sign; returns the index after the number. */
function skipNumber(bytes: Uint8Array, at: number, end: number): number {
  let i = bytes[at] === 0x2d ? at + 1 : at;
  const first = i;
  i = skipDigits(bytes, i, end);
  if (bytes[first] === 0x30 && i > first + 1) throw new JsonSyntaxProblem(first + 1, texts().problems.leadingZero);
  if (i < end && bytes[i] === 0x2e) i = skipDigits(bytes, i + 1, end);
  if (i < end && ((bytes[i] as number) | 0x20) === 0x65) {
    i++;
    if (i < end && (bytes[i] === 0x2b || bytes[i] === 0x2d)) i++;
    i = skipDigits(bytes, i, end);
  }
  return i;
}

/** Skips at least one digit. */
function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && isDigit(bytes[i] as number)) i++;
  if (i === at) throw new JsonSyntaxProblem(i, i >= end ? texts().problems.endsInNumber : texts().problems.badNumber);
  return i;
}

const NULL = Buffer.from('null');
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');

function skipLiteral(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  const literal = first === NULL[0] ? NULL : first === TRUE[0] ? TRUE : first === FALSE[0] ? FALSE : undefined;
  if (literal === undefined) throw new JsonSyntaxProblem(at, texts().problems.noValue);
  for (let i = 1; i < literal.length; i++) {
    if (at + i >= end) throw new JsonSyntaxProblem(end, texts().problems.endsInWord);
    if (bytes[at + i] !== literal[i]) throw new JsonSyntaxProblem(at, texts().problems.badWord);
  }
  return at + literal.length;
}

/** `at` is the first byte of a value; returns the index after it. */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) throw new JsonSyntaxProblem(end, texts().problems.endsBeforeValue);
  const byte = bytes[at] as number;
  if (byte === QUOTE) return skipString(bytes, at, end);
  if (byte === 0x2d || isDigit(byte)) return skipNumber(bytes, at, end);
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return skipContainer(bytes, at, end);
  return skipLiteral(bytes, at, end);
}

/** Not recursive, so that a value nested a hundred thousand levels deep gives an error message instead of a stack overflow. */
function skipContainer(bytes: Uint8Array, at: number, end: number): number {
  const closers: number[] = [];
  let i = at;
  for (;;) {
    // A value begins here.
    const byte = bytes[i] as number;
    if (i < end && (byte === OPEN_BRACE || byte === OPEN_BRACKET)) {
      if (closers.length >= MAX_DEPTH) throw new JsonSyntaxProblem(i, texts().problems.tooDeep({ depth: MAX_DEPTH }));
      closers.push(byte === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET);
      i = skipSpace(bytes, i + 1, end);
      if (i < end && bytes[i] !== closers.at(-1)) {
        if (byte === OPEN_BRACE) i = skipKey(bytes, i, end);
        continue;
      }
    } else {
      i = skipValue(bytes, i, end);
    }
    // A value has ended here, or an empty container is about to close.
    for (;;) {
      i = skipSpace(bytes, i, end);
      if (i >= end) throw new JsonSyntaxProblem(end, texts().problems.endsInContainer);
      const closer = closers.at(-1);
      if (bytes[i] === closer) {
        i++;
        closers.pop();
        if (closers.length === 0) return i;
        continue;
      }
      if (bytes[i] !== COMMA) throw new JsonSyntaxProblem(i, texts().problems.noCommaBetweenValues);
      i = skipSpace(bytes, i + 1, end);
      if (closer === CLOSE_BRACE) i = skipKey(bytes, i, end);
      break;
    }
  }
}

/** `at` should be the quote of a key; returns the index of its value. */
export function skipKey(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) throw new JsonSyntaxProblem(end, texts().problems.endsBeforeKey);
  if (bytes[at] !== QUOTE) throw new JsonSyntaxProblem(at, texts().problems.noKey);
  return skipColon(bytes, skipString(bytes, at, end), end);
}

/** `at` is the index after a key; returns the index of its value. */
export function skipColon(bytes: Uint8Array, at: number, end: number): number {
  const colon = skipSpace(bytes, at, end);
  if (colon >= end) throw new JsonSyntaxProblem(end, texts().problems.endsAfterKey);
  if (bytes[colon] !== COLON) throw new JsonSyntaxProblem(colon, texts().problems.noColon);
  const value = skipSpace(bytes, colon + 1, end);
  if (value >= end) throw new JsonSyntaxProblem(end, texts().problems.endsBeforeValue);
  return value;
}
