/** Remembers which files an input is, so that none of them is overwritten, and notices when one changes while it is read. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, OutputError } from '../core/errors.js';
import { texts } from './texts.js';

/** Two states of a file that are equal in all of it hold the same bytes, as far as a file system can tell. */
type FileState = string;

export class InputState {
  readonly #input: string;
  readonly #files: ReadonlyMap<string, FileState>;

  private constructor(input: string, files: ReadonlyMap<string, FileState>) {
    this.#input = input;
    this.#files = files;
  }

  /** Of a file, or of the files in a folder. What cannot be looked at is left to whoever opens it. */
  static async of(input: string): Promise<InputState> {
    const names = await readdir(input).catch(() => undefined);
    const paths = names === undefined ? [input] : names.map((name) => join(input, name));
    const files = new Map<string, FileState>();
    for (const path of paths) {
      const state = await stateOf(path);
      if (state !== undefined) files.set(path, state.content);
    }
    return new InputState(input, files);
  }

  /** Replacing the input, by whatever name or link, would leave nothing to go back to. */
  async refuseAsOutput(output: string): Promise<void> {
    const found = await stateOf(output);
    if (found === undefined) return;
    for (const state of this.#files.values()) {
      if (!state.startsWith(found.identity)) continue;
      throw new OutputError(texts().isInput({ output }));
    }
  }

  /** What was read from a file that changed meanwhile is neither its old nor its new content. */
  async refuseIfChanged(): Promise<void> {
    for (const [path, before] of this.#files) {
      if ((await stateOf(path))?.content === before) continue;
      const { inputChanged, fileChanged } = texts();
      const input = this.#input;
      throw new InputError(path === input ? inputChanged({ input }) : fileChanged({ input, file: path }));
    }
  }
}

/** Undefined for what is no regular file, or not there. */
async function stateOf(path: string): Promise<{ identity: string; content: FileState } | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  const identity = `${found.dev}:${found.ino}:`;
  return { identity, content: `${identity}${found.size}:${found.mtimeNs}` };
}
