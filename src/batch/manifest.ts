/**
 * SHA256SUMS of an output folder, for `sha256sum -c`. Batches that share the folder add to it and do not remove each other's
 * lines.
 */
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { OutputError } from '../core/errors.js';
import { writeFileAtomically } from '../files/writeFileAtomically.js';
import type { WrittenFile } from '../reports/BatchReport.js';
import type { BatchState } from './BatchState.js';
import { texts } from './texts.js';

export const MANIFEST = 'SHA256SUMS';

/** Adds or replaces the lines of these files, and removes those of files that no longer exist. */
export async function updateManifest(
  state: BatchState,
  files: readonly WrittenFile[],
  { replace = false, signal }: { readonly replace?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  let lock = await state.lock(MANIFEST);
  while (lock === undefined) {
    await sleep(100, undefined, { signal });
    lock = await state.lock(MANIFEST);
  }
  const path = state.pathOf(MANIFEST);
  try {
    if (!replace && !(await isGone(path)) && !(await state.isOwn(path))) throw foreignFile(path);
    const sums = await readManifest(path);
    for (const { path: name, sha256 } of files) sums.set(name, sha256);
    const ours = new Set(files.map(({ path: name }) => name));
    for (const name of sums.keys()) {
      if (!ours.has(name) && (await isGone(state.pathOf(name)))) sums.delete(name);
    }
    const text = formatManifest(sums);
    await state.noteBefore(path, text);
    writeFileAtomically(path, text);
  } finally {
    lock.release();
  }
}

/** A file that no batch wrote must not be replaced or appended to. */
export const foreignFile = (path: string): OutputError => new OutputError(texts().reportExists({ path }));

async function readManifest(path: string): Promise<Map<string, string>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const sums = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, mark, sha256, name] = /^(\\?)([0-9a-f]{64})[ ][ *](.+)$/.exec(line) ?? [];
    if (sha256 !== undefined && name !== undefined) sums.set(mark === '' ? name : unescapeName(name), sha256);
  }
  return sums;
}

/** GNU coreutils: the line of an escaped name begins with a backslash. */
function formatManifest(sums: ReadonlyMap<string, string>): string {
  const names = [...sums.keys()].sort();
  return names
    .map((name) => {
      const escaped = name.replace(/[\\\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
      return `${escaped === name ? '' : '\\'}${sums.get(name)}  ${escaped}\n`;
    })
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

const unescapeName = (name: string): string =>
  name.replace(/\\([\\nr])/g, (_, sign: string) => ({ n: '\n', r: '\r' })[sign] ?? sign);

const isGone = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    () => true,
  );
