/** Notices when a file of an input changes while it is read. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/errors.js';
import { exactStatOf, statOf } from '../files/statOf.js';
import { texts } from './texts.js';

/** If two states of a file are equal, it has the same content, as far as a file system can tell. */
type FileState = string;

export class InputState {
  readonly #input: string;
  readonly #files: ReadonlyMap<string, FileState>;

  private constructor(input: string, files: ReadonlyMap<string, FileState>) {
    this.#input = input;
    this.#files = files;
  }

  /** The state of a file, or of the files in a folder. Files that cannot be examined are reported when they are opened. */
  static of(input: string): InputState {
    const isFolder = statOf(input)?.isDirectory() === true;
    const paths = isFolder ? namesIn(input).map((name) => join(input, name)) : [input];
    const files = new Map<string, FileState>();
    for (const path of paths) {
      const state = stateOf(path);
      if (state !== undefined) files.set(path, state.content);
    }
    return new InputState(input, files);
  }

  /** Throws if a file changed while it was read: what was read is then neither its old nor its new content. */
  refuseIfChanged(): void {
    for (const [path, before] of this.#files) {
      if (stateOf(path)?.content === before) continue;
      const { inputChanged, fileChanged } = texts();
      const input = this.#input;
      throw new InputError(path === input ? inputChanged({ input }) : fileChanged({ input, file: path }));
    }
  }
}

/** Undefined if there is no regular file. */
function stateOf(path: string): { identity: string; content: FileState } | undefined {
  const found = exactStatOf(path);
  if (found === undefined || !found.isFile()) return undefined;
  const identity = `${found.dev}:${found.ino}:`;
  return { identity, content: `${identity}${found.size}:${found.mtimeNs}` };
}

/** Empty if the folder cannot be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
