/** Detects changes in a folder without reading its files. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

export interface TreeState {
  /** Total size of all files. */
  readonly bytes: number;
  /** Digest of the names, sizes, times and inodes of everything in the folder. Links are not followed. */
  readonly digest: string;
}

export async function treeState(folder: string, signal?: AbortSignal): Promise<TreeState> {
  const hash = createHash('sha256');
  let bytes = 0;
  const add = async (path: Buffer): Promise<void> => {
    signal?.throwIfAborted();
    // Yield to signals and timers.
    await setImmediate();
    const names = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
    for (const name of names) {
      const place = Buffer.concat([path, SLASH, name]);
      const found = lstatSync(place, { bigint: true, throwIfNoEntry: false });
      if (found === undefined) continue;
      const { size, mtimeNs, ctimeNs, ino, mode } = found;
      hash.update(name).update(`\0${mode} ${found.isDirectory() ? '' : size} ${mtimeNs} ${ctimeNs} ${ino}\n`);
      if (found.isDirectory()) await add(place);
      else bytes += Number(size);
    }
    hash.update('..\n');
  };
  await add(Buffer.from(folder));
  return { bytes, digest: hash.digest('hex') };
}

const SLASH = Buffer.from('/');
