/** A step that has to be done by hand. */
import type { Situation } from './Situation.js';

/** A step that has to be done by hand. */
export interface NextStep {
  /** What to do, as an imperative. */
  readonly title: string;
  /** For the shell of the new server; words in capitals stand for values that only the administrator knows. */
  readonly command?: string;
  readonly why: string;
}

/** Builds a step, or returns undefined if it does not apply. */
export type Step = (situation: Situation) => NextStep | undefined;
