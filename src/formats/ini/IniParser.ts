/** Splits an ini file into items, by the rules of go-ini (gopkg.in/ini.v1). Text is latin1: one character per byte. */

import { InputError } from '../../core/errors.js';
import { DEFAULT_SECTION, type Entry, type Item } from './items.js';
import { texts } from './texts.js';

// unicode.IsSpace in UTF-8, as bytes.
const SPACE =
  '(?:[\\t-\\r ]|\\xc2[\\x85\\xa0]|\\xe1\\x9a\\x80|\\xe2\\x80[\\x80-\\x8a\\xa8\\xa9\\xaf]|\\xe2\\x81\\x9f|\\xe3\\x80\\x80)';
export const LEADING_SPACE = new RegExp(`^${SPACE}+`);
const LAST_SPACE = new RegExp(`${SPACE}$`);

function trimStart(text: string): string {
  if (isVisible(text.charCodeAt(0))) return text;
  return text.replace(LEADING_SPACE, '');
}

function trimEnd(text: string): string {
  let end = text.length;
  for (;;) {
    if (isVisible(text.charCodeAt(end - 1))) return text.slice(0, end);
    // A space takes three bytes at most. Removes one at a time, because `(…)+$` would be quadratic in the length of inner gaps.
    const match = LAST_SPACE.exec(text.slice(Math.max(0, end - 3), end));
    if (match === null) return text.slice(0, end);
    end -= match[0].length;
  }
}

/** Visible ASCII, with which most texts begin and end; saves the regular expressions. */
const isVisible = (code: number): boolean => code > 0x20 && code < 0x7f;

export function trim(text: string): string {
  return trimEnd(trimStart(text));
}

