/**
 * Writes a zip archive: unchanged entries of another archive, new entries, and one central directory at the end. The same calls
 * write the same bytes.
 */

import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import type { PositionedSink } from '../../files/ByteSink.js';
import { bytesOfName } from '../../files/byteNames.js';
import { ByteList } from './ByteList.js';
import { isAscii } from './isAscii.js';
import { type KeepOptions, KeptEntries } from './KeptEntries.js';
import { nameProblem } from './nameProblem.js';
import { OutputBuffer } from './OutputBuffer.js';
import { PieceDeflater } from './PieceDeflater.js';
import {
  type EntryRecord,
  ExtraId,
  encodeCentralHeader,
  encodeDataDescriptor,
  encodeEnd,
  encodeLocalHeader,
  Flag,
  Method,
  NO_BYTES,
  withoutExtras,
} from './records.js';
import { toDosTime } from './toDosTime.js';
import { quoteName, type ZipEntry } from './ZipEntry.js';
import type { ZipReader } from './ZipReader.js';

export interface ZipWriterOptions {
  /** Deflate level of new entries, 1 (fast) to 9 (small). Default 3: as fast as 1, and 4 % smaller on tables of Gogs. */
  readonly level?: number;
  /** For entries from a disk: their names are known to differ, and their times are stored to the second, as Go does. */
  readonly fromDisk?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface NewEntryOptions {
  /** Unix permission bits, 0o7777. There is no default, because programs that unpack apply what they find. */
  readonly mode: number;
  /** Stored with a precision of two seconds, in UTC, from 1980 to 2043. */
  readonly modified: Date;
  /** Stores the content without compression, which saves time for compressed content such as Git's objects. */
  readonly store?: boolean;
}

/** A new entry whose content is being written. It must be finished before anything else is added. */
export interface NewEntry {
  /** Takes the bytes, which may be overwritten once it resolves. */
  append(bytes: Buffer): Promise<void>;
  finish(): Promise<void>;
}

const DEFAULT_LEVEL = 3;
/** Content up to this size is deflated on the main thread. */
const SMALL = 256 * 1024;
/** The smallest chunk size of zlib. */
const SMALLEST_CHUNK = 64;
const deflate = promisify(deflateRaw);
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;
const MSDOS_FOLDER = 0x10;
/** Made by: Unix, version 2.0 of the format. */
const UNIX_VERSION_20 = (3 << 8) | 20;

export class ZipWriter {
  readonly #sink: PositionedSink;
  #output: OutputBuffer;
  readonly #directory = new ByteList();
  /** Names given by the caller. Those of copied entries were compared with each other when they were read. */
  readonly #added = new Set<string>();
  readonly #level: number;
  readonly #fromDisk: boolean;
  readonly #signal: AbortSignal | undefined;
  #entries = 0;
  #kept: KeptEntries | undefined;
  #copying: Promise<void> = Promise.resolve();
  /** An error of background work. */
  #failure: { readonly error: unknown } | undefined;
  /** The deflater of the current entry. */
  #deflater: PieceDeflater | undefined;
  /** Shared by all deflaters, because only one is active at a time. */
  readonly #pieces: Buffer[] = [];

  /** Only one call at a time: await each before the next. */
  constructor(sink: PositionedSink, options: ZipWriterOptions = {}) {
    this.#sink = sink;
    this.#output = new OutputBuffer(sink, 0);
    this.#level = options.level ?? DEFAULT_LEVEL;
    this.#fromDisk = options.fromDisk ?? false;
    this.#signal = options.signal;
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#output.position;
  }

  /**
   * Copies entries of another archive with their headers and in their order. Must come before all other entries. Resolves once
   * the entries are checked; their bytes are copied in the background until `finish`.
   */
  async keepEntries(reader: ZipReader, options: Omit<KeepOptions, 'signal'>): Promise<void> {
    if (this.position > 0 || this.#kept !== undefined) throw new Error('entries are kept before others are added');
    this.#kept = await KeptEntries.list(reader, { ...options, signal: this.#signal });
    this.#output = new OutputBuffer(this.#sink, this.#kept.size);
    this.#copying = this.#kept.copyTo(this.#sink);
    // The next call throws it; until then it must not count as unhandled.
    this.#copying.catch((error: unknown) => {
      this.#failure = { error };
    });
  }

