/**
 * Reads zip archives: the entries, their inflated bytes, and their compressed bytes. Checks everything it reads against all
 * other information in the archive. Does not write and does not decrypt.
 */

import { Readable } from 'node:stream';
import type { InputError } from '../../core/errors.js';
import type { PositionedSink } from '../../files/ByteSink.js';
import type { CopyOptions } from '../../files/copyToFile.js';
import { PositionedFile } from '../../files/PositionedFile.js';
import { checkEndRecord, type EndRecord } from './checkEndRecord.js';
import type { Directory } from './Directory.js';
import { type DataRange, EntryLocator, type LocatedEntry } from './EntryLocator.js';
import { inflateChecked, inflateWhole, isSmall } from './inflateChecked.js';
import { NameClashes } from './NameClashes.js';
import { openWithYauzl, readDirectory } from './readDirectory.js';
import { Method } from './records.js';
import { texts } from './texts.js';
import { WindowReader } from './WindowReader.js';
import type { ZipEntry } from './ZipEntry.js';
import { DEFAULT_ZIP_LIMITS, inflationProblem, type ZipLimits } from './ZipLimits.js';
import { ZipReporter, type ZipWarning } from './ZipReporter.js';

export interface ZipReaderOptions {
  /** The name of the archive for errors, if it is not its path. */
  readonly name?: string;
  readonly limits?: Partial<ZipLimits>;
  readonly signal?: AbortSignal | undefined;
  /** Called once for each place. Gaps between entries are found when an entry is read, copied or located. */
  readonly onWarning?: ((warning: ZipWarning) => void) | undefined;
}

interface ZipReaderParts {
  readonly file: PositionedFile;
  readonly end: EndRecord;
  readonly window: WindowReader;
  readonly directory: Directory;
  readonly locator: EntryLocator;
  readonly limits: ZipLimits;
  readonly reporter: ZipReporter;
  readonly signal: AbortSignal | undefined;
}

/** Bytes of compressed data to read at a time. With 256 KB, zlib waits for the next ones a tenth of the time of 200 MB of tables. */
const CHUNK_SIZE = 1024 * 1024;

export class ZipReader {
  /** In the order of the central directory. */
  readonly entries: Directory;
  /** For copying many entries in one piece. */
  readonly locator: EntryLocator;
  readonly #file: PositionedFile;
  readonly #end: EndRecord;
  readonly #window: WindowReader;
  readonly #limits: ZipLimits;
  readonly #reporter: ZipReporter;
  readonly #signal: AbortSignal | undefined;

  private constructor({ file, end, window, directory, locator, limits, reporter, signal }: ZipReaderParts) {
    this.entries = directory;
    this.locator = locator;
    this.#file = file;
    this.#end = end;
    this.#window = window;
    this.#limits = limits;
    this.#reporter = reporter;
    this.#signal = signal;
  }

