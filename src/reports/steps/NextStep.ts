/** One thing that is left to do by hand. */
import type { Situation } from './Situation.js';

export interface NextStep {
  /** What to do, as an imperative. */
  readonly title: string;
  /** For the shell of the new server; words in capitals stand for what only the administrator knows. */
  readonly command?: string;
  readonly why: string;
}

/** A step, or undefined where it does not apply. */
export type Step = (situation: Situation) => NextStep | undefined;
