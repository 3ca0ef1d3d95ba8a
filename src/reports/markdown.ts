/** Markdown: escapes texts from the input, so that they cannot contain markup. */
import { printable } from '../core/printable.js';

/** One line of plain text. */
export const markdownText = (text: string): string =>
  printable(text.replace(/\s*[\r\n]+\s*/g, ' '))
    .replace(/[\\`*[<]/g, '\\$&')
    // At the beginning of a line these would start headings, quotes, lists and rules.
    .replace(/^(\s*)([#+=-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');

/** A block of code in a list item, with a fence that does not occur in the code. */
export function markdownCode(language: string, code: string, indent: string): string {
  const line = printable(code.replace(/[\r\n]+/g, ' '));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${indent}${fence}${language}\n${indent}${line}\n${indent}${fence}\n`;
}
