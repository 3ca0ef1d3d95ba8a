/** Lists the files in a folder and its subfolders. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Paths relative to the folder, sorted; without folders. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();
}

/** SHA-256 of each selected file, by path. */
export function digestsUnder(folder: string, wanted: (name: string) => boolean = () => true): Record<string, string> {
  const digest = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(
    filesUnder(folder)
      .filter(wanted)
      .map((name) => [name, digest(name)]),
  );
}
