/** A page of text for a terminal: wraps at its width, indents, and uses colours only if the terminal supports them. */
import { styleText } from 'node:util';
import { displayWidth } from '../core/displayWidth.js';
import { wrapText } from './wrapText.js';

/** The properties of the terminal, and the amount of detail. */
export interface TextLayout {
  /** Columns of the terminal. */
  readonly width: number;
  /** Show everything instead of only what needs attention. */
  readonly verbose: boolean;
  /** Determines which colours are supported. */
  readonly stream: NodeJS.WritableStream;
}

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

const UNKNOWN_WIDTH = 80;
/** Longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;
const NARROWEST_COLUMN = 20;

/** The layout for a terminal, or for a file or pipe in its place. */
export function layoutFor(stream: NodeJS.WriteStream, verbose: boolean | undefined): TextLayout {
  const width = Math.max(NARROWEST, Math.min(WIDEST, stream.columns || UNKNOWN_WIDTH));
  return { width, verbose: verbose === true, stream };
}

export class TextPage {
  readonly verbose: boolean;
  readonly #layout: TextLayout;
  readonly #lines: string[] = [];

  constructor(layout: TextLayout) {
    this.#layout = layout;
    this.verbose = layout.verbose;
  }

  style(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#layout.stream });
  }

  /** A paragraph; all lines but the first are indented by `hanging` more columns. */
  paragraph(text: string, indent = 0, hanging = 0): this {
    const width = this.#layout.width - indent - hanging;
    const lines = wrapText(text, width);
    for (const [index, line] of lines.entries()) {
      this.#lines.push(`${' '.repeat(index === 0 ? indent : indent + hanging)}${line}`);
    }
    return this;
  }

  /** A text after a label of fixed width; on a narrow terminal, below it. */
  entry(label: string, text: string, indent: number): this {
    const labelWidth = displayWidth(label);
    const width = this.#layout.width - indent - labelWidth;
    if (width < NARROWEST_COLUMN) return this.paragraph(label, indent).paragraph(text, indent + 2);
    const [first = '', ...rest] = wrapText(text, width);
    this.#lines.push(`${' '.repeat(indent)}${label}${first}`);
    for (const line of rest) this.#lines.push(' '.repeat(indent + labelWidth) + line);
    return this;
  }

  /** A line to be copied, which is therefore never wrapped. */
  verbatim(text: string, indent: number): this {
    this.#lines.push(' '.repeat(indent) + text);
    return this;
  }

  heading(text: string): this {
    return this.blank().paragraph(this.style('bold', text));
  }

  /** An empty line, but not at the beginning, and never two in a row. */
  blank(): this {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
    return this;
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
