/**
 * Edits ini files as go-ini (gopkg.in/ini.v1) reads them, and keeps every byte that it is not asked to change: comments, order,
 * spacing, quotes, line ends, a byte order mark, bytes that are not UTF-8.
 *
 * `%(name)s`, boolean keys, nested values and shadow keys are not supported: Gogs does not use them. Text is held as latin1
 * strings, one character per byte; only the names and values of the public methods are UTF-8.
 */

import { InputError } from '../../core/errors.js';
import { isPrintableAscii } from '../../core/isPrintableAscii.js';
import { IniParser, LEADING_SPACE, readKey, trim } from './IniParser.js';
import { type Blank, DEFAULT_SECTION, type Entry, type Item, render } from './items.js';
import { texts } from './texts.js';

/** How the program that reads the file loads it. */
export interface IniOptions {
  /**
   * True if `#` and `;` begin a comment inside a value too (go-ini's default). False if they belong to the value (go-ini's
   * `IgnoreInlineComment`).
   */
  readonly inlineComments?: boolean;
}

/** Identifies a value; the section before all headers is `''`. */
export interface IniKey {
  readonly section: string;
  readonly key: string;
}

const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)/;
function toBytes(text: string): string {
  if (isPrintableAscii(text)) return text;
  return Buffer.from(text, 'utf8').toString('latin1');
}

