/**
 * A temporary folder for data that does not fit into memory. Only the user can read it, and it is removed when the work ends.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputError } from '../core/systemErrors.js';
import { makePrivateFolders } from './privateFolders.js';

export class TemporaryFolder {
  readonly #parent: string;
  readonly #name: string | undefined;
  #path: Promise<string> | undefined;
  #files = 0;

  /** `name`: that of the folder; by default a new one. */
  constructor(parent: string = tmpdir(), name?: string) {
    this.#parent = parent;
    this.#name = name;
  }

  /** A path for a new file; the first call creates the folder. */
  async newPath(name: string): Promise<string> {
    return join(await this.path(), `${++this.#files}-${name}`);
  }

  /** The folder itself. */
  async path(): Promise<string> {
    this.#path ??= this.#make();
    return this.#path;
  }

  async #make(): Promise<string> {
    try {
      if (this.#name !== undefined) {
        const named = join(this.#parent, this.#name);
        makePrivateFolders(named);
        return named;
      }
      const path = await mkdtemp(join(this.#parent, 'gogs-backup-upgrade-'));
      // The umask can restrict the owner as well.
      await chmod(path, 0o700);
      return path;
    } catch (error) {
      throw outputError(this.#parent, error);
    }
  }

  /** Another file may be asked for afterwards. */
  async remove(): Promise<void> {
    const path = await this.#path?.catch(() => undefined);
    this.#path = undefined;
    if (path === undefined) return;
    await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
      throw outputError(path, error);
    });
  }
}
