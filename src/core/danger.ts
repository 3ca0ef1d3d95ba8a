/** A danger: a kind of finding, described once. */
import type { Finding } from './findings.js';

/** Everything there is to say about a danger except where it was found. */
export type Danger = Omit<Finding, 'count' | 'examples'>;

/** What a catalogue says of one danger. */
export interface DangerWords {
  readonly title: string;
  readonly consequence: string;
  readonly remedy: string;
}

type DangerFacts = Omit<Danger, keyof DangerWords> & { readonly words: () => DangerWords };

/** A danger whose words are looked up when they are read, in the language in use by then. */
export function danger({ words, ...facts }: DangerFacts): Danger {
  return {
    ...facts,
    get title() {
      return words().title;
    },
    get consequence() {
      return words().consequence;
    },
    get remedy() {
      return words().remedy;
    },
  };
}
