/**
 * Reads zip archives: the entries, their inflated bytes, and the positions of their compressed bytes. Checks everything it
 * reads against all other information in the archive. Does not write and does not decrypt.
 */

import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Entry, type ZipFile } from 'yauzl';
import { InputError } from '../../core/errors.js';
import { errorMessage } from '../../core/systemErrors.js';
import { PositionedFile } from '../../files/PositionedFile.js';
import { checkEndRecord, type EndRecord } from './checkEndRecord.js';
import type { Directory, DirectoryEntry } from './Directory.js';
import { inflateChecked, inflateWhole, isSmall } from './inflateChecked.js';
import { dataDescriptorLength, localHeaderProblem } from './localHeaderProblem.js';
import { NameClashes } from './NameClashes.js';
import type { PathClash } from './PathTable.js';
import { openWithYauzl, readDirectory } from './readDirectory.js';
import { Flag, Method, NO_BYTES, RecordLength, Signature } from './records.js';
import { texts } from './texts.js';
import { WindowReader } from './WindowReader.js';
import { quoteName, type ZipEntry } from './ZipEntry.js';

/** Limits for archives. Each can be raised or lowered. */
export interface ZipLimits {
  /** Entries in the archive. Default 4,000,000 (about 30 bytes of memory each). */
  readonly maxEntries: number;
  /** Maximum inflated size of an entry in bytes. Default 1 TiB. */
  readonly maxInflatedBytes: number;
  /** Ratio of inflated to compressed size for entries of more than 256 MiB. Default 500; deflate cannot exceed 1032. */
  readonly maxRatio: number;
}

export const DEFAULT_ZIP_LIMITS: ZipLimits = { maxEntries: 4_000_000, maxInflatedBytes: 2 ** 40, maxRatio: 500 };

/** Below this inflated size a bomb does no harm, and long runs of one byte are legitimate. */
const RATIO_MATTERS_FROM = 256 * 1024 * 1024;
/** A match of 258 bytes takes at least two bits. */
const MAX_DEFLATE_RATIO = 1032;

/** A non-fatal oddity of the archive. */
export interface ZipWarning {
  /**
   * `case-collision`: on a file system that ignores case, one of two entries overwrites the other. `unlisted-bytes`: bytes that
   * belong to no entry, left behind by an editor or hidden; they are not copied. `unknown-encoding`: a name that is not UTF-8
   * and whose encoding is not stated; it is copied byte by byte.
   */
  readonly code: 'case-collision' | 'unlisted-bytes' | 'unknown-encoding';
  /** A sentence that names the place. */
  readonly message: string;
}

export interface ZipReaderOptions {
  /** The name of the archive for errors, if it is not its path. */
  readonly name?: string;
  readonly limits?: Partial<ZipLimits>;
  readonly signal?: AbortSignal | undefined;
  /** Called once for each place. Gaps between entries are found when an entry is read, copied or located. */
  readonly onWarning?: ((warning: ZipWarning) => void) | undefined;
}

/** The position of an entry's compressed bytes, checked against its local header. */
export interface DataRange {
  /** First byte, from the start of the file. */
  readonly start: number;
  /** First byte after it. */
  readonly end: number;
}

export interface LocatedEntry extends DataRange {
  /** First byte after everything that belongs to the entry: its data, and a data descriptor if it has one. */
  readonly next: number;
  /** The local extra fields, which differ from the central ones: those lack the access time, for example. */
  readonly localExtra: Buffer;
}

/** Data up to this size is read in one piece with adjacent entries. */
const SMALL = 256 * 1024;
/** Bytes to read for the header of an entry whose data is read separately. */
const HEADER_READ_AHEAD = 4096;
/** Usual size of extra fields and a data descriptor; longer ones cost one more read. */
const USUAL_EXTRA = 64;

