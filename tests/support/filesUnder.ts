/** What lies in a folder and below it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Paths within the folder, sorted; folders themselves are left out. */
export function filesUnder(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
}

/** SHA-256 of each file that is wanted, by path. */
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
