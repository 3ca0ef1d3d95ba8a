/** Counts, by kind, the files that a batch skips. */
import type { PassedOver } from '../reports/BatchReport.js';

const MOST_EXAMPLES = 5;

export class PassedOverFiles {
  readonly #kinds = new Map<string, { count: number; examples: string[] }>();

  readonly add = (path: string, kind: string): void => {
    const found = this.#kinds.get(kind) ?? { count: 0, examples: [] };
    this.#kinds.set(kind, found);
    found.count++;
    if (found.examples.length < MOST_EXAMPLES) found.examples.push(path);
  };

  /** The most frequent first. */
  list(): PassedOver[] {
    return [...this.#kinds]
      .map(([kind, { count, examples }]) => ({ kind, count, examples }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
  }
}