/** go-ini's readKeyName: the positions of the key, its quotes and the delimiter. Undefined if go-ini fails. */
export function readKey(line: string): { key: string; rawKey: string; valueStart: number } | undefined {
  const quote = line.startsWith('"""') && line.length > 6 ? '"""' : /^["`]/.exec(line)?.[0];
  let rawKey: string;
  let key: string;
  if (quote === undefined) {
    const delimiter = line.search(/[=:]/);
    if (delimiter <= 0) return undefined;
    rawKey = trimEnd(line.slice(0, delimiter));
    key = rawKey;
  } else {
    const close = line.indexOf(quote, quote.length);
    if (close === -1) return undefined;
    rawKey = line.slice(0, close + quote.length);
    key = trim(line.slice(quote.length, close));
  }
  const delimiter = line.slice(rawKey.length).search(/[=:]/);
  // A quoted key may be empty, but go-ini rejects it when it creates the key.
  if (delimiter === -1 || key === '') return undefined;
  return { key, rawKey, valueStart: rawKey.length + delimiter + 1 };
}

/** go-ini's hasSurroundedQuote: quoted, with no other quote of that kind inside. */
function isSurrounded(text: string, quote: string): boolean {
  return text.length >= 2 && text.startsWith(quote) && text.indexOf(quote, 1) === text.length - 1;
}

/** Splits one source into items. */
export class IniParser {
  readonly items: Item[] = [];
  #position = 0;
  #line = 1;
  #section = '';
  /** go-ini numbers keys named `-` from 1 in each section. */
  #counter = 1;

  constructor(
    private readonly text: string,
    private readonly inlineComments: boolean,
    private readonly source: string,
  ) {}

  parse(): Item[] {
    while (this.#position < this.text.length) this.#item();
    return this.items;
  }

  /** The next line with its line end. */
  #nextLine(): string {
    const newline = this.text.indexOf('\n', this.#position);
    const end = newline === -1 ? this.text.length : newline + 1;
    const line = this.text.slice(this.#position, end);
    this.#position = end;
    this.#line++;
    return line;
  }

  // Never quotes the line, which may contain a password.
  #fail(message: string): never {
    throw new InputError(message);
  }

  #item(): void {
    const number = this.#line;
    const whole = this.#nextLine();
    const line = trimStart(whole);
    const indent = whole.slice(0, whole.length - line.length);
    if (line === '') {
      this.items.push({ kind: 'blank', text: whole });
    } else if (line.startsWith('#') || line.startsWith(';')) {
      this.items.push({ kind: 'comment', text: whole });
    } else if (line.startsWith('[')) {
      const close = line.lastIndexOf(']');
      if (close === -1) this.#fail(texts().unclosedHeader({ file: this.source, line: number }));
      const name = line.slice(1, close);
      if (name === '') this.#fail(texts().namelessHeader({ file: this.source, line: number }));
      this.#section = name === DEFAULT_SECTION ? '' : name;
      this.#counter = 1;
      this.items.push({ kind: 'header', section: this.#section, before: `${indent}[`, after: line.slice(close) });
    } else {
      this.#entry(number, indent, line);
    }
  }

  #entry(number: number, indent: string, line: string): void {
    const found = readKey(line);
    if (found === undefined) {
      const words = this.text.includes('\0') ? texts().utf16 : texts().unknownLine;
      this.#fail(words({ file: this.source, line: number }));
    }
    const rest = line.slice(found.valueStart);
    const gap = /^[ \t]*/.exec(rest)?.[0] ?? '';
    const { value, rawValue, after } = this.#value(number, rest.slice(gap.length));
    this.items.push({
      kind: 'entry',
      section: this.#section,
      key: found.key === '-' ? `#${this.#counter++}` : found.key,
      value,
      indent,
      rawKey: found.rawKey,
      separator: line.slice(found.rawKey.length, found.valueStart) + gap,
      rawValue,
      after,
    });
  }

  /** go-ini's readValue. `rest` begins after the delimiter and its spaces, and ends with the line. */
  #value(number: number, rest: string): Pick<Entry, 'value' | 'rawValue' | 'after'> {
    const line = trimStart(rest);
    if (line === '') return { value: '', rawValue: '', after: rest };
    const lead = rest.slice(0, rest.length - line.length);

    const quote = line.startsWith('"""') && line.length > 3 ? '"""' : line.startsWith('`') ? '`' : undefined;
    if (quote !== undefined) {
      const close = line.lastIndexOf(quote);
      if (close >= quote.length) {
        const end = close + quote.length;
        return { value: line.slice(quote.length, close), rawValue: lead + line.slice(0, end), after: line.slice(end) };
      }
      return this.#multiline(number, lead, line, quote);
    }

    let plain = trimEnd(line);
    if (plain.endsWith('\\')) return this.#continued(lead, line, plain);
    if (this.inlineComments) {
      const comment = plain.search(/[#;]/);
      if (comment !== -1) plain = trimEnd(plain.slice(0, comment));
    }
    const value = isSurrounded(plain, "'") || isSurrounded(plain, '"') ? plain.slice(1, -1) : plain;
    return { value, rawValue: lead + plain, after: line.slice(plain.length) };
  }

  #multiline(number: number, lead: string, first: string, quote: string): Pick<Entry, 'value' | 'rawValue' | 'after'> {
    let raw = first;
    while (this.#position < this.text.length) {
      const next = this.#nextLine();
      const close = next.lastIndexOf(quote);
      if (close !== -1) {
        const end = close + quote.length;
        const value = raw.slice(quote.length) + next.slice(0, close);
        return { value, rawValue: lead + raw + next.slice(0, end), after: next.slice(end) };
      }
      raw += next;
    }
    return this.#fail(texts().unclosedValue({ file: this.source, line: number, quote }));
  }

  #continued(lead: string, line: string, plain: string): Pick<Entry, 'value' | 'rawValue' | 'after'> {
    // Joined at the end, because shortening a growing value repeatedly would be quadratic.
    const raw = [plain];
    const parts: string[] = [];
    let part = plain;
    let after = line.slice(plain.length);
    do {
      parts.push(part.slice(0, -1));
      part = '';
      if (this.#position >= this.text.length) break;
      const next = this.#nextLine();
      const written = trimEnd(next);
      raw.push(after, written);
      after = next.slice(written.length);
      // A blank line ends the value and belongs to it.
      part = trim(next);
    } while (part.endsWith('\\'));
    parts.push(part);
    return { value: parts.join(''), rawValue: lead + raw.join(''), after };
  }
}
