/** A danger: a kind of finding, described once. */
import type { Finding } from './findings.js';

/** All information about a danger except where it was found. */
export type Danger = Omit<Finding, 'count' | 'examples'>;

/** The texts of one danger in a catalogue. */
export interface DangerWords {
  readonly title: string;
  readonly consequence: string;
  readonly remedy: string;
}

type DangerFacts = Omit<Danger, keyof DangerWords> & { readonly words: () => DangerWords };

/** A danger whose texts are looked up when they are read, in the language then in use. */
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
