/** Keeps results in the order of their arrival; any number of readers can iterate over them. */
export class ResultQueue<T> {
  readonly #results: T[] = [];
  #state: { readonly ended: boolean; readonly error?: unknown } = { ended: false };
  #wake: () => void = () => undefined;
  #changed = this.#nextChange();

  readonly add = (result: T): void => {
    this.#results.push(result);
    this.#change();
  };

  readonly end = (): void => {
    this.#state = { ended: true };
    this.#change();
  };

  readonly fail = (error: unknown): void => {
    this.#state = { ended: true, error };
    this.#change();
  };

  /** Yields all results from the first one on. Then throws the error of `fail`, if any. */
  async *read(): AsyncGenerator<T, void, void> {
    for (let index = 0; ; index++) {
      while (index >= this.#results.length && !this.#state.ended) await this.#changed;
      if (index >= this.#results.length) break;
      yield this.#results[index] as T;
    }
    if ('error' in this.#state) throw this.#state.error;
  }

  #change(): void {
    const wake = this.#wake;
    this.#changed = this.#nextChange();
    wake();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
