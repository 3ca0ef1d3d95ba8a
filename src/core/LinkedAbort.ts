/**
 * An AbortController that also aborts with another signal, until it is released. AbortSignal.any keeps a record of each of its
 * results for as long as the other signal exists: with the one signal of a batch, 500 small backups took a third longer (Node 20.20).
 */
export class LinkedAbort extends AbortController {
  readonly #linked: AbortSignal | undefined;
  readonly #follow = (): void => this.abort(this.#linked?.reason);

  constructor(linked: AbortSignal | undefined) {
    super();
    this.#linked = linked;
    if (linked?.aborted === true) this.#follow();
    linked?.addEventListener('abort', this.#follow);
  }

  /** Call it once nothing waits for the signal any more. */
  release(): void {
    this.#linked?.removeEventListener('abort', this.#follow);
  }
}
