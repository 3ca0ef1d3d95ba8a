/**
 * Checks everything in an archive except tables: its bytes against their CRC-32 or against those of the input they were copied
 * from, and that repositories.zip opens as an archive.
 */
import { open } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import { quoteName, type ZipEntry } from '../../formats/zip/ZipEntry.js';
import { ZipReader } from '../../formats/zip/ZipReader.js';
import type { ZipWarning } from '../../formats/zip/ZipReporter.js';
import { REPOSITORIES } from '../../gogs/layout.js';
import { type ArchiveFiles, carriedFiles } from '../../inputs/ArchiveFiles.js';
import { texts } from '../texts.js';

export interface FileCheck {
  readonly zip: ZipReader;
  /** The entries to check: all except tables. */
  readonly entries: readonly ZipEntry[];
  /** Also check every file in repositories.zip, which is unpacked for it. */
  readonly deep: boolean;
  readonly temporary: TemporaryFolder;
  readonly onBytes: (bytes: number) => void;
  /** Called for each failure, with a sentence that names the entry. */
  readonly problem: (message: string) => void;
  /** Called with oddities of repositories.zip. */
  readonly onWarning: (warning: ZipWarning) => void;
  readonly signal: AbortSignal | undefined;
}

/** How much of the end of repositories.zip is kept to read its directory: enough for some 300,000 entries. */
const TAIL_BYTES = 32 * 1024 * 1024;
const COPY_CHUNK = 1024 * 1024;

export interface CheckedFiles {
  readonly count: number;
  /** Entries of repositories.zip; null if there is none, or if it was not opened. */
  readonly repositoryEntries: number | null;
}

/** Inflates every entry and checks its CRC-32. */
export async function checkContents(check: FileCheck): Promise<CheckedFiles> {
  let repositoryEntries: number | null = null;
  let count = 0;
  for (const entry of check.entries) {
    if (entry.isDirectory) continue;
    count++;
    check.signal?.throwIfAborted();
    await reporting(check, async () => {
      if (entry.name === REPOSITORIES) repositoryEntries = await checkRepositories(check, entry);
      else await drain(check, entry, () => undefined);
    });
  }
  return { count, repositoryEntries };
}

async function reporting({ problem }: FileCheck, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problem(error.message);
  }
}

async function drain(
  { zip, onBytes, signal }: FileCheck,
  entry: ZipEntry,
  take: (chunk: Buffer) => void | Promise<void>,
): Promise<void> {
  for await (const chunk of zip.openStream(entry, signal)) {
    await take(chunk as Buffer);
    onBytes((chunk as Buffer).length);
  }
}

/**
 * The directory of the inner archive is at its end, so only the end is kept: it is written to its position in a sparse file,
 * whose beginning takes no disk space.
 */
async function checkRepositories(check: FileCheck, entry: ZipEntry): Promise<number> {
  const path = await check.temporary.newPath('repositories.zip');
  const file = await open(path, 'wx+', 0o600);
  try {
    let position = 0;
    const tail: Buffer[] = [];
    let tailBytes = 0;
    await drain(check, entry, async (chunk) => {
      if (check.deep) {
        await file.write(chunk, 0, chunk.length, position);
      } else {
        tail.push(chunk);
        tailBytes += chunk.length;
        while (tailBytes - (tail[0]?.length ?? 0) >= TAIL_BYTES) tailBytes -= tail.shift()?.length ?? 0;
      }
      position += chunk.length;
    });
    let at = position - tailBytes;
    for (const chunk of tail) {
      await file.write(chunk, 0, chunk.length, at);
      at += chunk.length;
    }
    return await countEntries(check, path, entry);
  } finally {
    await file.close();
  }
}

async function countEntries(check: FileCheck, path: string, { name }: ZipEntry): Promise<number> {
  const zip = await ZipReader.open(path, { name: `${check.zip.path}, ${name}`, onWarning: check.onWarning });
  try {
    let count = 0;
    for (const inner of zip.entries) {
      count++;
      if (!check.deep || inner.isDirectory) continue;
      await reporting(check, () => drain({ ...check, zip, onBytes: () => undefined }, inner, () => undefined));
    }
    return count;
  } finally {
    await zip.close();
  }
}

/**
 * Compares every file that was carried over with the input: name, mode, sizes, and compressed bytes. `unexpected` is called for
 * files that an upgrade would not write; `rewritten` are those that it generates itself.
 */
export async function compareWithInput(
  check: FileCheck,
  input: ArchiveFiles | undefined,
  { rewritten, unexpected }: { readonly rewritten: readonly string[]; readonly unexpected: (place: string) => void },
): Promise<number> {
  const present = new Map(check.entries.map((entry) => [entry.name, entry]));
  let count = 0;
  for (const { entry, name } of carriedFiles(input)) {
    check.signal?.throwIfAborted();
    count++;
    const copy = present.get(name);
    present.delete(name);
    if (copy === undefined) {
      check.problem(texts().fileMissing({ name: quoteName(name) }));
      continue;
    }
    await reporting(check, async () => {
      if (input === undefined) return;
      const difference = await differenceOf(input.zip, entry, check.zip, copy);
      if (difference !== undefined) check.problem(texts().fileDiffers({ name: quoteName(name), difference }));
    });
    check.onBytes(entry.compressedSize);
  }
  for (const name of rewritten) present.delete(name);
  for (const { name, isDirectory } of present.values()) if (!isDirectory) unexpected(quoteName(name));
  return count;
}

async function differenceOf(
  input: ZipReader,
  before: ZipEntry,
  output: ZipReader,
  after: ZipEntry,
): Promise<string | undefined> {
  const words = texts().differences;
  if (before.uncompressedSize !== after.uncompressedSize) {
    return words.size({ found: after.uncompressedSize, expected: before.uncompressedSize });
  }
  if (before.crc32 !== after.crc32) return words.crc;
  if (before.isSymlink !== after.isSymlink) return after.isSymlink ? words.isLink : words.isNoLink;
  if (before.mode !== after.mode)
    return words.mode({ found: after.mode.toString(8), expected: before.mode.toString(8) });
  if (before.method !== after.method || before.compressedSize !== after.compressedSize) {
    return words.recompressed;
  }
  const [from, to] = [await input.locate(before), await output.locate(after)];
  const length = Math.min(COPY_CHUNK, before.compressedSize);
  const [one, two] = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)];
  for (let done = 0; done < before.compressedSize; done += length) {
    const bytes = Math.min(length, before.compressedSize - done);
    const [expected, found] = [one.subarray(0, bytes), two.subarray(0, bytes)];
    await Promise.all([input.readInto(expected, from.start + done), output.readInto(found, to.start + done)]);
    if (!expected.equals(found)) return words.bytes({ length: bytes, start: done });
  }
  return undefined;
}
