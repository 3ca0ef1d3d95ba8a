/** The pieces of an ini file, which together contain every byte of it. Text is latin1: one character per byte. */

export interface Blank {
  readonly kind: 'blank' | 'comment';
  text: string;
}

export interface Header {
  readonly kind: 'header';
  section: string;
  /** `[` and everything before it. */
  readonly before: string;
  /** `]`, comments and the line end. */
  after: string;
}

export interface Entry {
  readonly kind: 'entry';
  section: string;
  key: string;
  /** Without quotes and inline comment. */
  value: string;
  indent: string;
  rawKey: string;
  /** Everything between key and value: spaces and the delimiter. */
  separator: string;
  /** As written, with its quotes; may span several lines. */
  rawValue: string;
  /** Spaces, comment and line end. */
  after: string;
}

export type Item = Blank | Header | Entry;

// go-ini's name for the section before all headers: `[DEFAULT]` refers to it too.
export const DEFAULT_SECTION = 'DEFAULT';
/** The text of the item in the file. */
export function render(item: Item): string {
  switch (item.kind) {
    case 'header':
      return item.before + (item.section === '' ? DEFAULT_SECTION : item.section) + item.after;
    case 'entry':
      return item.indent + item.rawKey + item.separator + item.rawValue + item.after;
    default:
      return item.text;
  }
}
