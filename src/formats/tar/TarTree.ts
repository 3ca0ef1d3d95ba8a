/** The files of a tar archive, as a stream: nothing is extracted, and each walk reads the archive once. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Extract, extract, type Header } from 'tar-stream';
import { InputError } from '../../core/errors.js';
import { HashSet, hashText } from '../../core/HashSet.js';
import { handledLater } from '../../core/handledLater.js';
import { errorCode, errorMessage } from '../../core/systemErrors.js';
import { beginningOf } from '../../files/beginningOf.js';
import { nameOfBytes } from '../../files/byteNames.js';
import {
  type FileTree,
  folderOf,
  foldersAbove,
  refuseDeep,
  type TreeEntry,
  type WalkOptions,
} from '../../files/FileTree.js';
import { readGnuTar } from './readGnuTar.js';
import { type FilePart, fillHoles, type PaxRecords, partsOf, sparseFile } from './sparseFiles.js';
import { texts } from './texts.js';

type Source = Extract extends AsyncIterable<infer Entry> ? Entry : never;

/** Two blocks of zeros end an archive. */
const END_BYTES = 1024;
/** Longer than any path that a file system allows. */
const LONGEST_PATH = 4096;

/** A hard link: another name for a file elsewhere in the archive. */
export interface TarLink {
  readonly path: string;
  readonly target: string;
}

export interface TarEntry extends TreeEntry {
  /** The parts of a sparse file, instead of its content with long runs of zeros. */
  parts?(): AsyncIterable<FilePart>;
}

export class TarTree implements FileTree {
  /** `open` returns the bytes of the archive, from the beginning, for each walk. */
  constructor(
    readonly name: string,
    private readonly open: () => AsyncIterable<Buffer>,
    private readonly mountedAt?: string,
  ) {}

  /** The archive itself. */
  bytes(): AsyncIterable<Buffer> {
    return this.open();
  }

  /**
   * True once a walk found what only extracting the archive resolves: the target of a link, or which of several entries of one
   * name is the last (`tar -r`, `tar -u`).
   */
  mustBeExtracted = false;

  async *walk(options: WalkOptions = {}): AsyncGenerator<TreeEntry, void, void> {
    const { enters = () => true } = options;
    const names = new EntryNames();
    for await (const { entry, hardLink, symbolicLink } of this.entries(options)) {
      this.mustBeExtracted ||=
        hardLink !== undefined ||
        (symbolicLink !== undefined && this.#staysInside(symbolicLink)) ||
        (entry !== undefined && names.isRepeated(entry));
      if (entry !== undefined && [...foldersAbove(entry.path)].every(enters)) yield entry;
    }
  }

  /** Like `walk`, but also yields links. */
  async *entries({
    signal,
  }: Pick<WalkOptions, 'signal'> = {}): AsyncGenerator<
    { readonly entry?: TarEntry; readonly hardLink?: TarLink; readonly symbolicLink?: TarLink },
    void,
    void
  > {
    const tar = extract(OPTIONS);
    const end = new EndMarker();
    const source = Readable.from(readGnuTar(this.name, end.watch(this.open())), { objectMode: false });
    const fed = handledLater(pipeline(source, tar as unknown as NodeJS.WritableStream));
    try {
      for await (const stream of tar) {
        signal?.throwIfAborted();
        const { header } = stream;
        const path = this.#pathOf(paxOf(header)['GNU.sparse.name'] ?? header.name);
        if (path !== '') yield this.#found(path, header, stream);
        // Skips content that was not read.
        stream.resume();
      }
      await fed;
      if (!end.seen) throw new InputError(cutOff(this.name));
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#explain(error);
    } finally {
      tar.destroy();
      source.destroy();
    }
  }

  #found(
    path: string,
    header: Header,
    stream: Source,
  ): { readonly entry?: TarEntry; readonly hardLink?: TarLink; readonly symbolicLink?: TarLink } {
    if (header.type === 'link') return { hardLink: { path, target: this.#pathOf(header.linkname) } };
    const entry = this.#entryOf(path, header, stream);
    return header.type === 'symlink'
      ? { entry, symbolicLink: { path, target: textOf(header.linkname ?? '') } }
      : { entry };
  }

  #entryOf(path: string, header: Header, stream: Source): TarEntry {
    const kind = KINDS.get(header.type);
    if (kind === undefined) throw new InputError(texts().unknownType({ name: this.name, path: JSON.stringify(path) }));
    const sparse = kind === 'file' ? sparseFile(paxOf(header)) : undefined;
    const stored = stream as unknown as AsyncIterable<Buffer>;
    const content = (): AsyncGenerator<Buffer, void, void> =>
      this.#explained(sparse === undefined ? stored : fillHoles(sparse, stored));
    return {
      path,
      kind,
      mode: (header.mode ?? 0) & 0o7777,
      modified: header.mtime ?? new Date(0),
      bytes: kind === 'file' ? (sparse?.bytes ?? header.size) : 0,
      content,
      beginning: (bytes) => beginningOf(content(), bytes),
      ...(sparse === undefined ? {} : { parts: () => this.#explained(partsOf(sparse, stored)) }),
    };
  }

  /** A file that is cut off says so to whoever reads it. */
  async *#explained<T>(pieces: AsyncIterable<T>): AsyncGenerator<T, void, void> {
    try {
      for await (const piece of pieces) yield piece;
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** Archives name their entries `./gogs/…`, or from the root of the old machine. */
  #pathOf(bytes: string): string {
    const name = textOf(bytes);
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.includes('..') || name.includes('\0') || name.length > LONGEST_PATH) {
      throw new InputError(texts().badName({ name: this.name, path: JSON.stringify(name.slice(0, 200)) }));
    }
    const path = parts.join('/');
    refuseDeep(this.name, path);
    return path;
  }

  /** Links that lead elsewhere are never followed. */
  #staysInside({ path, target }: TarLink): boolean {
    if (target.startsWith('/')) return this.mountedAt !== undefined && target.startsWith(`${this.mountedAt}/`);
    let depth = path.split('/').length - 1;
    for (const part of target.split('/')) {
      if (part === '..') depth--;
      else if (part !== '' && part !== '.') depth++;
      if (depth < 0) return false;
    }
    return true;
  }

  #explain(error: unknown): unknown {
    if (
      error instanceof InputError ||
      (errorCode(error)?.startsWith('E') === true && !errorCode(error)?.startsWith('ERR_'))
    )
      return error;
    const message = errorMessage(error);
    if (/end of data|premature close/i.test(message)) return new InputError(cutOff(this.name), { cause: error });
    return new InputError(texts().damaged({ name: this.name, reason: message }), { cause: error });
  }
}

