/**
 * The single gate for every path that a command writes for its user. Rejects inputs, and other outputs of the same command.
 * Behind it, `AtomicFile` and `FolderWriter` reject existing files that must not be replaced, follow no link at the path
 * itself, and make everything readable only by its owner, regardless of the umask.
 */
import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { OutputError } from '../core/errors.js';
import { AtomicFile, refuseExisting } from './AtomicFile.js';
import { FolderWriter, type Owner } from './FolderWriter.js';
import { identityOf, identityOfOpenFile } from './identityOf.js';
import { refuseStandardOutputs } from './refuseStandardOutputs.js';
import { linkStatOf, statOf } from './statOf.js';
import { texts } from './texts.js';

/** The files that SQLite keeps beside a database belong to it. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];
const LIKE_SQLITE = /\.(?:db|sqlite3?)$/i;
const AT_ONCE = 32;

export interface GateOptions {
  /** Files, folders and streams that are read; nothing in them is ever replaced. */
  readonly inputs: readonly (string | Readable)[];
  /** Replace existing files. */
  readonly replace: boolean;
}

export class OutputGate {
  readonly replace: boolean;
  /** By identity, because a file may have many names. */
  readonly #inputs: ReadonlySet<string>;
  readonly #inputFolders: readonly string[];
  /** Real paths of outputs, and the names that the user gave. */
  readonly #outputs = new Map<string, string>();

  private constructor(inputs: ReadonlySet<string>, inputFolders: readonly string[], replace: boolean) {
    this.#inputs = inputs;
    this.#inputFolders = inputFolders;
    this.replace = replace;
  }

  /**
   * Inputs that cannot be examined are reported when they are opened. Throws OutputIsInputError if standard output or standard
   * error goes into one.
   */
  static async open({ inputs, replace }: GateOptions): Promise<OutputGate> {
    const identities = new Set<string>();
    const folders: string[] = [];
    const look = async (input: string | Readable): Promise<void> => {
      if (typeof input !== 'string') {
        const identity = identityOfStream(input);
        if (identity !== undefined) identities.add(identity);
        return;
      }
      for (const path of LIKE_SQLITE.test(input) ? COMPANIONS.map((ending) => input + ending) : [input]) {
        const identity = identityOf(path);
        if (identity !== undefined) identities.add(identity);
        else if (statOf(path)?.isDirectory() === true) folders.push(await realpath(path));
      }
    };
    // In parallel, because a batch has many.
    for (let i = 0; i < inputs.length; i += AT_ONCE) await Promise.all(inputs.slice(i, i + AT_ONCE).map(look));
    const gate = new OutputGate(identities, folders, replace);
    refuseStandardOutputs((identity, place) => gate.#isInput(identity, place));
    return gate;
  }

  /** Throws OutputError for a path that must not be written, as far as this is known in advance. */
  async check(path: string): Promise<void> {
    if (path.includes('\ufffd')) throw new OutputError(texts().outputNotUtf8({ path }));
    const identity = identityOf(path);
    if (identity === undefined) return;
    const place = await realpath(path).catch(() => resolve(path));
    if (this.#isInput(identity, place)) throw new OutputError(texts().isInput({ path }));
  }

  /** Throws OutputError if two of these paths are one file, as far as this is known in advance. */
  refuseSame(paths: readonly string[]): void {
    const places = new Set<string>();
    for (const path of paths) {
      const place = realPlaceOf(path);
      if (places.has(place)) throw new OutputError(texts().isOutputTwice({ path }));
      places.add(place);
    }
  }

  #isInput(identity: string, place: string): boolean {
    return this.#inputs.has(identity) || this.#inputFolders.some((folder) => place.startsWith(folder + sep));
  }

  /** Creates a file that appears whole or not at all. Throws OutputError if it must not be written. */
  async file(path: string, { replace = this.replace } = {}): Promise<AtomicFile> {
    await this.#take(path);
    return AtomicFile.create(path, { replace });
  }

  /** Creates a folder that appears whole or not at all. Throws OutputError if something exists there. */
  async folder(path: string, owner?: Owner): Promise<FolderWriter> {
    await this.#take(path);
    return FolderWriter.create(path, owner);
  }

  /**
   * Whether there is a file that accompanied an earlier output: beside the new one, which has none, it would mislead. Throws
   * OutputError if it must not be removed.
   */
  async isLeftover(path: string): Promise<boolean> {
    await this.#take(path);
    refuseExisting(path, this.replace);
    return linkStatOf(path) !== undefined;
  }

  /** Throws if a folder cannot be created there; for writers that create their own folder. */
  async newFolder(path: string): Promise<void> {
    await this.#take(path);
    if (linkStatOf(path) === undefined) return;
    throw new OutputError(texts().folderExists({ path }));
  }

  async #take(path: string): Promise<void> {
    await this.check(path);
    const place = realPlaceOf(path);
    const other = this.#outputs.get(place);
    if (other !== undefined) {
      throw new OutputError(texts().isOutputTwice({ path }));
    }
    this.#outputs.set(place, path);
  }
}

/** Standard input can be a file that also has a name. */
function identityOfStream(stream: Readable): string | undefined {
  const descriptor: unknown = 'fd' in stream ? stream.fd : undefined;
  return typeof descriptor === 'number' ? identityOfOpenFile(descriptor) : undefined;
}

/** The real path of a file that may not exist yet. */
function realPlaceOf(path: string): string {
  const absolute = resolve(path);
  try {
    return join(realpathSync.native(dirname(absolute)), basename(absolute));
  } catch {
    return absolute;
  }
}
