/**
 * The one gate that every path passes at which a command writes a file or a folder for its user. What is an input, or another output of the same
 * command, is refused; `AtomicFile` and `FolderWriter` behind it refuse what exists and may not be replaced, follow no link at the
 * path itself, and make everything readable by its owner alone, whatever the umask.
 */
import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { OutputError } from '../core/errors.js';
import { AtomicFile } from './AtomicFile.js';
import { FolderWriter, type Owner } from './FolderWriter.js';
import { exactStatOf, linkStatOf, statOf } from './statOf.js';
import { texts } from './texts.js';

/** What SQLite keeps beside a database belongs to it. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];
const LIKE_SQLITE = /\.(?:db|sqlite3?)$/i;
const AT_ONCE = 32;

export interface GateOptions {
  /** Files and folders that are read; nothing in them is replaced. */
  readonly inputs: readonly string[];
  /** Replace files that exist. */
  readonly replace: boolean;
}

export class OutputGate {
  readonly replace: boolean;
  /** By identity: a file may have many names. */
  readonly #inputs: ReadonlySet<string>;
  readonly #inputFolders: readonly string[];
  /** Real places of outputs, and what the user called them. */
  readonly #outputs = new Map<string, string>();

  private constructor(inputs: ReadonlySet<string>, inputFolders: readonly string[], replace: boolean) {
    this.#inputs = inputs;
    this.#inputFolders = inputFolders;
    this.replace = replace;
  }

  /** What cannot be looked at is left to whoever opens it. */
  static async open({ inputs, replace }: GateOptions): Promise<OutputGate> {
    const identities = new Set<string>();
    const folders: string[] = [];
    const look = async (input: string): Promise<void> => {
      for (const path of LIKE_SQLITE.test(input) ? COMPANIONS.map((ending) => input + ending) : [input]) {
        const identity = identityOf(path);
        if (identity !== undefined) identities.add(identity);
        else if (statOf(path)?.isDirectory() === true) folders.push(await realpath(path));
      }
    };
    // A batch has many.
    for (let i = 0; i < inputs.length; i += AT_ONCE) await Promise.all(inputs.slice(i, i + AT_ONCE).map(look));
    return new OutputGate(identities, folders, replace);
  }

  /** Throws OutputError for a path that must not be written to, as far as that can be told beforehand. */
  async check(path: string): Promise<void> {
    if (path.includes('\ufffd')) throw new OutputError(texts().outputNotUtf8({ path }));
    const identity = identityOf(path);
    if (identity === undefined) return;
    const place = await realpath(path).catch(() => resolve(path));
    const isInput = this.#inputs.has(identity) || this.#inputFolders.some((folder) => place.startsWith(folder + sep));
    if (isInput) throw new OutputError(texts().isInput({ path }));
  }

  /** A file that appears whole or not at all. Throws OutputError where it may not be written. */
  async file(path: string, { replace = this.replace } = {}): Promise<AtomicFile> {
    await this.#take(path);
    return AtomicFile.create(path, { replace });
  }

  /** A folder that appears whole or not at all. Throws OutputError where something is. */
  async folder(path: string, owner?: Owner): Promise<FolderWriter> {
    await this.#take(path);
    return FolderWriter.create(path, owner);
  }

  /** Refuses what a folder cannot be made at; for writers of folders of their own. */
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

/** Undefined for what is no regular file, or not there. */
function identityOf(path: string): string | undefined {
  const found = exactStatOf(path);
  return found?.isFile() === true ? `${found.dev}:${found.ino}` : undefined;
}

/** Where a file that may not exist yet will lie. */
function realPlaceOf(path: string): string {
  const absolute = resolve(path);
  try {
    return join(realpathSync.native(dirname(absolute)), basename(absolute));
  } catch {
    return absolute;
  }
}
