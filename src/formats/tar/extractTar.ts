/** Extracts a tar into a folder, to resolve links, which is impossible in a stream. */
import { chmodSync, closeSync, ftruncateSync, openSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { chmod, link, lstat, mkdir, rm, symlink, utimes } from 'node:fs/promises';
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
  const symbolic = new Map<string, TarLink>();
  const folders = new Map<string, { readonly place: string; readonly mode: number; readonly modified: Date }>();
  /** Like tar, a later entry replaces an earlier one of the same name. */
  const makeRoom = async (path: string): Promise<string> => {
    const place = placeOf(path);
    await makeFolder(tree.name, path, dirname(place));
    symbolic.delete(path);
    await rm(diskPath(place), { force: true }).catch((error: unknown) => {
      throw clash(tree.name, path, error) ?? outputError(place, error);
    });
    return place;
  };
  for await (const { entry, hardLink, symbolicLink } of tree.entries({ signal })) {
    if (symbolicLink !== undefined) {
      await makeRoom(symbolicLink.path);
      symbolic.set(symbolicLink.path, symbolicLink);
    } else if (hardLink !== undefined && hardLink.path !== hardLink.target) {
      const { path, target } = hardLink;
      const linked = symbolic.get(target);
      const place = await makeRoom(path);
      if (linked !== undefined) symbolic.set(path, { path, target: linked.target });
      else await makeHardLink(tree.name, hardLink, { place, from: placeOf(target) });
    } else if (entry?.kind === 'folder') {
      const place = placeOf(entry.path);
      await makeFolder(tree.name, entry.path, place);
      folders.delete(entry.path);
      folders.set(entry.path, { place, mode: entry.mode, modified: entry.modified });
    } else if (entry?.kind === 'file') {
      await writeFile(tree.name, entry, await makeRoom(entry.path), signal);
    }
  }
  for (const { path, target } of symbolic.values()) {
    await symlink(diskPath(target), diskPath(placeOf(path))).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw outputError(placeOf(path), error);
    });
  }
  // From last to first, because creating entries in a folder changes its time.
  for (const { place, mode, modified } of [...folders.values()].reverse()) {
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

async function makeFolder(name: string, path: string, place: string): Promise<void> {
  await mkdir(diskPath(place), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw clash(name, path, error) ?? outputError(place, error);
  });
}

const CLASHES: ReadonlySet<string | undefined> = new Set(['EEXIST', 'EISDIR', 'ENOTDIR', 'ERR_FS_EISDIR']);

/** The fault of an archive in which a name is that of a file and of a folder. Undefined if something else failed. */
const clash = (name: string, path: string, error: unknown): InputError | undefined =>
  CLASHES.has(errorCode(error))
    ? new InputError(texts().fileAndFolder({ name, path: JSON.stringify(path) }))
    : undefined;

async function makeHardLink(
  name: string,
  { path, target }: TarLink,
  { place, from }: { readonly place: string; readonly from: string },
): Promise<void> {
  await link(diskPath(from), diskPath(place)).catch(async (error: unknown) => {
    const words = { name, path: JSON.stringify(path), target: JSON.stringify(target) };
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR')
      throw new InputError(texts().brokenLink(words));
    if ((await lstat(diskPath(from))).isDirectory()) throw new InputError(texts().folderLink(words));
    throw outputError(place, error);
  });
}
