import type { CsvFormat } from './CsvFormat.js';

const SEPARATORS = [',', ';', '\t'] as const;

/** The most frequent separator outside quotes on the first line. A file with a single column counts as comma-separated. */
export function detectSeparator(head: Buffer): CsvFormat['separator'] {
  const firstLine = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(head.toString('latin1'))?.[0] ?? '';
  const plain = firstLine.replaceAll(/"(?:[^"]|"")*"/g, '');
  const count = (separator: string): number => plain.split(separator).length;
  return SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}
