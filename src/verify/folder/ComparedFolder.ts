/** Compares an existing folder with what an upgrade would write into it: it accepts the same calls, but writes nothing. */
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { HashSet, hashText } from '../../core/HashSet.js';
import { errorCode } from '../../core/systemErrors.js';
import { diskPath, nameOfBytes } from '../../files/byteNames.js';
import { joinPath } from '../../files/FileTree.js';
import {
  type FileTraits,
  type FolderSink,
  fileMode,
  folderMode,
  NO_TRAITS,
  staysInside,
} from '../../files/FolderSink.js';
import { texts } from '../texts.js';

export interface FolderListener {
  onMissing(path: string): void;
  /** `how`: part of a sentence. */
  onDifferent(path: string, how: string): void;
  onUnexpected(path: string): void;
  /** A file with the same bytes but another modification time. */
  onOtherTime(path: string): void;
  /** app.ini, if its bytes differ. */
  onOtherConfig(expected: Buffer, found: Buffer): void;
}

export interface ComparedFolderParts {
  /** The path of the folder. */
  readonly place: string;
  /** Path of app.ini within it. */
  readonly config: string;
  /** Whether a file is compared elsewhere: the database, and the files that SQLite keeps beside it. */
  readonly isApart: (path: string) => boolean;
  readonly listener: FolderListener;
  readonly signal: AbortSignal | undefined;
}

/** Some file systems store times with a precision of two seconds. */
const TIME_TOLERANCE = 2000;
const CHUNK_BYTES = 256 * 1024;
/** Windows does not have these permissions. */
const HAS_MODES = process.platform !== 'win32';

export class ComparedFolder implements FolderSink {
  readonly #parts: ComparedFolderParts;
  /** Hashes of expected paths: any other path was added. */
  readonly #expected = new HashSet();
  readonly #buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  /** Number of expected files and links. */
  files = 0;
  bytes = 0;

  constructor(parts: ComparedFolderParts) {
    this.#parts = parts;
  }

  pathOf(path: string): string {
    return join(this.#parts.place, path);
  }

  addFolder(path: string, traits: FileTraits = NO_TRAITS): void {
    const folder = path.replace(/\/+$/, '');
    const found = this.#look(folder);
    if (found === undefined) return;
    if (!found.isDirectory())
      this.#differs(folder, texts().differences.kind({ found: kindOf(found), expected: texts().kinds.folder }));
    else if (traits.mode !== 0) this.#compareMode(folder, found, folderMode(traits));
  }

  addFile(path: string, content: Buffer, traits: FileTraits = NO_TRAITS): void {
    const found = this.#lookForFile(path, traits);
    if (found === undefined) return;
    const difference = this.#compareWhole(path, content);
    const { listener, config } = this.#parts;
    if (difference !== undefined && path === config) {
      listener.onOtherConfig(content, readFileSync(this.#placeOf(path)));
    } else {
      this.#tell(path, found, traits, difference);
    }
  }

  async addStream(path: string, content: AsyncIterable<Buffer>, traits: FileTraits = NO_TRAITS): Promise<void> {
    const found = this.#lookForFile(path, traits);
    if (found !== undefined) this.#tell(path, found, traits, await this.#compareStream(path, content));
  }

  /** Undefined, after reporting it, if the file is missing. */
  #lookForFile(path: string, traits: FileTraits): Stats | undefined {
    this.#parts.signal?.throwIfAborted();
    this.files++;
    const found = this.#look(path);
    if (found === undefined) return undefined;
    if (found.isFile()) {
      this.#compareMode(path, found, fileMode(traits));
      return found;
    }
    this.#differs(path, texts().differences.kind({ found: kindOf(found), expected: texts().kinds.file }));
    return undefined;
  }

  #tell(path: string, { mtimeMs }: Stats, { modified }: FileTraits, difference: string | undefined): void {
    if (difference !== undefined) this.#differs(path, difference);
    else if (modified !== undefined && Math.abs(mtimeMs - modified.getTime()) > TIME_TOLERANCE) {
      this.#parts.listener.onOtherTime(path);
    }
  }

  addLink(path: string, target: string): void {
    this.files++;
    const stats = this.#look(path);
    if (stats === undefined) return;
    const isLink = staysInside(path, target);
    if (stats.isSymbolicLink() !== isLink || (!isLink && !stats.isFile())) {
      this.#differs(
        path,
        texts().differences.kind({ found: kindOf(stats), expected: isLink ? texts().kinds.link : texts().kinds.file }),
      );
      return;
    }
    const place = this.#placeOf(path);
    const found = isLink ? readlinkSync(place) : readFileSync(place, 'utf8');
    if (found !== target) this.#differs(path, texts().differences.leadsElsewhere);
  }