  /** Begins a new entry whose content is written piece by piece. A small one is written as by `addBuffer`. */
  beginEntry(name: string, options: NewEntryOptions): NewEntry {
    this.#claim(name);
    if (options.store === true) return this.#beginStored(name, options);
    const known = { ...this.#newRecord(name, options), method: Method.Deflated, offset: this.#output.position };
    const record = { ...known, flags: known.flags | Flag.DataDescriptor };
    let begun = false;
    const write = async (bytes: Buffer): Promise<void> => {
      if (!begun) await this.#output.append(encodeLocalHeader(record));
      begun = true;
      await this.#output.append(bytes);
    };
    const deflater = new PieceDeflater(this.#level, write, this.#pieces);
    this.#deflater = deflater;
    return {
      append: async (bytes) => {
        this.#throwIfStopped();
        await deflater.append(bytes);
      },
      finish: async () => {
        const { whole } = deflater;
        if (whole !== undefined) return this.#addKnown(name, whole, options);
        const written = { ...record, ...(await deflater.finish()) };
        await this.#output.append(encodeDataDescriptor(written));
        this.#list(written);
      },
    };
  }

  /** Its sizes follow the content. */
  #beginStored(name: string, options: NewEntryOptions): NewEntry {
    const known = this.#newRecord(name, options);
    const record = { ...known, flags: known.flags | Flag.DataDescriptor, offset: this.#output.position };
    let begun = false;
    const begin = async (): Promise<void> => {
      if (!begun) await this.#output.append(encodeLocalHeader(record));
      begun = true;
    };
    let [crc, size] = [0, 0];
    return {
      append: async (bytes) => {
        this.#throwIfStopped();
        await begin();
        crc = crc32(bytes, crc);
        size += bytes.length;
        await this.#output.append(bytes);
      },
      finish: async () => {
        await begin();
        const written = { ...record, crc32: crc, compressedSize: size, uncompressedSize: size };
        await this.#output.append(encodeDataDescriptor(written));
        this.#list(written);
      },
    };
  }

  /** Adds a folder entry, for empty folders, and for mode and time. `name` has no trailing slash. */
  async addFolder(name: string, options: NewEntryOptions): Promise<void> {
    this.#claim(name);
    this.#throwIfStopped();
    const externalAttributes = ((S_IFDIR | options.mode) * 0x10000 + MSDOS_FOLDER) >>> 0;
    const record = { ...this.#newRecord(`${name}/`, options), externalAttributes, offset: this.#output.position };
    await this.#output.append(encodeLocalHeader(record));
    this.#list(record);
  }

  /**
   * Adds an entry that has a file's name, size, mode and time, but only the beginning of its content. For temporary archives of
   * what is examined and not copied: no program inflates such an entry. See `readBeginning`.
   */
  async addListed(name: string, beginning: Buffer, bytes: number, options: NewEntryOptions): Promise<void> {
    this.#claim(name);
    this.#throwIfStopped();
    const record: EntryRecord = {
      ...this.#newRecord(name, options),
      method: Method.Listed,
      compressedSize: beginning.length,
      uncompressedSize: bytes,
      offset: this.#output.position,
    };
    await this.#output.append(encodeLocalHeader(record));
    await this.#output.append(beginning);
    this.#list(record);
  }

  /** Deflates bytes in memory into a new entry. */
  async addBuffer(name: string, content: Buffer, options: NewEntryOptions): Promise<void> {
    this.#claim(name);
    await this.#addKnown(name, content, options);
  }

  /**
   * Copies an entry without inflating it: data, mode, times, comment and extra fields. Its header is rewritten with CRC-32 and
   * sizes, so no data descriptor follows. `name`: the new name.
   */
  async copyRaw(reader: ZipReader, entry: ZipEntry, name = entry.name): Promise<void> {
    this.#throwIfStopped();
    if (entry.encrypted) {
      // The password check of an encrypted entry depends on whether it has a data descriptor (APPNOTE 6.1.6).
      throw reader.encryptedError(entry);
    }
    const encoded = entry.encodeName(name);
    if (encoded !== undefined) this.#claim(name);
    else if (this.#added.has(name)) throw new Error(`cannot copy ${quoteName(name)}: it was added before`);
    const located = await reader.locate(entry);
    const { header } = entry;
    const dropped = encoded === undefined ? [ExtraId.Zip64] : [ExtraId.Zip64, ExtraId.UnicodePath];
    const flags = header.flags & ~Flag.DataDescriptor;
    const record: EntryRecord = {
      // Field by field: spreading takes five times as long, for each of up to a million entries.
      versionMadeBy: header.versionMadeBy,
      versionNeeded: header.versionNeeded,
      method: header.method,
      dosTime: header.dosTime,
      crc32: header.crc32,
      compressedSize: header.compressedSize,
      uncompressedSize: header.uncompressedSize,
      internalAttributes: header.internalAttributes,
      externalAttributes: header.externalAttributes,
      comment: header.comment,
      flags: encoded === undefined ? flags : encoded.isUtf8 ? flags | Flag.Utf8 : flags & ~Flag.Utf8,
      offset: this.#output.position,
      name: encoded?.bytes ?? header.name,
      localExtra: withoutExtras(located.localExtra, dropped),
      extra: withoutExtras(header.extra, dropped),
    };
    const localHeader = encodeLocalHeader(record);
    if (!this.#output.tryAppend(localHeader)) await this.#output.append(localHeader);
    const present = reader.peek(located);
    if (present === undefined) await this.#copyRange(reader, located.start, located.end);
    else if (!this.#output.tryAppend(present)) await this.#output.append(present);
    this.#list(record);
  }

  /** Writes the central directory and the end record. Neither closes nor flushes the file. */
  async finish(comment: Buffer = NO_BYTES): Promise<{ entries: number; bytes: number }> {
    const { position: offset } = this.#output;
    // New entries are listed first, because people look for them.
    for (const headers of [this.#directory.blocks(), this.#kept?.headers() ?? []]) {
      for (const header of headers) {
        if (this.#output.tryAppend(header)) continue;
        this.#signal?.throwIfAborted();
        await this.#output.append(header);
      }
    }
    const entryCount = this.#entries + (this.#kept?.count ?? 0);
    const size = this.#output.position - offset;
    await this.#output.append(encodeEnd({ entryCount, offset, size }, comment));
    await this.#output.flush();
    await this.#copying;
    return { entries: entryCount, bytes: this.#output.position };
  }

  /** Call it to abandon the archive, before closing its file: waits for background work. */
  async abort(): Promise<void> {
    this.#kept?.stop();
    await this.#deflater?.abort();
    await this.#copying.catch(() => undefined);
  }

  /** Writes an entry whose CRC-32 and sizes are known before its header. */
  async #addKnown(name: string, content: Buffer, options: NewEntryOptions): Promise<void> {
    this.#throwIfStopped();
    const deflated = content.length === 0 || options.store === true ? content : await this.#deflate(content);
    const method = deflated.length < content.length ? Method.Deflated : Method.Stored;
    const data = method === Method.Deflated ? deflated : content;
    const record: EntryRecord = {
      ...this.#newRecord(name, options),
      method,
      crc32: crc32(content),
      compressedSize: data.length,
      uncompressedSize: content.length,
      offset: this.#output.position,
    };
    await this.#output.append(encodeLocalHeader(record));
    await this.#output.append(data);
    this.#list(record);
  }

  /** Stops the work on an archive that cannot be finished. */
  #throwIfStopped(): void {
    this.#signal?.throwIfAborted();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #deflate(content: Buffer): Promise<Buffer> {
    const options = { level: this.#level };
    if (content.length > SMALL) return await deflate(content, options);
    // zlib's own chunks are larger than most content.
    return deflateRawSync(content, { ...options, chunkSize: Math.max(SMALLEST_CHUNK, content.length) });
  }

  /** Reads directly into the output's buffers: one is filled while the other is written. */
  async #copyRange(reader: ZipReader, start: number, end: number): Promise<void> {
    for (let at = start; at < end; ) {
      this.#signal?.throwIfAborted();
      const space = await this.#output.space();
      const piece = space.subarray(0, Math.min(space.length, end - at));
      await reader.readInto(piece, at);
      this.#output.commit(piece.length);
      at += piece.length;
    }
  }

  /** A clash here is a bug of the caller. */
  #claim(name: string): void {
    const problem = nameProblem(name) ?? (this.#added.has(name) ? 'it was added before' : undefined);
    if (problem !== undefined) throw new Error(`cannot add ${quoteName(name)}: ${problem}`);
    if (!this.#fromDisk) this.#added.add(name);
  }

  /** The fields of a new entry that are known before its content. */
  #newRecord(name: string, { mode, modified }: NewEntryOptions): EntryRecord {
    const rawName = bytesOfName(name);
    const extra = this.#fromDisk ? extendedTimestamp(modified) : NO_BYTES;
    return {
      versionMadeBy: UNIX_VERSION_20,
      versionNeeded: 20,
      flags: isAscii(rawName) || !isUtf8(rawName) ? 0 : Flag.Utf8,
      method: Method.Stored,
      dosTime: toDosTime(modified),
      crc32: 0,
      compressedSize: 0,
      uncompressedSize: 0,
      internalAttributes: 0,
      externalAttributes: ((S_IFREG | mode) * 0x10000) >>> 0,
      offset: 0,
      name: rawName,
      extra,
      comment: NO_BYTES,
      localExtra: extra,
    };
  }

  #list(record: EntryRecord): void {
    this.#directory.append(encodeCentralHeader(record));
    this.#entries++;
  }
}

/** The time in seconds since 1970, if it fits: the field that Go and Info-ZIP write. */
function extendedTimestamp(modified: Date): Buffer {
  const seconds = Math.floor(modified.getTime() / 1000);
  if (seconds < -0x8000_0000 || seconds > 0x7fff_ffff) return NO_BYTES;
  const field = Buffer.from([0x55, 0x54, 5, 0, 1, 0, 0, 0, 0]);
  field.writeInt32LE(seconds, 5);
  return field;
}
