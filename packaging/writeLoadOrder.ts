/**
 * Lists the files of the bundle so that each stands behind those that it imports. Where a process may open few files, the program loads
 * them one by one: Node opens all that a file imports at once.
 */
import { writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Metafile } from 'esbuild';
import { repository } from './repository.js';

/** The file in `dist/` that has the list. */
export const LOAD_ORDER = 'load-order.json';

/** What does something as soon as it is loaded. */
const ENTRIES = new Set(['src/cli/start.ts', 'src/cli/main.ts', 'src/batch/worker.ts', 'src/index.ts']);

export function writeLoadOrder({ outputs }: Metafile, folder: string): void {
  const order = new Set<string>();
  const add = (path: string): void => {
    const output = outputs[path];
    if (output === undefined || order.has(path)) return;
    for (const { path: imported, kind } of output.imports) if (kind === 'import-statement') add(imported);
    order.add(path);
  };
  for (const path of Object.keys(outputs)) add(path);
  const files = [...order]
    .filter((path) => !ENTRIES.has(outputs[path]?.entryPoint ?? ''))
    .map((path) => relative(folder, join(repository, path)).replaceAll(sep, '/'));
  writeFileSync(join(folder, LOAD_ORDER), JSON.stringify(files));
}
