import { texts } from './texts.js';

/** Explains the rows of a table, by SQL name, to people who have never seen the database; empty for an unknown table. */
export function tableMeaning(name: string): string {
  const meanings: Readonly<Record<string, string>> = texts().tables;
  return meanings[name] ?? '';
}
