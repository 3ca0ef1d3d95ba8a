/**
 * Edits ini files as go-ini (gopkg.in/ini.v1) reads them, and keeps every byte that it is not asked to change: comments,
 * order, spacing, quotes, line ends, a byte order mark, bytes that are no UTF-8.
 *
 * Does not resolve `%(name)s`, knows no boolean keys, no nested values and no shadow keys: Gogs switches none of them on.
 * Text is held as latin1 strings, one character a byte; only names and values that go in or out are UTF-8.
 */

import { InputError } from '../../core/errors.js';

/** How the program that owns the file loads it. */
export interface IniOptions {
  /**
   * True when `#` and `;` begin a comment inside a value too (go-ini's default). False when they belong to the value
   * (go-ini's `IgnoreInlineComment`).
   */
  readonly inlineComments?: boolean;
}

/** Names a value; the section in front of all headers is `''`. */
export interface IniKey {
  readonly section: string;
  readonly key: string;
}

interface Blank {
  readonly kind: 'blank' | 'comment';
  text: string;
}

interface Header {
  readonly kind: 'header';
  section: string;
  /** `[` and what precedes it. */
  readonly before: string;
  /** `]`, comments and the line end. */
  after: string;
}

interface Entry {
  readonly kind: 'entry';
  section: string;
  key: string;
  /** Without quotes and inline comment. */
  value: string;
  indent: string;
  rawKey: string;
  /** From the key to the value: spaces and the delimiter. */
  separator: string;
  /** As written, with its quotes; may span lines. */
  rawValue: string;
  /** Spaces, comment and line end. */
  after: string;
}

type Item = Blank | Header | Entry;

// go-ini's name for the section in front of all headers: `[DEFAULT]` leads there too.
const DEFAULT_SECTION = 'DEFAULT';
const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)/;
// unicode.IsSpace in UTF-8, seen as bytes.
const SPACE =
  '(?:[\\t-\\r ]|\\xc2[\\x85\\xa0]|\\xe1\\x9a\\x80|\\xe2\\x80[\\x80-\\x8a\\xa8\\xa9\\xaf]|\\xe2\\x81\\x9f|\\xe3\\x80\\x80)';
const LEADING_SPACE = new RegExp(`^${SPACE}+`);
const LAST_SPACE = new RegExp(`${SPACE}$`);

function trimStart(text: string): string {
  return text.replace(LEADING_SPACE, '');
}

function trimEnd(text: string): string {
  let end = text.length;
  for (;;) {
    // A space takes three bytes at most. One step at a time: `(…)+$` would be quadratic in the length of inner gaps.
    const match = LAST_SPACE.exec(text.slice(Math.max(0, end - 3), end));
    if (match === null) return text.slice(0, end);
    end -= match[0].length;
  }
}

function trim(text: string): string {
  return trimEnd(trimStart(text));
}

function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** go-ini's readKeyName: where the key, its quotes and the delimiter are. Undefined where go-ini gives up. */
function readKey(line: string): { key: string; rawKey: string; valueStart: number } | undefined {
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
  // A quoted key may be empty; go-ini refuses it when it creates the key.
  if (delimiter === -1 || key === '') return undefined;
  return { key, rawKey, valueStart: rawKey.length + delimiter + 1 };
}

/** go-ini's hasSurroundedQuote: quoted, with no further quote of that kind inside. */
function isSurrounded(text: string, quote: string): boolean {
  return text.length >= 2 && text.startsWith(quote) && text.indexOf(quote, 1) === text.length - 1;
}

/** Cuts one source into items. */
class Parser {
  readonly items: Item[] = [];
  #position = 0;
  #line = 1;
  #section = '';
  /** go-ini numbers keys named `-` from 1 in each section's run of lines. */
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

