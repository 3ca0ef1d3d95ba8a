/** Recognises files of CSV by their names. */
import { extname } from 'node:path';

/** `.txt` is what `mysqldump --tab` writes, beside a `.sql` with the definition. */
const EXTENSIONS: ReadonlySet<string> = new Set(['.csv', '.tsv', '.txt']);

export const isCsvName = (name: string): boolean => EXTENSIONS.has(extname(name).toLowerCase());
