/** Finds the data of entries, and checks local headers and everything between entries against the directory. */

import { Entry, type ZipFile } from 'yauzl';
import { InputError } from '../../core/errors.js';
import { errorMessage } from '../../core/systemErrors.js';
import type { Directory } from './Directory.js';
import { dataDescriptorLength, localHeaderProblem } from './localHeaderProblem.js';
import { Flag, NO_BYTES, RecordLength, Signature } from './records.js';
import { texts } from './texts.js';
import type { WindowReader } from './WindowReader.js';
import type { ZipEntry } from './ZipEntry.js';
import type { ZipReporter } from './ZipReporter.js';

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

export interface EntryLocatorParts {
  readonly directory: Directory;
  /** Offset of the central directory. */
  readonly directoryOffset: number;
  /** Reads local headers and small data. */
  readonly window: WindowReader;
  /** Reads local headers, through the same window. */
  readonly yauzl: ZipFile;
  readonly reporter: ZipReporter;
}

/** Data up to this size is read in one piece with adjacent entries. */
const SMALL = 256 * 1024;
/** Bytes to read for the header of an entry whose data is read separately. */
const HEADER_READ_AHEAD = 4096;
/** Usual size of extra fields and a data descriptor; longer ones cost one more read. */
const USUAL_EXTRA = 64;

export class EntryLocator {
  readonly #window: WindowReader;
  readonly #yauzl: ZipFile;
  readonly #reporter: ZipReporter;
  /** The offsets of all local headers, ascending. */
  readonly #offsets: Float64Array;
  readonly #directoryOffset: number;
  /** Index in `#offsets` of the last requested entry. */
  #recent = 0;
  /** 1 for each entry, by its index in `#offsets`, whose gap was reported. */
  #reportedGaps: Uint8Array | undefined;

  private constructor({ directory, directoryOffset, window, yauzl, reporter }: EntryLocatorParts) {
    this.#window = window;
    this.#yauzl = yauzl;
    this.#reporter = reporter;
    this.#directoryOffset = directoryOffset;
    this.#offsets = directory.offsets().sort();
  }

  /** Checks what lies before the first entry and after the last. Throws InputError for hidden or overlapping entries. */
  static async open(parts: EntryLocatorParts): Promise<EntryLocator> {
    const locator = new EntryLocator(parts);
    const { directory, reporter } = parts;
    const offsets = locator.#offsets;
    for (let i = 1; i < offsets.length; i++) {
      if (offsets[i] === offsets[i - 1]) {
        throw reporter.archiveError(texts().found.sharedData({ byte: offsets[i] ?? 0 }));
      }
    }
    const { last } = directory;
    if (last === undefined) return locator;
    const bytes = offsets[0] ?? 0;
    if (bytes > 0) reporter.warnOfArchive('unlisted-bytes', texts().found.bytesBefore({ bytes }));
    // The gap after the last entry is where an end record could hide entries.
    await locator.locate(last);
    return locator;
  }