  // Never quotes the line: it may hold a password.
  #fail(line: number, found: string, remedy: string): never {
    throw new InputError(`Cannot read ${this.source}, line ${line}: ${found}. ${remedy}`);
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
      if (close === -1) this.#fail(number, 'a section header without "]"', 'Close the bracket.');
      const name = line.slice(1, close);
      if (name === '') this.#fail(number, 'a section header without a name', 'Name the section or delete the line.');
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
      this.#fail(
        number,
        'neither a comment, a section nor "key = value"',
        'Gogs refuses to load this file as well: mend the line or put ";" in front of it.',
      );
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
    return this.#fail(number, `a value that begins with ${quote} and never ends`, `Close it with ${quote}.`);
  }

  #continued(lead: string, line: string, plain: string): Pick<Entry, 'value' | 'rawValue' | 'after'> {
    let raw = plain;
    let after = line.slice(plain.length);
    let value = plain;
    do {
      value = value.slice(0, -1);
      if (this.#position >= this.text.length) break;
      const next = this.#nextLine();
      const trimmed = trim(next);
      raw += after + trimEnd(next);
      after = next.slice(trimEnd(next).length);
      // A blank line ends the value and belongs to it.
      if (trimmed === '') break;
      value += trimmed;
    } while (value.endsWith('\\'));
    return { value, rawValue: lead + raw, after };
  }
}

function render(item: Item): string {
  switch (item.kind) {
    case 'header':
      return item.before + (item.section === '' ? DEFAULT_SECTION : item.section) + item.after;
    case 'entry':
      return item.indent + item.rawKey + item.separator + item.rawValue + item.after;
    default:
      return item.text;
  }
}

/**
 * One ini file. Names and values are the decoded ones: what is no UTF-8 in them shows as U+FFFD, and a name with such bytes
 * cannot be asked for; the bytes themselves stay.
 */
export class IniDocument {
  #mark = '';
  #items: Item[] = [];
  /** What `#index` made of the items; undefined once an entry came, went or was renamed. */
  #indexed: ReadonlyMap<string, ReadonlyMap<string, Entry[]>> | undefined;
  #inlineComments: boolean;

  private constructor(options: IniOptions) {
    this.#inlineComments = options.inlineComments ?? false;
  }

  /**
   * @param name what to call the file in messages
   * @throws InputError, naming the line, where go-ini refuses the file
   */
  static parse(bytes: Uint8Array, options: IniOptions = {}, name = 'the ini file'): IniDocument {
    const document = new IniDocument(options);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    document.#mark = BYTE_ORDER_MARK.exec(text)?.[0] ?? '';
    document.#items = new Parser(text.slice(document.#mark.length), document.#inlineComments, name).parse();
    return document;
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#mark + this.#items.map(render).join(''), 'latin1');
  }

  /** Names of all sections that have a header or a key, in the order in which they first appear. */
  sections(): string[] {
    const names = new Set<string>();
    for (const item of this.#items) {
      if (item.kind === 'header' || item.kind === 'entry') names.add(fromBytes(item.section));
    }
    return [...names];
  }

