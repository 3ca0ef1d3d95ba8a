/** A scratch database that is opened when it is needed: starting SQLite takes twice as long as verifying a small backup. */
import type { Engine } from '../../engines/Engine.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import { dialectOf, openScratchEngine } from './openScratchEngine.js';
import type { ScratchEngine } from './ScratchEngine.js';

export class ScratchDatabase {
  /** The engine whose schema it uses. */
  readonly dialect: Engine;
  readonly #url: string | undefined;
  readonly #temporary: TemporaryFolder;
  #engine: ScratchEngine | undefined;

  /** `url` as for `openScratchEngine`. */
  constructor(url: string | undefined, temporary: TemporaryFolder) {
    this.dialect = dialectOf(url);
    this.#url = url;
    this.#temporary = temporary;
  }

  /** Undefined if it was not needed yet. */
  get product(): string | undefined {
    return this.#engine?.product;
  }

  async open(): Promise<ScratchEngine> {
    this.#engine ??= (await openScratchEngine(this.#url, this.#temporary)).engine;
    return this.#engine;
  }

  async close(): Promise<void> {
    await this.#engine?.close();
  }
}