  /** From the first local header to the central directory. */
  get dataExtent(): DataRange {
    return { start: this.#offsets[0] ?? this.#directoryOffset, end: this.#directoryOffset };
  }

  /** The first byte after the entry's local header that belongs to something else. */
  boundaryAfter({ offset }: ZipEntry): number {
    const offsets = this.#offsets;
    // Entries are mostly requested in file order.
    const next = this.#recent + 1;
    this.#recent = offsets[next] === offset ? next : indexOf(offsets, offset);
    return offsets[this.#recent + 1] ?? this.#directoryOffset;
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
    const end = offset + headerLength(bytes, at) + entry.compressedSize;
    if (end > boundary || localHeaderProblem(bytes, at, entry) !== undefined) return undefined;
    if (!hasDescriptor(bytes, at)) return end === boundary ? end : undefined;
    return dataDescriptorLength(bytes, at + end - offset, entry) === boundary - end ? boundary : undefined;
  }

  /** The entry's compressed bytes, if `endInMemory` finds its end. */
  dataInMemory(entry: ZipEntry): Buffer | undefined {
    const found = this.#locateInMemory(entry);
    return found && this.#window.peek(found.start, found.end - found.start);
  }

  #locateInMemory(entry: ZipEntry): LocatedEntry | undefined {
    const next = this.endInMemory(entry);
    if (next === undefined) return undefined;
    const { bytes } = this.#window;
    const at = this.#window.indexOf(entry.offset, RecordLength.LocalHeader);
    const header = headerLength(bytes, at);
    const start = entry.offset + header;
    return { start, end: start + entry.compressedSize, next, localExtra: extraIn(bytes.subarray(at, at + header)) };
  }

  /** Reads and checks the local header and the bytes around the data. Throws InputError if they contradict the directory. */
  async locate(entry: ZipEntry): Promise<LocatedEntry> {
    const present = this.#locateInMemory(entry);
    if (present !== undefined) return present;
    const boundary = this.boundaryAfter(entry);
    const { offset } = entry;
    const room = boundary - offset;
    const header = RecordLength.LocalHeader + entry.rawName.length;
    if (header > room) throw this.#reporter.entryError(entry, texts().found.overlapsHeader({ byte: boundary }));
    const small = entry.compressedSize <= SMALL;
    const readAhead = small ? undefined : HEADER_READ_AHEAD;
    const first = small ? Math.min(header + entry.compressedSize + USUAL_EXTRA, room) : header;
    // yauzl then finds the header in memory.
    await this.#window.view(offset, first, readAhead);
    const start = await this.#dataStart(entry);
    const end = start + entry.compressedSize;
    if (end > boundary) throw this.#reporter.entryError(entry, texts().found.overlapsNext({ end, byte: boundary }));
    const bytes = await this.#window.view(offset, start - offset, readAhead);
    const problem = localHeaderProblem(bytes, 0, entry);
    if (problem !== undefined) throw this.#reporter.entryError(entry, problem);
    const localExtra = extraIn(bytes);
    const descriptorFollows = hasDescriptor(bytes, 0);
    if (end === boundary && !descriptorFollows) return { start, end, next: end, localExtra };
    const tail = Math.min(RecordLength.LongestDataDescriptor, boundary - end);
    const after = await this.#window.view(end, tail, readAhead);
    const descriptor = descriptorFollows ? dataDescriptorLength(after, 0, entry) : 0;
    if (descriptor === undefined) throw this.#reporter.entryError(entry, texts().found.otherDescriptor);
    const gap = boundary - end - descriptor;
    if (gap > 0) this.#checkGap(entry, gap, after.subarray(descriptor), boundary);
    return { start, end, next: end + descriptor, localExtra };
  }

  async #dataStart(entry: ZipEntry): Promise<number> {
    const { offset, compressedSize } = entry;
    const found = Object.assign(new Entry(), { relativeOffsetOfLocalHeader: offset, compressedSize });
    try {
      return (await this.#yauzl.readLocalFileHeaderPromise(found, { minimal: true })).fileDataStart;
    } catch (error) {
      if (error instanceof InputError) throw error;
      const reason = errorMessage(error);
      throw this.#reporter.entryError(entry, texts().found.noLocalHeader({ byte: offset, reason }));
    }
  }

  /** `opening`: the first of the unlisted bytes between the entry and what begins at `boundary`. */
  #checkGap(entry: ZipEntry, bytes: number, opening: Buffer, boundary: number): void {
    const isLast = boundary === this.#directoryOffset;
    if (isLast && opening.length >= 4 && opening.readUInt32LE(0) === Signature.CentralHeader) {
      throw this.#reporter.entryError(entry, texts().found.hiddenEntries({ bytes }));
    }
    // Once per entry, which may be examined several times.
    this.#reportedGaps ??= new Uint8Array(this.#offsets.length);
    const index = indexOf(this.#offsets, entry.offset);
    if (this.#reportedGaps[index] === 1) return;
    this.#reportedGaps[index] = 1;
    this.#reporter.warnOfEntry('unlisted-bytes', entry, texts().found.bytesAfter({ bytes }));
  }
}

/** `at`: the position of a local header. */
const hasDescriptor = (bytes: Buffer, at: number): boolean => (bytes.readUInt16LE(at + 6) & Flag.DataDescriptor) !== 0;
const headerLength = (bytes: Buffer, at: number): number =>
  RecordLength.LocalHeader + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);

/** The extra fields of a local header. A copy, because a view would keep the whole window in memory. */
function extraIn(header: Buffer): Buffer {
  const start = RecordLength.LocalHeader + header.readUInt16LE(26);
  return start === header.length ? NO_BYTES : Buffer.from(header.subarray(start));
}

/** The first index of a value, which must be in the sorted array. */
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
