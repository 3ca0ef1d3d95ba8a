/**
 * Lists the files of the bundle so that each comes after the files that it imports. If a process may open only a few files, the
 * program loads them one by one, because Node opens all imports of a file at once.
 */
import { writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Metafile } from 'esbuild';
import { repository } from './repository.js';

/** The file in `dist/` that contains the list. */
export const LOAD_ORDER = 'load-order.json';

/** Modules with side effects when loaded. */
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
    // esbuild names a module from a plugin "namespace:path".
    .filter((path) => !ENTRIES.has(outputs[path]?.entryPoint?.replace(/^.*:/, '') ?? ''))
    .map((path) => relative(folder, join(repository, path)).replaceAll(sep, '/'));
  writeFileSync(join(folder, LOAD_ORDER), JSON.stringify(files));
}
