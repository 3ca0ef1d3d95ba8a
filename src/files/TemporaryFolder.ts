/**
 * A temporary folder for data that does not fit into memory. Only the user can read it, and it is removed when the work ends.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputError } from '../core/systemErrors.js';

export class TemporaryFolder {
  readonly #parent: string;
  #path: Promise<string> | undefined;
  #files = 0;

  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
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
      const path = await mkdtemp(join(this.#parent, 'gogs-backup-upgrade-'));
      // The umask can restrict the owner as well.
      await chmod(path, 0o700);
      return path;
    } catch (error) {
      throw outputError(this.#parent, error);
    }
  }

  async remove(): Promise<void> {
    const path = await this.#path?.catch(() => undefined);
    if (path === undefined) return;
    await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
      throw outputError(path, error);
    });
  }
}