  /** Keys of the section itself, without those it inherits, in the order in which they first appear. */
  keys(section: string): string[] {
    return [...new Set(this.#entries(toBytes(section)).map((entry) => fromBytes(entry.key)))];
  }

  /** The value in force: the last one of that name, else what `[a.b]` inherits from `[a]`. */
  get(section: string, key: string): string | undefined {
    const keyBytes = toBytes(key);
    for (let name = toBytes(section); ; name = name.slice(0, name.lastIndexOf('.'))) {
      const value = this.#entries(name, keyBytes).at(-1)?.value;
      if (value !== undefined) return fromBytes(value);
      if (!name.includes('.')) return undefined;
    }
  }

  /**
   * Changes the value in force, or adds the key after the section's last one, or adds the section at the end.
   * Quotes as needed, so that go-ini reads back exactly `value`.
   *
   * @throws InputError when the format has no way to write the name or the value
   */
  set(section: string, key: string, value: string): void {
    const entry = this.#entries(toBytes(section), toBytes(key)).at(-1);
    if (entry === undefined) {
      this.#insert(this.#newEntry(toBytes(section), toBytes(key), toBytes(value)));
      return;
    }
    const wasEmpty = entry.rawValue === '';
    this.#write(entry, toBytes(value));
    // `KEY =` with nothing behind it: what follows keeps the distance that precedes.
    if (wasEmpty && value !== '' && /^[ \t]+[=:]$/.test(entry.separator)) entry.separator += ' ';
  }

  /** Replaces text inside the value in force; its quotes and all other bytes stay. Returns false where nothing matches. */
  replaceInValue(section: string, key: string, search: string, replacement: string): boolean {
    const entry = this.#entries(toBytes(section), toBytes(key)).at(-1);
    const [from, to] = [toBytes(search), toBytes(replacement)];
    if (entry === undefined || !entry.value.includes(from)) return false;
    const replace = (text: string): string => text.split(from).join(to);
    this.#write(entry, replace(entry.value), replace(entry.rawValue));
    return true;
  }

  /** Renames every occurrence of the key in the section. Returns false when there is none. */
  renameKey(section: string, from: string, to: string): boolean {
    const entries = this.#entries(toBytes(section), toBytes(from));
    for (const entry of entries) {
      entry.rawKey = this.#encodeKey(toBytes(to));
      entry.key = toBytes(to);
    }
    this.#indexed = undefined;
    return entries.length > 0;
  }

  /**
   * Moves the value in force, byte for byte, together with the comment directly above it, to another section. Earlier
   * values of that name are dropped. Returns false when there is none.
   */
  moveKey(from: IniKey, to: IniKey): boolean {
    if (from.section === to.section) return this.renameKey(from.section, from.key, to.key);
    const entry = this.#entries(toBytes(from.section), toBytes(from.key)).at(-1);
    if (entry === undefined) return false;
    const rawKey = this.#encodeKey(toBytes(to.key));
    const comments = this.#takeCommentsAbove(entry);
    this.remove(from.section, from.key);
    this.#insert({ ...entry, section: toBytes(to.section), key: toBytes(to.key), rawKey }, comments);
    return true;
  }

  /**
   * Renames every header of the section in place; with a section of the new name elsewhere in the file the two are one
   * from then on, and the last value of a key is in force. Returns false when there is no such header.
   */
  renameSection(from: string, to: string): boolean {
    const [oldName, newName] = [this.#sectionName(toBytes(from)), this.#sectionName(toBytes(to))];
    let found = false;
    for (const item of this.#items) {
      if ((item.kind !== 'header' && item.kind !== 'entry') || item.section !== oldName) continue;
      item.section = newName;
      found = true;
    }
    this.#indexed = undefined;
    return found;
  }

  /** Removes every occurrence of the key. Returns false when there is none. */
  remove(section: string, key: string): boolean {
    const gone = new Set<Item>(this.#entries(toBytes(section), toBytes(key)));
    this.#items = this.#items.filter((item) => !gone.has(item));
    this.#indexed = undefined;
    return gone.size > 0;
  }

  /**
   * Puts each comment that stands behind a value on a line of its own above it, and from then on reads the file without
   * inline comments: every value stays what it was for a program that now takes them as part of the value.
   * Returns the keys concerned.
   */
  liftInlineComments(): IniKey[] {
    if (!this.#inlineComments) return [];
    this.#inlineComments = false;
    const lifted: IniKey[] = [];
    this.#items = this.#items.flatMap((item) => {
      if (item.kind !== 'entry' || !/^[^\n]*[#;]/.test(item.after)) return [item];
      const comment = trim(item.after);
      const lineEnd = /\r?\n$/.exec(item.after)?.[0] ?? '';
      // Behind a closing quote a comment is harmless in both ways of reading.
      if (this.#reads(item, item.value)) return [item];
      lifted.push({ section: fromBytes(item.section), key: fromBytes(item.key) });
      item.after = lineEnd;
      return [{ kind: 'comment', text: item.indent + comment + (lineEnd === '' ? '\n' : lineEnd) }, item];
    });
    return lifted;
  }

  #entries(section: string, key?: string): Entry[] {
    const keys = this.#index().get(section === DEFAULT_SECTION ? '' : section);
    return key === undefined ? [...(keys?.values() ?? [])].flat() : (keys?.get(key) ?? []);
  }

  /** Entries by section and key: a file of a megabyte is asked for each of its keys more than once. */
  #index(): ReadonlyMap<string, ReadonlyMap<string, Entry[]>> {
    if (this.#indexed !== undefined) return this.#indexed;
    const sections = new Map<string, Map<string, Entry[]>>();
    for (const item of this.#items) {
      if (item.kind !== 'entry') continue;
      const keys = sections.get(item.section) ?? new Map<string, Entry[]>();
      const entries = keys.get(item.key) ?? [];
      entries.push(item);
      keys.set(item.key, entries);
      sections.set(item.section, keys);
    }
    this.#indexed = sections;
    return sections;
  }

  get #lineEnd(): string {
    const first = this.#items.map(render).find((text) => text.endsWith('\n'));
    return first?.endsWith('\r\n') === true ? '\r\n' : '\n';
  }

  /** Does the entry, followed by another one, read as this value and nothing else? */
  #reads(entry: Entry, value: string): boolean {
    const text = render(entry);
    const follower = text.endsWith('\n') ? 'x = y\n' : '';
    try {
      const [first, ...rest] = new Parser(text + follower, this.#inlineComments, '').parse();
      return first?.kind === 'entry' && first.value === value && rest.length === (follower === '' ? 0 : 1);
    } catch {
      return false;
    }
  }

  // The parser is the referee: the first way of quoting that it reads back exactly is taken.
  #write(entry: Entry, value: string, preferred = value): void {
    for (const rawValue of [preferred, value, `\`${value}\``, `"${value}"`, `"""${value}"""`]) {
      const candidate = { ...entry, rawValue };
      if (!this.#reads(candidate, value)) continue;
      entry.rawValue = rawValue;
      entry.value = value;
      return;
    }
    throw new InputError(
      `Cannot write a value for ${fromBytes(entry.key)}: an ini file has no quotes for a text of several lines that holds both \` and """. Choose another value.`,
    );
  }

  #encodeKey(key: string): string {
    for (const rawKey of [key, `\`${key}\``, `"""${key}"""`]) {
      const text = `${rawKey} = v\n`;
      if (!/^[#;[]|\n./.test(text) && !LEADING_SPACE.test(text) && key !== '-' && readKey(text)?.key === key)
        return rawKey;
    }
    throw new InputError(`Cannot write the key ${JSON.stringify(fromBytes(key))}: an ini file has no way to spell it.`);
  }

  #sectionName(name: string): string {
    if (name.includes('\n')) {
      throw new InputError(`Cannot write the section ${JSON.stringify(fromBytes(name))}: it spans lines.`);
    }
    return name === DEFAULT_SECTION ? '' : name;
  }

  #newEntry(section: string, key: string, value: string): Entry {
    const entry: Entry = {
      kind: 'entry',
      section: this.#sectionName(section),
      key,
      value: '',
      indent: '',
      rawKey: this.#encodeKey(key),
      separator: ' = ',
      rawValue: '',
      after: this.#lineEnd,
    };
    this.#write(entry, value);
    return entry;
  }

  /** Puts an entry, with comments above it, after the last entry of its section. */
  #insert(entry: Entry, comments: readonly Blank[] = []): void {
    let at = this.#items.findLastIndex((item) => item.kind === 'entry' && item.section === entry.section) + 1;
    if (at === 0) {
      at = this.#items.findLastIndex((item) => item.kind === 'header' && item.section === entry.section) + 1;
    }
    const added: Item[] = [...comments, entry];
    if (at === 0 && entry.section !== '') {
      at = this.#items.length;
      const blank = at > 0 && this.#items.at(-1)?.kind !== 'blank';
      added.unshift({ kind: 'header', section: entry.section, before: '[', after: `]${this.#lineEnd}` });
      if (blank) added.unshift({ kind: 'blank', text: this.#lineEnd });
    }
    const previous = this.#items[at - 1];
    if (previous !== undefined) this.#terminate(previous);
    this.#items.splice(at, 0, ...added);
    this.#indexed = undefined;
    for (const item of added) this.#terminate(item);
  }

  /** Ends an item with a line end, so that something can follow it. */
  #terminate(item: Item): void {
    const lineEnd = render(item).endsWith('\n') ? '' : this.#lineEnd;
    if (item.kind === 'header' || item.kind === 'entry') item.after += lineEnd;
    else item.text += lineEnd;
    // `"""` or a backslash at the very end of a file means something else once a line follows.
    if (item.kind === 'entry' && !this.#reads(item, item.value)) this.#write(item, item.value);
  }

  /** Removes and returns the comment lines directly above, unless they open the section or the file. */
  #takeCommentsAbove(entry: Entry): Blank[] {
    const end = this.#items.indexOf(entry);
    let start = end;
    while (this.#items[start - 1]?.kind === 'comment') start--;
    const above = this.#items[start - 1]?.kind;
    if (above === undefined || above === 'header') return [];
    return this.#items.splice(start, end - start) as Blank[];
  }
}
