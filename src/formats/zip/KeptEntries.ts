/**
 * Entries of another archive, taken over as they lie, headers and all: what stays of the archive when the entries that
 * are not wanted are cut out. A few long copies, however many entries there are.
 * They come first in the new archive.
 */

import { ByteWriter } from '../../core/ByteWriter.js';
import { handledLater } from '../../core/handledLater.js';
import type { PositionedSink } from '../../files/ByteSink.js';
import type { Directory, DirectoryEntry } from './Directory.js';
import type { ZipEntry } from './ZipEntry.js';
import type { DataRange, ZipReader } from './ZipReader.js';

/** Bytes that are read and written at a time: `cp` takes as many; with more the system took longer, for they fit no cache. */
const PIECE_SIZE = 1024 * 1024;
/** Pieces on their way at once: one is read while another is written. */
const LANES = 2;
/** Bytes of headers. */
const HEADERS_AT_ONCE = 64 * 1024;
/** Bytes after which the system is told to go on and put them on disk, so that little is left to wait for at the end. */
const FLUSH_EVERY = 64 * 1024 * 1024;

export interface KeepOptions {
  readonly isKept: (entry: ZipEntry) => boolean;
  /** Each entry that is kept, before its bytes are copied. */
  readonly onEntry: (entry: ZipEntry) => void;
  /** Bytes that have been copied. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Bytes of the old archive and where they go. */
interface Piece extends DataRange {
  readonly to: number;
}

export class KeptEntries {
  readonly #reader: ZipReader;
  readonly #options: KeepOptions;
  readonly #directory: Directory;
  /** 1 for each entry of the directory that is kept. */
  readonly #isKept: Uint8Array;
  #count = 0;
  /** What is cut out, ascending and not adjoining. */
  #cuts: DataRange[] = [];
  /** Bytes that are gone up to the end of each cut, and before the first entry. */
  readonly #removed: number[] = [];
  #stopped = false;

  private constructor(reader: ZipReader, directory: Directory, options: KeepOptions) {
    this.#reader = reader;
    this.#directory = directory;
    this.#isKept = new Uint8Array(directory.length);
    this.#options = options;
  }

  /** Checks the entries and settles where each goes. Throws InputError where an entry is not what the directory says. */
  static async list(reader: ZipReader, options: KeepOptions): Promise<KeptEntries> {
    const directory = await reader.entries();
    const kept = new KeptEntries(reader, directory, options);
    for (const entry of directory) {
      if (!options.isKept(entry)) kept.#cut(entry.offset, reader.boundaryAfter(entry));
      else if (entry.encrypted) throw reader.encryptedError(entry);
      else kept.#list(entry, reader.endInMemory(entry) ?? (await reader.locate(entry)).next);
    }
    kept.#settle();
    return kept;
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes that the entries take in the new archive, from its beginning. */
  get size(): number {
    const { start, end } = this.#reader.dataExtent;
    return end - start - this.#cuts.reduce((sum, cut) => sum + cut.end - cut.start, 0);
  }

  /** Resolves when everything is with the sink. */
  async copyTo(sink: PositionedSink): Promise<void> {
    const pieces = this.#pieces();
    const { onBytes, signal } = this.#options;
    let unflushed = 0;
    let flushing = Promise.resolve();
    let writing = Promise.resolve();
    const lane = async (): Promise<void> => {
      let buffer: Buffer | undefined;
      for (const { start, end, to } of pieces) {
        signal?.throwIfAborted();
        buffer ??= Buffer.allocUnsafeSlow(Math.min(PIECE_SIZE, this.size));
        const bytes = buffer.subarray(0, end - start);
        await this.#reader.readInto(bytes, start);
        // One at a time: a file takes no two writes at once, and the system would let the second spin.
        writing = writing.then(() => sink.writeAt(bytes, to));
        await writing;
        onBytes(bytes.length);
        unflushed += bytes.length;
        if (unflushed < FLUSH_EVERY) continue;
        unflushed = 0;
        await flushing;
        flushing = handledLater(sink.flush());
      }
    };
    // Nothing may go on when this settles: the file is closed then. A lane that fails ends the generator, and so the other.
    const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
    const flushed = await Promise.allSettled([flushing]);
    for (const end of [...ends, ...flushed]) if (end.status === 'rejected') throw end.reason;
  }

  /** Makes `copyTo` resolve soon, wherever it is. */
  stop(): void {
    this.#stopped = true;
  }

  /** Their central headers in the new archive, in the order of the old directory, many at a time. Each piece is valid until the next. */
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
    const boundary = this.#reader.boundaryAfter(entry);
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
    let removed = this.#reader.dataExtent.start;
    for (const { start, end } of this.#cuts) {
      removed += end - start;
      this.#removed.push(removed);
    }
  }

  /** Searched, not followed: a directory may be in any order, and nobody bounds the number of cuts. */
  #newOffset(offset: number): number {
    let low = 0;
    let high = this.#cuts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cuts[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset - (this.#removed[low - 1] ?? this.#reader.dataExtent.start);
  }

  *#pieces(): Generator<Piece, void, void> {
    const { start: first, end: last } = this.#reader.dataExtent;
    let to = 0;
    let from = first;
    for (const cut of [...this.#cuts, { start: last, end: last }]) {
      for (let start = from; start < cut.start; ) {
        if (this.#stopped) return;
        const end = Math.min(start + PIECE_SIZE, cut.start);
        yield { start, end, to };
        to += end - start;
        start = end;
      }
      from = cut.end;
    }
  }
}