const OPTIONS = {
  // The oldest headers do not name their format.
  allowUnknownFormat: true,
  // A character for each byte of a name, because names need not be UTF-8.
  filenameEncoding: 'latin1',
  highWaterMark: 256 * 1024,
} as const;

const textOf = (bytes: string): string => nameOfBytes(Buffer.from(bytes, 'latin1'));

const KINDS: ReadonlyMap<string | undefined, TreeEntry['kind']> = new Map([
  ['file', 'file'],
  ['contiguous-file', 'file'],
  ['directory', 'folder'],
  ['symlink', 'link'],
  ['fifo', 'other'],
  ['block-device', 'other'],
  ['character-device', 'other'],
]);

const paxOf = ({ pax }: Header): PaxRecords => (pax ?? {}) as PaxRecords;

const cutOff = (name: string): string => texts().cutOff({ name });

/** Tells whether entries have the same name. May say so of two that do not, which only costs time. */
class EntryNames {
  readonly #files = new HashSet();
  readonly #folders = new HashSet();
  readonly #listedFolders = new HashSet();
  /** The folder of the entry before: most entries are in the same one. */
  #folder = '';

  /** A folder may not be listed at all if its files are. */
  isRepeated({ path, kind }: TreeEntry): boolean {
    const folder = folderOf(path);
    let isRepeated = false;
    if (folder !== this.#folder) for (const above of foldersAbove(path)) isRepeated ||= this.#seeFolder(above);
    this.#folder = folder;
    const hash = hashText(path);
    if (kind === 'folder') return !this.#listedFolders.add(hash) || this.#seeFolder(path) || isRepeated;
    return !this.#files.add(hash) || this.#files.overflowed || this.#folders.has(hash) || isRepeated;
  }

  /** Whether a file has its name. */
  #seeFolder(path: string): boolean {
    const hash = hashText(path);
    this.#folders.add(hash);
    return this.#files.has(hash) || this.#folders.overflowed;
  }
}

/** Watches a stream for the zeros that end an archive: without them it may have been truncated between two entries. */
class EndMarker {
  #zeros = 0;

  get seen(): boolean {
    return this.#zeros >= END_BYTES;
  }

  async *watch(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of bytes) {
      let at = chunk.length;
      while (at > 0 && chunk.length - at < END_BYTES && chunk[at - 1] === 0) at--;
      this.#zeros =
        at === 0 || chunk.length - at >= END_BYTES
          ? Math.min(END_BYTES, this.#zeros + chunk.length - at)
          : chunk.length - at;
      yield chunk;
    }
  }
}
