/**
 * Reads the central directory with yauzl. Checks each entry by itself and its name against all others; `EntryLocator` checks
 * entries against their data.
 */

import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { InputError } from '../../core/errors.js';
import type { PositionedFile } from '../../files/PositionedFile.js';
import type { EndRecord } from './checkEndRecord.js';
import { Directory, type DirectoryEntry } from './Directory.js';
import { isAscii } from './isAscii.js';
import type { NameClashes } from './NameClashes.js';
import { nameProblem } from './nameProblem.js';
import { Method, RecordLength } from './records.js';
import { texts } from './texts.js';
import { WindowReader } from './WindowReader.js';
import { quoteName } from './ZipEntry.js';
import type { ZipReporter } from './ZipReporter.js';

/**
 * Number of entries that yauzl delivers in one go. It recurses from one to the next while they are in memory, ten calls deep
 * each.
 */
const BATCH = 100;

/** Opens the archive with yauzl, but without its checks of names and sizes: ours give better messages. */
export function openWithYauzl(
  file: PositionedFile,
  archiveSize: number,
  reader = new WindowReader(file),
): Promise<ZipFile> {
  return fromRandomAccessReaderPromise(reader, archiveSize, {
    autoClose: false,
    decodeStrings: false,
    validateEntrySizes: false,
  });
}

export interface DirectorySource {
  readonly file: PositionedFile;
  readonly place: EndRecord;
  readonly names: NameClashes;
  readonly reporter: ZipReporter;
  readonly signal: AbortSignal | undefined;
}

/** Throws InputError for an invalid record, and for names that clash. */
export async function readDirectory({ file, place, names, reporter, signal }: DirectorySource): Promise<Directory> {
  if (place.size > MAX_SIZE) {
    const tooLarge = texts().found.directoryTooLarge({ bytes: place.size, most: MAX_SIZE });
    throw reporter.archiveError(tooLarge, texts().remedies.packFewer);
  }
  const directory = new Directory(place);
  const fail = (found: string, number: number, name?: string): InputError => {
    const { cannotReadRecord, cannotReadNamedRecord, remedies } = texts();
    const at = { path: file.path, number, count: place.entryCount };
    const what = { ...at, found, remedy: remedies.damaged };
    return new InputError(
      name === undefined ? cannotReadRecord(what) : cannotReadNamedRecord({ ...what, name: quoteName(name) }),
    );
  };
  let left = place.size;
  for await (const { entries, failure } of batchesOf(await openWithYauzl(file, place.archiveSize))) {
    signal?.throwIfAborted();
    for (const found of entries) {
      left -= recordLength(found);
      if (left < 0) throw fail(texts().found.beyondDirectory, directory.length + 1);
      const entry = directory.add(found);
      const problem = entryProblem(entry, place.offset);
      if (problem !== undefined) throw fail(problem, directory.length, entry.name);
      names.add(entry);
      if (!entry.hasKnownEncoding) reporter.warnOfEntry('unknown-encoding', entry, texts().found.unknownEncoding);
    }
    if (failure instanceof InputError) throw failure;
    if (failure !== undefined) throw fail(failure.message, directory.length + 1);
  }
  if (left > 0) {
    const { found, remedies, cannotReadDirectory } = texts();
    const more = found.moreBytes({ count: directory.length, bytes: left });
    throw new InputError(cannotReadDirectory({ path: file.path, found: more, remedy: remedies.damaged }));
  }
  return directory;
}

/** In bytes: all of it is kept in memory. */
const MAX_SIZE = 2 ** 30;

interface Batch {
  entries: Entry[];
  /** The failure of the next expected entry. */
  failure?: Error;
  isLast: boolean;
}

/** Batches yauzl's events, because a promise for each entry would take longer than reading it. */
async function* batchesOf(zip: ZipFile): AsyncGenerator<Batch, void, void> {
  let batch: Batch;
  let resolve: (batch: Batch) => void;
  zip.on('entry', (entry: Entry) => {
    if (batch.entries.push(entry) < BATCH) zip.readEntry();
    else resolve(batch);
  });
  zip.on('end', () => {
    batch.isLast = true;
    resolve(batch);
  });
  zip.on('error', (failure: Error) => {
    batch.failure = failure;
    batch.isLast = true;
    resolve(batch);
  });
  const next = (): Promise<Batch> =>
    new Promise((settle) => {
      batch = { entries: [], isLast: false };
      resolve = settle;
      zip.readEntry();
    });
  for (let found = await next(); ; found = await next()) {
    yield found;
    if (found.isLast) return;
  }
}

function recordLength({ fileNameLength, extraFieldLength, fileCommentLength }: Entry): number {
  return RecordLength.CentralHeader + fileNameLength + extraFieldLength + fileCommentLength;
}

/** Why the record alone is invalid. `limit`: the start of the central directory. */
function entryProblem(entry: DirectoryEntry, limit: number): string | undefined {
  // If a backslash may be half a character, it may also be a separator.
  const problem = nameProblem(entry.hasKnownEncoding ? entry.name : entry.name.replaceAll('\\', '/'));
  if (problem !== undefined) return problem;
  const { found } = texts();
  // Programs that ignore the Unicode path extra field, such as Gogs, use the raw name.
  if (entry.hasUnicodePath) {
    const rawName = entry.rawName.toString('latin1').replaceAll('\\', '/');
    const rawProblem = nameProblem(rawName);
    if (rawProblem !== undefined) return rawProblem;
    if (rawName !== entry.name && isAscii(entry.rawName)) return found.secondName({ name: quoteName(rawName) });
  }
  const { offset, compressedSize, uncompressedSize } = entry;
  if (!Number.isSafeInteger(uncompressedSize)) return found.impossibleSize;
  const shortest = RecordLength.LocalHeader + entry.rawName.length + compressedSize;
  if (offset + shortest > limit) {
    return found.overlapsDirectory({ bytes: compressedSize, byte: offset });
  }
  if (entry.isDirectory && uncompressedSize !== 0) return found.folderWithContents;
  const overhead = entry.encrypted ? ENCRYPTION_HEADER : 0;
  if (entry.method === Method.Stored && compressedSize !== uncompressedSize + overhead) {
    return found.storedAsOther({ found: compressedSize, expected: uncompressedSize });
  }
  return undefined;
}

/** Bytes added by traditional encryption (APPNOTE 6.1). */
const ENCRYPTION_HEADER = 12;
