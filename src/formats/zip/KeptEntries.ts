/**
 * Entries of another archive that are copied unchanged, including their headers: the archive without the entries that are
 * removed. Takes only a few long copies, regardless of the number of entries. They come first in the new archive.
 */

import { ByteWriter } from '../../core/ByteWriter.js';
import { LinkedAbort } from '../../core/LinkedAbort.js';
import type { PositionedSink } from '../../files/ByteSink.js';
import type { Directory, DirectoryEntry } from './Directory.js';
import type { DataRange, EntryLocator } from './EntryLocator.js';
import type { ZipEntry } from './ZipEntry.js';
import type { ZipReader } from './ZipReader.js';

/** In bytes. */
const HEADERS_AT_ONCE = 64 * 1024;
export interface KeepOptions {
  readonly isKept: (entry: ZipEntry) => boolean;
  /** Called for each kept entry, before its bytes are copied. */
  readonly onEntry: (entry: ZipEntry) => void;
  /** Called with the number of copied bytes. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

export class KeptEntries {
  readonly #reader: ZipReader;
  readonly #directory: Directory;
  readonly #locator: EntryLocator;
  readonly #options: KeepOptions;
  /** 1 for each entry of the directory that is kept. */
  readonly #isKept: Uint8Array;
  #count = 0;
  /** The removed ranges, ascending and not adjacent. */
  #cuts: DataRange[] = [];
  /** Number of bytes removed up to the end of each cut, and before the first entry. */
  readonly #removed: number[] = [];
  #stop: LinkedAbort | undefined;

  private constructor(reader: ZipReader, options: KeepOptions) {
    this.#reader = reader;
    this.#directory = reader.entries;
    this.#locator = reader.locator;
    this.#isKept = new Uint8Array(reader.entries.length);
    this.#options = options;
  }

  /** Checks the entries and computes their new positions. Throws InputError if an entry contradicts the directory. */
  static async list(reader: ZipReader, options: KeepOptions): Promise<KeptEntries> {
    const { entries, locator } = reader;
    const kept = new KeptEntries(reader, options);
    for (const entry of entries) {
      if (!options.isKept(entry)) kept.#cut(entry.offset, locator.boundaryAfter(entry));
      else if (entry.encrypted) throw reader.encryptedError(entry);
      else kept.#list(entry, locator.endInMemory(entry) ?? (await locator.locate(entry)).next);
    }
    kept.#settle();
    return kept;
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes that the entries take in the new archive, from its beginning. */
  get size(): number {
    const { start, end } = this.#locator.dataExtent;
    return end - start - this.#cuts.reduce((sum, cut) => sum + cut.end - cut.start, 0);
  }

  /** Resolves once the sink has everything. */
  async copyTo(sink: PositionedSink): Promise<void> {
    const { onBytes, signal } = this.#options;
    const stop = new LinkedAbort(signal);
    this.#stop = stop;
    try {
      await this.#reader.copyRanges(this.#ranges(), sink, { onBytes, signal: stop.signal });
    } finally {
      stop.release();
    }
  }

  /** Makes `copyTo` end soon, with an error. */
  stop(): void {
    this.#stop?.abort();
  }

  /**
   * Their central headers in the new archive, in the order of the old directory, many at a time. Each piece is valid until the
   * next.
   */
  *headers(): Generator<Buffer, void, void> {
    const out = new ByteWriter(2 * HEADERS_AT_ONCE, Number.POSITIVE_INFINITY);
    for (let i = 0; i < this.#directory.length; i++) {
      if (this.#isKept[i] === 0) continue;
      this.#directory.putRecord(i, this.#newOffset(this.#directory.offsetOf(i)), out);
      if (out.length < HEADERS_AT_ONCE) continue;
      yield out.written;
      out.clear();
    }
    yield out.written;
  }

  #list(entry: DirectoryEntry, end: number): void {
    const boundary = this.#locator.boundaryAfter(entry);
    if (end < boundary) this.#cut(end, boundary);
    this.#isKept[entry.index] = 1;
    this.#count++;
    this.#options.onEntry(entry);
  }

  #cut(start: number, end: number): void {
    const last = this.#cuts.at(-1);
    if (last?.end === start) this.#cuts[this.#cuts.length - 1] = { start: last.start, end };
    else this.#cuts.push({ start, end });
  }

  #settle(): void {
    const found = this.#cuts.sort((a, b) => a.start - b.start);
    this.#cuts = [];
    for (const { start, end } of found) this.#cut(start, end);
    let removed = this.#locator.dataExtent.start;
    for (const { start, end } of this.#cuts) {
      removed += end - start;
      this.#removed.push(removed);
    }
  }

  /** Uses binary search, because a directory may be in any order, and the number of cuts is unbounded. */
  #newOffset(offset: number): number {
    let low = 0;
    let high = this.#cuts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cuts[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset - (this.#removed[low - 1] ?? this.#locator.dataExtent.start);
  }

  /** What lies between the cuts: see `copyFrom` of the sink. */
  #ranges(): Float64Array {
    const { start: first, end: last } = this.#locator.dataExtent;
    const ranges = new Float64Array(2 * (this.#cuts.length + 1));
    let [start, length] = [first, 0];
    for (const cut of [...this.#cuts, { start: last, end: last }]) {
      if (start < cut.start) {
        ranges[length++] = start;
        ranges[length++] = cut.start;
      }
      start = cut.end;
    }
    return ranges.slice(0, length);
  }
}
