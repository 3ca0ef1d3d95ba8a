/** Adds up processed bytes and reports them to a listener. */

/** Progress in bytes of the input. */
export interface Progress {
  /** SQL name of the table, or `files`. */
  readonly current: string;
  readonly doneBytes: number;
  /** Infinity while it is unknown: while the files of a folder are packed. */
  readonly totalBytes: number;
}

export class ProgressMeter {
  readonly #totalBytes: number;
  readonly #tell: ((progress: Progress) => void) | undefined;
  #doneBytes = 0;

  constructor(totalBytes: number, tell: ((progress: Progress) => void) | undefined) {
    this.#totalBytes = totalBytes;
    this.#tell = tell;
  }

  add(current: string, bytes: number): void {
    this.#doneBytes += bytes;
    this.#tell?.({ current, doneBytes: this.#doneBytes, totalBytes: this.#totalBytes });
  }
}