  /**
   * Opens an archive and reads its directory. Throws InputError if the file is not a zip archive, is truncated or ambiguous, for
   * invalid entries, and for faults that only show in the whole: entries that are hidden, overlap, or cannot be unpacked side by
   * side.
   */
  static async open(path: string, options: ZipReaderOptions = {}): Promise<ZipReader> {
    return ZipReader.#openFile(await PositionedFile.open(path, options.name), options);
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
    const { signal } = options;
    const limits = { ...DEFAULT_ZIP_LIMITS, ...options.limits };
    const reporter = new ZipReporter(file.path, options.onWarning);
    try {
      const end = await checkEndRecord(file);
      const window = new WindowReader(file);
      const yauzl = await openWithYauzl(file, end.archiveSize, window);
      if (end.entryCount > limits.maxEntries) {
        const found = texts().found.tooManyEntries({ count: end.entryCount, limit: limits.maxEntries });
        throw reporter.archiveError(found, texts().remedies.raiseLimit);
      }
      const directory = await readDirectory({
        file,
        place: end,
        names: new NameClashes(end, reporter),
        reporter,
        signal,
      });
      const locator = await EntryLocator.open({ directory, directoryOffset: end.offset, window, yauzl, reporter });
      return new ZipReader({ file, end, window, directory, locator, limits, reporter, signal });
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

  /** The archive's comment in its original bytes. */
  get comment(): Buffer {
    return this.#end.comment;
  }

  /**
   * The entry's inflated bytes. Fails with InputError if the data is damaged, if its CRC-32 or size differs from the directory,
   * or if it exceeds the limits. Destroying the stream frees everything.
   */
  openStream(entry: ZipEntry, signal: AbortSignal | undefined = this.#signal): Readable {
    // Checked here too, so that unreadable entries are rejected before anything is prepared for them.
    this.#checkInflatable(entry);
    return Readable.from(this.chunks(entry, signal), { objectMode: false, highWaterMark: 1024 * 1024 });
  }

  /** The bytes of `openStream`, chunk by chunk. */
  async *chunks(entry: ZipEntry, signal: AbortSignal | undefined = this.#signal): AsyncGenerator<Buffer, void, void> {
    const whole = this.readInMemory(entry);
    if (whole !== undefined) {
      yield whole;
      return;
    }
    this.#checkInflatable(entry);
    const raw = this.#readRange(await this.locate(entry), signal);
    yield* inflateChecked(raw, entry, (found) => this.#reporter.entryError(entry, found));
  }

  /** A small entry's bytes, inflated and checked as by `openStream`. Rejects entries larger than `maxBytes`. */
  async readBuffer(entry: ZipEntry, maxBytes: number): Promise<Buffer> {
    this.#checkInflatable(entry);
    if (entry.uncompressedSize > maxBytes) {
      const found = texts().found.tooLarge({ bytes: entry.uncompressedSize, most: maxBytes });
      throw this.#reporter.entryError(entry, found);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks(entry)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /**
   * Like `readBuffer`, but synchronous, because an archive may have a million entries. Undefined if the bytes are not in
   * memory.
   */
  readInMemory(entry: ZipEntry): Buffer | undefined {
    const raw = isSmall(entry) ? this.locator.dataInMemory(entry) : undefined;
    if (raw === undefined) return undefined;
    this.#checkInflatable(entry);
    return inflateWhole(raw, entry, (found) => this.#reporter.entryError(entry, found));
  }

  /** The position of the entry's compressed bytes, and what a copy of it needs. */
  locate(entry: ZipEntry): Promise<LocatedEntry> {
    return this.locator.locate(entry);
  }

  /** Compares every local header with the directory, as reading all entries would. */
  async checkHeaders(signal: AbortSignal | undefined = this.#signal): Promise<void> {
    for (const entry of this.entries) {
      signal?.throwIfAborted();
      if (this.locator.endInMemory(entry) === undefined) await this.locate(entry);
    }
  }

  /** Bytes of the file that are in memory, or undefined. For copying many small entries. */
  peek({ start, end }: DataRange): Buffer | undefined {
    return this.#window.peek(start, end - start);
  }

  /** Fills `target` with the archive's bytes at `position`. */
  async readInto(target: Buffer, position: number): Promise<void> {
    await this.#file.read(target, position);
  }

  /** Copies ranges of the archive's bytes to the beginning of `sink`: see `copyFrom` there. */
  async copyRanges(ranges: Float64Array, sink: PositionedSink, options: CopyOptions): Promise<void> {
    await sink.copyFrom(this.#file, ranges, options);
  }

  /** An error for code that needs the content of an encrypted entry. */
  encryptedError(entry: ZipEntry): InputError {
    return this.#reporter.encryptedError(entry);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #checkInflatable(entry: ZipEntry): void {
    const problem = inflationProblem(entry, this.#limits);
    if (problem !== undefined) throw this.#reporter.entryError(entry, problem.found, problem.remedy);
  }

  async *#readRange({ start, end }: DataRange, signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, void> {
    const present = this.peek({ start, end });
    if (present !== undefined) {
      if (present.length > 0) yield present;
      return;
    }
    for (let at = start; at < end; ) {
      signal?.throwIfAborted();
      const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_SIZE, end - at));
      await this.#file.read(chunk, at);
      at += chunk.length;
      yield chunk;
    }
  }
}