export class ZipReader {
  readonly #file: PositionedFile;
  /** Reads local headers. */
  readonly #yauzl: ZipFile;
  readonly #end: EndRecord;
  readonly #limits: ZipLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #onWarning: (warning: ZipWarning) => void;
  /** Reads local headers and small data. */
  readonly #window: WindowReader;
  #directory: Directory | undefined;
  /** The offsets of all local headers, ascending; available once the directory is read. */
  #offsets: Float64Array = NO_OFFSETS;
  /** Index in `#offsets` of the last requested entry. */
  #recent = 0;
  /** 1 for each entry, by its index in `#offsets`, whose gap was reported. */
  #reportedGaps: Uint8Array | undefined;

  private constructor(
    file: PositionedFile,
    end: EndRecord,
    window: WindowReader,
    yauzl: ZipFile,
    options: ZipReaderOptions,
  ) {
    this.#file = file;
    this.#end = end;
    this.#window = window;
    this.#yauzl = yauzl;
    this.#limits = { ...DEFAULT_ZIP_LIMITS, ...options.limits };
    this.#signal = options.signal;
    this.#onWarning = options.onWarning ?? (() => undefined);
  }

  /**
   * Opens an archive and reads its end record. `close` does not close a handle that was passed in. Throws InputError if the
   * file is not a zip archive, is truncated or ambiguous.
   */
  static async open(source: string | FileHandle, options: ZipReaderOptions = {}): Promise<ZipReader> {
    return ZipReader.#openFile(await PositionedFile.open(source, options.name), options);
  }

  /**
   * Opens an archive that is stored in this one without compression, where it is. It can be read until this one is closed.
   * Undefined if it is compressed. Its CRC-32 is not checked, but those of its entries are.
   */
  async openStored(
    entry: ZipEntry,
    options: ZipReaderOptions & { readonly name: string },
  ): Promise<ZipReader | undefined> {
    if (entry.method !== Method.Stored || entry.encrypted) return undefined;
    const { start, end } = await this.locate(entry);
    return ZipReader.#openFile(this.#file.slice(start, end, options.name), options);
  }

