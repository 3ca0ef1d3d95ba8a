/** Extracts a tar into a folder, to resolve links, which is impossible in a stream. */
import { chmodSync, closeSync, ftruncateSync, openSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { chmod, link, mkdir, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { InputError } from '../../core/errors.js';
import { errorCode, outputError } from '../../core/systemErrors.js';
import { diskPath } from '../../files/byteNames.js';
import { contentOf } from '../../files/contentOf.js';
import { spoolStream } from '../../files/spoolStream.js';
import type { FilePart } from './sparseFiles.js';
import type { TarEntry, TarLink, TarTree } from './TarTree.js';
import { texts } from './texts.js';

const SMALL = 256 * 1024;

/**
 * Extracts files, folders and links, but not devices and pipes. `folder` must be empty and private. Symbolic links are created
 * last, so that nothing is written through them. Modes and times are those of the archive, but the owner can read everything.
 */
export async function extractTar(tree: TarTree, folder: string, signal: AbortSignal | undefined): Promise<void> {
  const placeOf = (path: string): string => join(folder, ...path.split('/'));
  const symbolic: TarLink[] = [];
  const folders: { readonly place: string; readonly mode: number; readonly modified: Date }[] = [];
  for await (const { entry, hardLink, symbolicLink } of tree.entries({ signal })) {
    if (symbolicLink !== undefined) {
      symbolic.push(symbolicLink);
    } else if (hardLink !== undefined) {
      await makeHardLink(tree.name, hardLink, placeOf);
    } else if (entry?.kind === 'folder') {
      await makeFolder(placeOf(entry.path));
      folders.push({ place: placeOf(entry.path), mode: entry.mode, modified: entry.modified });
    } else if (entry?.kind === 'file') {
      const place = placeOf(entry.path);
      await makeFolder(dirname(place));
      // Like tar, a later entry replaces an earlier one of the same name.
      await rm(diskPath(place), { force: true, recursive: true });
      await writeFile(tree.name, entry, place, signal);
    }
  }
  for (const { path, target } of symbolic) {
    await makeFolder(dirname(placeOf(path)));
    await symlink(diskPath(target), diskPath(placeOf(path))).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw outputError(placeOf(path), error);
    });
  }
  // From last to first, because creating entries in a folder changes its time.
  for (const { place, mode, modified } of folders.reverse()) {
    await chmod(diskPath(place), mode | 0o700);
    await utimes(diskPath(place), modified, modified);
  }
}

async function writeFile(name: string, entry: TarEntry, place: string, signal: AbortSignal | undefined): Promise<void> {
  if (entry.parts !== undefined) {
    await writeParts(entry.parts(), entry.bytes, place);
  } else if (entry.bytes > SMALL) {
    await spoolStream(`${entry.path} in ${name}`, Readable.from(entry.content()), place, signal);
  } else {
    const content = await contentOf(entry);
    try {
      // Synchronous: there may be a hundred thousand of them.
      writeFileSync(diskPath(place), content, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      throw outputError(place, error);
    }
  }
  chmodSync(diskPath(place), entry.mode | 0o400);
  utimesSync(diskPath(place), entry.modified, entry.modified);
}

/** A sparse file stays one, because its holes may be larger than the disk. */
async function writeParts(parts: AsyncIterable<FilePart>, bytes: number, place: string): Promise<void> {
  const file = openSync(diskPath(place), 'wx', 0o600);
  try {
    for await (const part of parts) {
      for (let done = 0; done < part.bytes.length; ) {
        done += writeOrFail(place, () => writeSync(file, part.bytes, done, part.bytes.length - done, part.at + done));
      }
    }
    writeOrFail(place, () => ftruncateSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function writeOrFail<T>(place: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw outputError(place, error);
  }
}

async function makeFolder(place: string): Promise<void> {
  await mkdir(diskPath(place), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw outputError(place, error);
  });
}

async function makeHardLink(name: string, { path, target }: TarLink, placeOf: (path: string) => string): Promise<void> {
  await makeFolder(dirname(placeOf(path)));
  await link(diskPath(placeOf(target)), diskPath(placeOf(path))).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw outputError(placeOf(path), error);
    throw new InputError(texts().brokenLink({ name, path: JSON.stringify(path), target: JSON.stringify(target) }));
  });
}