function fromBytes(bytes: string): string {
  if (isPrintableAscii(bytes)) return bytes;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/**
 * One ini file. Names and values are decoded: bytes that are not UTF-8 appear as U+FFFD, and a name that contains such bytes
 * cannot be looked up. The bytes themselves are kept.
 */
export class IniDocument {
  #mark = '';
  #items: Item[] = [];
  /** Index of the items; undefined after an entry was added, removed or renamed. */
  #indexed: ReadonlyMap<string, ReadonlyMap<string, Entry[]>> | undefined;
  #inlineComments: boolean;

  private constructor(options: IniOptions) {
    this.#inlineComments = options.inlineComments ?? false;
  }

  /** Throws InputError, naming the line, if go-ini would reject the file. `name`: the name of the file for messages. */
  static parse(bytes: Uint8Array, options: IniOptions = {}, name = texts().theFile): IniDocument {
    const document = new IniDocument(options);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    document.#mark = BYTE_ORDER_MARK.exec(text)?.[0] ?? '';
    document.#items = new IniParser(text.slice(document.#mark.length), document.#inlineComments, name).parse();
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

  /** The effective value: the last one of that name, or else the one that `[a.b]` inherits from `[a]`. */
  get(section: string, key: string): string | undefined {
    const keyBytes = toBytes(key);
    for (let name = toBytes(section); ; name = name.slice(0, name.lastIndexOf('.'))) {
      const value = this.#entries(name, keyBytes).at(-1)?.value;
      if (value !== undefined) return fromBytes(value);
      if (!name.includes('.')) return undefined;
    }
  }

  /**
   * Changes the effective value, or adds the key after the section's last one, or adds the section at the end. Quotes as
   * needed, so that go-ini reads back exactly `value`. Throws InputError if the format cannot represent the name or the value.
   */
  set(section: string, key: string, value: string): void {
    const entry = this.#entries(toBytes(section), toBytes(key)).at(-1);
    if (entry === undefined) {
      this.#insert(this.#newEntry(toBytes(section), toBytes(key), toBytes(value)));
      return;
    }
    const wasEmpty = entry.rawValue === '';
    this.#write(entry, toBytes(value));
    // `KEY =` without a value: repeat the space before the separator after it.
    if (wasEmpty && value !== '' && /^[ \t]+[=:]$/.test(entry.separator)) entry.separator += ' ';
  }

  /** Replaces text inside the effective value; its quotes and all other bytes are kept. Returns false if nothing matches. */
  replaceInValue(section: string, key: string, search: string, replacement: string): boolean {
    const entry = this.#entries(toBytes(section), toBytes(key)).at(-1);
    const [from, to] = [toBytes(search), toBytes(replacement)];
    if (entry === undefined || !entry.value.includes(from)) return false;
    const replace = (text: string): string => text.split(from).join(to);
    this.#write(entry, replace(entry.value), replace(entry.rawValue));
    return true;
  }

  /** Renames every occurrence of the key in the section. Returns false if there is none. */
  renameKey(section: string, from: string, to: string): boolean {
    const entries = this.#entries(toBytes(section), toBytes(from));
    for (const entry of entries) Object.assign(entry, this.#named(entry, toBytes(to)));
    this.#indexed = undefined;
    return entries.length > 0;
  }

  /**
   * Moves the effective value, byte for byte, together with the comment directly above it, to another section. Earlier values
   * of that name are dropped. Returns false if there is none.
   */
  moveKey(from: IniKey, to: IniKey): boolean {
    if (from.section === to.section) return this.renameKey(from.section, from.key, to.key);
    const entry = this.#entries(toBytes(from.section), toBytes(from.key)).at(-1);
    if (entry === undefined) return false;
    const named = this.#named(entry, toBytes(to.key));
    const comments = this.#takeCommentsAbove(entry);
    this.remove(from.section, from.key);
    this.#insert({ ...entry, ...named, section: toBytes(to.section) }, comments);
    return true;
  }

  /**
   * Renames every header of the section in place. If the file already has a section of the new name, the two become one, and
   * the last value of a key is effective. Returns false if there is no such header.
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

  /** Removes every occurrence of the key. Returns false if there is none. */
  remove(section: string, key: string): boolean {
    const gone = new Set<Item>(this.#entries(toBytes(section), toBytes(key)));
    this.#items = this.#items.filter((item) => !gone.has(item));
    this.#indexed = undefined;
    return gone.size > 0;
  }

  /**
   * Moves each comment after a value to a line of its own above it, and from then on reads the file without inline comments. So
   * every value is unchanged for a program that treats such comments as part of the value. Returns the keys concerned.
   */
  liftInlineComments(): IniKey[] {
    if (!this.#inlineComments) return [];
    this.#inlineComments = false;
    const lifted: IniKey[] = [];
    this.#items = this.#items.flatMap((item) => {
      if (item.kind !== 'entry' || !/^[^\n]*[#;]/.test(item.after)) return [item];
      const comment = trim(item.after);
      const lineEnd = /\r?\n$/.exec(item.after)?.[0] ?? '';
      // After a closing quote, a comment is a comment in both modes.
      if (this.#reads(item, item.value)) return [item];
      lifted.push({ section: fromBytes(item.section), key: fromBytes(item.key) });
      item.after = lineEnd;
      // A backslash that the comment kept from ending the line would continue it.
      if (!this.#reads(item, item.value)) this.#write(item, item.value);
      return [{ kind: 'comment', text: item.indent + comment + (lineEnd === '' ? '\n' : lineEnd) }, item];
    });
    return lifted;
  }

  #entries(section: string, key?: string): Entry[] {
    const keys = this.#index().get(section === DEFAULT_SECTION ? '' : section);
    return key === undefined ? [...(keys?.values() ?? [])].flat() : (keys?.get(key) ?? []);
  }

  /** Entries by section and key, because each key of a file of up to a megabyte is looked up more than once. */
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

  /** Whether the entry, followed by another one, reads as exactly this value. */
  #reads(entry: Entry, value: string): boolean {
    const text = render(entry);
    const follower = text.endsWith('\n') ? 'x = y\n' : '';
    try {
      const [first, ...rest] = new IniParser(text + follower, this.#inlineComments, '').parse();
      return first?.kind === 'entry' && first.value === value && rest.length === (follower === '' ? 0 : 1);
    } catch {
      return false;
    }
  }

  // Uses the first way of quoting that the parser reads back exactly.
  #write(entry: Entry, value: string, preferred = value): void {
    for (const rawValue of [preferred, value, `\`${value}\``, `"${value}"`, `"""${value}"""`]) {
      const candidate = { ...entry, rawValue };
      if (!this.#reads(candidate, value)) continue;
      entry.rawValue = rawValue;
      entry.value = value;
      return;
    }
    throw new InputError(texts().cannotQuote({ key: fromBytes(entry.key) }));
  }

  /** The parts of an entry that change with its name. go-ini ignores what stands between a quoted name and the delimiter. */
  #named({ separator }: Entry, key: string): Pick<Entry, 'key' | 'rawKey' | 'separator'> {
    return { key, rawKey: this.#encodeKey(key), separator: separator.slice(separator.search(/[ \t]*[=:]/)) };
  }

  #encodeKey(key: string): string {
    for (const rawKey of [key, `\`${key}\``, `"""${key}"""`]) {
      const text = `${rawKey} = v\n`;
      if (!/^[#;[]|\n./.test(text) && !LEADING_SPACE.test(text) && key !== '-' && readKey(text)?.key === key)
        return rawKey;
    }
    throw new InputError(texts().cannotSpellKey({ key: JSON.stringify(fromBytes(key)) }));
  }

  #sectionName(name: string): string {
    if (name.includes('\n')) {
      throw new InputError(texts().sectionSpansLines({ section: JSON.stringify(fromBytes(name)) }));
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

  /** Inserts an entry, with comments above it, after the last entry of its section. */
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

  /** Ends an item with a line end, so that another can follow it. */
  #terminate(item: Item): void {
    const lineEnd = render(item).endsWith('\n') ? '' : this.#lineEnd;
    if (item.kind === 'header' || item.kind === 'entry') item.after += lineEnd;
    else item.text += lineEnd;
    // `"""` or a backslash at the very end of a file means something else once a line follows.
    if (item.kind === 'entry' && !this.#reads(item, item.value)) this.#write(item, item.value);
  }

  /** Removes and returns the comment lines directly above, unless they head the section or the file. */
  #takeCommentsAbove(entry: Entry): Blank[] {
    const end = this.#items.indexOf(entry);
    let start = end;
    while (this.#items[start - 1]?.kind === 'comment') start--;
    const above = this.#items[start - 1]?.kind;
    if (above === undefined || above === 'header') return [];
    return this.#items.splice(start, end - start) as Blank[];
  }
}
