/** Recognizes CSV files by name. */
import { extname } from 'node:path';

/** `.txt` is written by `mysqldump --tab`, beside a `.sql` with the definition. */
const EXTENSIONS: ReadonlySet<string> = new Set(['.csv', '.tsv', '.txt']);

export const isCsvName = (name: string): boolean => EXTENSIONS.has(extname(name).toLowerCase());