  has(path: string): boolean {
    return this.#expected.has(hashText(path));
  }

  async holds(path: string, content: AsyncIterable<Buffer>): Promise<boolean> {
    return (await this.#compareStream(path, content)) === undefined;
  }

  addWritten(bytes: number): void {
    this.bytes += bytes;
  }

  /** Looks for added files. */
  async finish(): Promise<void> {
    // If there are more files than the set holds, some of them would seem to be added.
    if (!this.#expected.overflowed) this.#findUnexpected('');
  }

  async commit(): Promise<void> {}

  async abort(): Promise<void> {}

  #placeOf(path: string): string | Buffer {
    return diskPath(this.pathOf(path));
  }

  #findUnexpected(folder: string): void {
    const { signal, isApart, listener } = this.#parts;
    signal?.throwIfAborted();
    for (const entry of readdirSync(this.#placeOf(folder), { withFileTypes: true, encoding: 'buffer' })) {
      const path = joinPath(folder, nameOfBytes(entry.name));
      if (entry.isDirectory()) this.#findUnexpected(path);
      else if (!this.has(path) && !isApart(path)) listener.onUnexpected(path);
    }
  }

  /** Undefined, after reporting it, if nothing is there. */
  #look(path: string): Stats | undefined {
    this.#expected.add(hashText(path));
    try {
      return lstatSync(this.#placeOf(path));
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
      this.#parts.listener.onMissing(path);
      return undefined;
    }
  }

  #differs(path: string, how: string): void {
    this.#parts.listener.onDifferent(path, how);
  }

  #compareMode(path: string, found: Stats, expected: number): void {
    // A folder may have the set-group-ID bit from the one that it was made in, a file has such bits only if somebody set them.
    const mode = found.mode & (found.isDirectory() ? 0o777 : 0o7777);
    if (!HAS_MODES || mode === expected) return;
    this.#differs(path, texts().differences.mode({ found: mode.toString(8), expected: expected.toString(8) }));
  }

  /** How the bytes of a file differ; undefined if they are equal. */
  #compareWhole(path: string, content: Buffer): string | undefined {
    const file = openSync(this.#placeOf(path), 'r');
    try {
      return this.#differsAt(file, 0, content) ? differsFrom(0) : this.#compareEnd(file, content.length);
    } finally {
      closeSync(file);
    }
  }

  async #compareStream(path: string, content: AsyncIterable<Buffer>): Promise<string | undefined> {
    let position = 0;
    const file = openSync(this.#placeOf(path), 'r');
    try {
      for await (const chunk of content) {
        if (this.#differsAt(file, position, chunk)) return differsFrom(position);
        position += chunk.length;
      }
      return this.#compareEnd(file, position);
    } finally {
      closeSync(file);
    }
  }

  #differsAt(file: number, position: number, expected: Buffer): boolean {
    for (let done = 0; done < expected.length; done += CHUNK_BYTES) {
      const piece = expected.subarray(done, done + CHUNK_BYTES);
      const read = readSync(file, this.#buffer, 0, piece.length, position + done);
      if (read !== piece.length || !this.#buffer.subarray(0, read).equals(piece)) return true;
    }
    return false;
  }

  #compareEnd(file: number, position: number): string | undefined {
    this.bytes += position;
    return readSync(file, this.#buffer, 0, 1, position) > 0
      ? texts().differences.longer({ bytes: position })
      : undefined;
  }
}

const differsFrom = (start: number): string => texts().differences.content({ start });

function kindOf(found: Stats): string {
  const { link, folder, file, special } = texts().kinds;
  return found.isSymbolicLink() ? link : found.isDirectory() ? folder : found.isFile() ? file : special;
}