  /** Takes ownership of the file. */
  static async #openFile(file: PositionedFile, options: ZipReaderOptions): Promise<ZipReader> {
    try {
      const end = await checkEndRecord(file);
      const window = new WindowReader(file);
      const reader = new ZipReader(file, end, window, await openWithYauzl(file, window), options);
      const { maxEntries } = reader.#limits;
      if (end.entryCount > maxEntries) {
        const { found, remedies, cannotRead } = texts();
        const tooMany = found.tooManyEntries({ count: end.entryCount, limit: maxEntries });
        throw new InputError(cannotRead({ path: file.path, found: tooMany, remedy: remedies.raiseLimit }));
      }
      return reader;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get path(): string {
    return this.#file.path;
  }

  /** Size of the whole archive in bytes. */
  get size(): number {
    return this.#file.size;
  }

  get entryCount(): number {
    return this.#end.entryCount;
  }

  /** The archive's comment in its original bytes. */
  get comment(): Buffer {
    return this.#end.comment;
  }

  /**
   * The entries in the order of the central directory, which the first call reads. Throws InputError for invalid entries, and
   * for faults that only show in the whole: hidden or overlapping entries.
   */
  async entries(): Promise<Directory> {
    this.#directory ??= await this.#readDirectory();
    return this.#directory;
  }

  async #readDirectory(): Promise<Directory> {
    const names = new NameClashes(Math.min(this.#end.entryCount, this.#end.size / RecordLength.CentralHeader));
    const look = (entry: DirectoryEntry): void => {
      this.#refuseClash(entry, names.add(entry));
      if (!entry.hasKnownEncoding) {
        this.#warn('unknown-encoding', entry, texts().found.unknownEncoding);
      }
    };
    const directory = await readDirectory(this.#file, this.#end, look, this.#signal);
    const offsets = directory.offsets();
    offsets.sort();
    for (let i = 1; i < offsets.length; i++) {
      if (offsets[i] === offsets[i - 1]) {
        const { found, remedies, cannotRead } = texts();
        const shared = found.sharedData({ byte: offsets[i] ?? 0 });
        throw new InputError(cannotRead({ path: this.path, found: shared, remedy: remedies.damaged }));
      }
    }
    this.#offsets = offsets;
    const last = directory.last;
    if (last === undefined) return directory;
    const prefix = offsets[0] ?? 0;
    if (prefix > 0) {
      const found = texts().found.bytesBefore({ bytes: prefix });
      this.#onWarning({ code: 'unlisted-bytes', message: texts().warning({ path: this.path, found }) });
    }
    // The gap after the last entry is where an end record could hide entries.
    await this.#locate(last);
    return directory;
  }

  #refuseClash(entry: ZipEntry, clash: PathClash | undefined): void {
    if (clash === undefined) return;
    if (clash === 'twice') throw this.entryError(entry, texts().found.twice);
    if (clash === 'file and folder') {
      throw this.entryError(entry, texts().found.fileAndFolder);
    }
    this.#warn('case-collision', entry, texts().found.differsByCase);
  }

  /**
   * The entry's inflated bytes. Fails with InputError if the data is damaged, if its CRC-32 or size differs from the directory,
   * or if it exceeds the limits. Destroying the stream frees everything.
   */
  async openStream(entry: ZipEntry, signal: AbortSignal | undefined = this.#signal): Promise<Readable> {
    // Checked here too, so that unreadable entries are rejected before anything is prepared for them.
    this.#checkInflatable(entry);
    return Readable.from(this.chunks(entry, signal), { objectMode: false, highWaterMark: 1024 * 1024 });
  }

  /** The bytes of `openStream`, chunk by chunk. */
  async *chunks(entry: ZipEntry, signal: AbortSignal | undefined = this.#signal): AsyncGenerator<Buffer, void, void> {
    this.#checkInflatable(entry);
    const raw = this.#readRange(await this.locate(entry), signal);
    yield* inflateChecked(raw, entry, (found) => this.entryError(entry, found));
  }

  /** A small entry's bytes, inflated and checked as by `openStream`. Rejects entries larger than `maxBytes`. */
  async readBuffer(entry: ZipEntry, maxBytes: number): Promise<Buffer> {
    this.#checkInflatable(entry);
    if (entry.uncompressedSize > maxBytes) {
      throw this.entryError(entry, texts().found.tooLarge({ bytes: entry.uncompressedSize, most: maxBytes }));
    }
    const chunks: Buffer[] = [];
    const range = await this.locate(entry);
    const raw = this.#readRange(range, this.#signal);
    for await (const chunk of inflateChecked(raw, entry, (found) => this.entryError(entry, found))) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /**
   * Like `readBuffer`, but synchronous, because an archive may have a million entries. Undefined if the bytes are not in
   * memory.
   */
  readInMemory(entry: ZipEntry): Buffer | undefined {
    if (!isSmall(entry) || this.endInMemory(entry) === undefined) return undefined;
    this.#checkInflatable(entry);
    const { bytes } = this.#window;
    const at = this.#window.indexOf(entry.offset, RecordLength.LocalHeader);
    const start = at + RecordLength.LocalHeader + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const raw = bytes.subarray(start, start + entry.compressedSize);
    return inflateWhole(raw, entry, (found) => this.entryError(entry, found));
  }

  /** The position of the entry's compressed bytes. */
  async dataRange(entry: ZipEntry): Promise<DataRange> {
    const { start, end } = await this.locate(entry);
    return { start, end };
  }

  /** From the first local header to the central directory. Available once the directory is read. */
  get dataExtent(): DataRange {
    const { offset } = this.#end;
    return { start: this.#offsets[0] ?? offset, end: offset };
  }

  /**
   * The first byte after everything that belongs to an entry; undefined if its bytes are not in memory or need `locate` for a
   * closer check. Synchronous, because an archive may have a million entries.
   */
  endInMemory(entry: ZipEntry): number | undefined {
    const { offset } = entry;
    const boundary = this.boundaryAfter(entry);
    const at = this.#window.indexOf(offset, boundary - offset);
    if (at === -1) return undefined;
    const { bytes } = this.#window;
    if (bytes.readUInt32LE(at) !== Signature.LocalHeader) return undefined;
    const header = RecordLength.LocalHeader + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const end = offset + header + entry.compressedSize;
    if (end > boundary || localHeaderProblem(bytes, at, entry) !== undefined) return undefined;
    if (!hasDescriptor(bytes, at)) return end === boundary ? end : undefined;
    return dataDescriptorLength(bytes, at + end - offset, entry) === boundary - end ? boundary : undefined;
  }

  /** Like `dataRange`, for a copy: also reads and checks the local header and the bytes around the data. */
  async locate(entry: ZipEntry): Promise<LocatedEntry> {
    await this.entries();
    return this.#locate(entry);
  }

  /** Compares every local header with the directory, as reading all entries would. */
  async checkHeaders(signal: AbortSignal | undefined = this.#signal): Promise<void> {
    for (const entry of await this.entries()) {
      signal?.throwIfAborted();
      if (this.endInMemory(entry) === undefined) await this.#locate(entry);
    }
  }

  async #locate(entry: ZipEntry): Promise<LocatedEntry> {
    const boundary = this.boundaryAfter(entry);
    const { offset } = entry;
    const room = boundary - offset;
    const header = RecordLength.LocalHeader + entry.rawName.length;
    if (header > room) throw this.entryError(entry, texts().found.overlapsHeader({ byte: boundary }));
    const small = entry.compressedSize <= SMALL;
    const readAhead = small ? undefined : HEADER_READ_AHEAD;
    const first = small ? Math.min(header + entry.compressedSize + USUAL_EXTRA, room) : header;
    // yauzl then finds the header in memory.
    await this.#window.view(offset, first, readAhead);
    const start = await this.#dataStart(entry);
    const end = start + entry.compressedSize;
    if (end > boundary) {
      throw this.entryError(entry, texts().found.overlapsNext({ end, byte: boundary }));
    }
    const bytes = await this.#window.view(offset, start - offset, readAhead);
    const problem = localHeaderProblem(bytes, 0, entry);
    if (problem !== undefined) throw this.entryError(entry, problem);
    const extraStart = RecordLength.LocalHeader + bytes.readUInt16LE(26);
    // A copy, because a view would keep the whole window in memory.
    const localExtra = extraStart === bytes.length ? NO_BYTES : Buffer.from(bytes.subarray(extraStart));

    const descriptorFollows = hasDescriptor(bytes, 0);
    if (end === boundary && !descriptorFollows) return { start, end, next: end, localExtra };
    const tail = Math.min(RecordLength.LongestDataDescriptor, boundary - end);
    const after = await this.#window.view(end, tail, readAhead);
    const isLast = boundary === this.#end.offset;
    const descriptor = this.#checkAfterData(entry, after, boundary - end, descriptorFollows, isLast);
    return { start, end, next: end + descriptor, localExtra };
  }

  async #dataStart(entry: ZipEntry): Promise<number> {
    const { offset, compressedSize } = entry;
    const found = Object.assign(new Entry(), { relativeOffsetOfLocalHeader: offset, compressedSize });
    try {
      return (await this.#yauzl.readLocalFileHeaderPromise(found, { minimal: true })).fileDataStart;
    } catch (error) {
      if (error instanceof InputError) throw error;
      throw this.entryError(entry, texts().found.noLocalHeader({ byte: offset, reason: errorMessage(error) }));
    }
  }

  /** Bytes of the file that are in memory, or undefined. For copying many small entries. */
  peek({ start, end }: DataRange): Buffer | undefined {
    return this.#window.peek(start, end - start);
  }

  /** The first byte after the entry's local header that belongs to something else. Requires the directory. */
  boundaryAfter({ offset }: ZipEntry): number {
    const offsets = this.#offsets;
    // Entries are mostly requested in file order.
    const next = this.#recent + 1;
    this.#recent = offsets[next] === offset ? next : indexOf(offsets, offset);
    return offsets[this.#recent + 1] ?? this.#end.offset;
  }

  /** Fills `target` with the archive's bytes at `position`. */
  async readInto(target: Buffer, position: number): Promise<void> {
    await this.#file.read(target, position);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** `after`: the first bytes of the `room` between the entry's data and what comes next. Returns the descriptor's length. */
  #checkAfterData(entry: ZipEntry, after: Buffer, room: number, descriptorFollows: boolean, isLast: boolean): number {
    const descriptor = descriptorFollows ? dataDescriptorLength(after, 0, entry) : 0;
    if (descriptor === undefined) {
      throw this.entryError(entry, texts().found.otherDescriptor);
    }
    const gap = room - descriptor;
    if (gap === 0) return descriptor;
    const next = after.subarray(descriptor);
    if (isLast && next.length >= 4 && next.readUInt32LE(0) === Signature.CentralHeader) {
      throw this.entryError(entry, texts().found.hiddenEntries({ bytes: gap }));
    }
    this.#warnOfGap(entry, gap);
    return descriptor;
  }

  /** Once per entry, which may be examined several times. */
  #warnOfGap(entry: ZipEntry, gap: number): void {
    this.#reportedGaps ??= new Uint8Array(this.#offsets.length);
    const index = indexOf(this.#offsets, entry.offset);
    if (this.#reportedGaps[index] === 1) return;
    this.#reportedGaps[index] = 1;
    this.#warn('unlisted-bytes', entry, texts().found.bytesAfter({ bytes: gap }));
  }

  #checkInflatable(entry: ZipEntry): void {
    const { maxInflatedBytes, maxRatio } = this.#limits;
    const { method, compressedSize, uncompressedSize } = entry;
    if (entry.encrypted) throw this.encryptedError(entry);
    const { found, remedies } = texts();
    if (method !== Method.Stored && method !== Method.Deflated) {
      throw this.entryError(entry, found.unknownMethod({ method }), remedies.zipAgain);
    }
    const sizes = { packed: compressedSize, unpacked: uncompressedSize };
    if (uncompressedSize > maxInflatedBytes) {
      throw this.entryError(entry, found.beyondLimit({ ...sizes, limit: maxInflatedBytes }), remedies.raiseLimit);
    }
    if (uncompressedSize > compressedSize * MAX_DEFLATE_RATIO) {
      throw this.entryError(entry, found.impossibleRatio(sizes));
    }
    if (uncompressedSize > RATIO_MATTERS_FROM && uncompressedSize > compressedSize * maxRatio) {
      throw this.entryError(entry, found.beyondRatio({ ...sizes, limit: maxRatio }), remedies.raiseLimit);
    }
  }

  async *#readRange({ start, end }: DataRange, signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, void> {
    const present = this.peek({ start, end });
    if (present !== undefined) {
      if (present.length > 0) yield present;
      return;
    }
    for (let at = start; at < end; ) {
      signal?.throwIfAborted();
      const chunk = Buffer.allocUnsafeSlow(Math.min(SMALL, end - at));
      await this.#file.read(chunk, at);
      at += chunk.length;
      yield chunk;
    }
  }

  /** An error that names the archive and the entry. */
  entryError(entry: ZipEntry, found: string, remedy = texts().remedies.damaged): InputError {
    return new InputError(texts().cannotReadEntry({ path: this.path, entry: quoteName(entry.name), found, remedy }));
  }

  /** An error for code that needs the content of an encrypted entry. */
  encryptedError(entry: ZipEntry): InputError {
    return this.entryError(entry, texts().found.encrypted, texts().remedies.decrypt);
  }

  #warn(code: ZipWarning['code'], entry: ZipEntry, found: string): void {
    this.#onWarning({ code, message: texts().entryWarning({ path: this.path, entry: quoteName(entry.name), found }) });
  }
}

const NO_OFFSETS = new Float64Array(0);

/** `at`: the position of a local header. */
const hasDescriptor = (bytes: Buffer, at: number): boolean => (bytes.readUInt16LE(at + 6) & Flag.DataDescriptor) !== 0;

/** The last index of a value, which must be in the sorted array. */
function indexOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
