/** Findings of an upgrade, collected by code with a count and the first places, so that memory stays bounded. */

import type { FindingCode } from './findingCodes.js';
import { maskCredentials } from './maskCredentials.js';

/** `error`: something is lost or fails unless someone acts. `warning`: look at it. `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** One kind of thing that was noticed. */
export interface Finding {
  /** Stable, for programs: `long-row`. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What was found, as one sentence without the places. */
  readonly title: string;
  /** What happens if nothing is done. */
  readonly consequence: string;
  /** What to do, or what the tool has done. */
  readonly remedy: string;
  /** True when a person has to act: `--strict` refuses then. */
  readonly needsHand: boolean;
  /** Where this is known from: a file of Gogs' source at a tag, or that it was measured. */
  readonly source: string;
  /** How often it was found. */
  readonly count: number;
  /** The first few places: `HookTask id 412: 71,204 bytes`. */
  readonly examples: readonly string[];
}

/** A finding at one place. A place that takes work to name is given as a function: only the first few are asked for. */
export type Notice = Omit<Finding, 'count' | 'examples'> & {
  readonly place?: string | (() => string);
  /** How many it stands for; 1 if not given. */
  readonly times?: number;
};

/** Whether an output with these findings can be used as it is: the rule of every command and report. */
export const isReady = (findings: readonly Pick<Finding, 'needsHand'>[]): boolean =>
  !findings.some(({ needsHand }) => needsHand);

const MAX_EXAMPLES = 5;

/** Gathers notices; those with the same code and title become one finding. */
export class Findings {
  readonly #byKey = new Map<string, { notice: Notice; count: number; examples: string[] }>();

  constructor(notices: readonly Notice[] = []) {
    for (const notice of notices) this.add(notice);
  }

  add(notice: Notice): void {
    const key = `${notice.code}\n${notice.title}`;
    let entry = this.#byKey.get(key);
    if (entry === undefined) {
      entry = { notice: { ...notice, title: maskCredentials(notice.title) }, count: 0, examples: [] };
      this.#byKey.set(key, entry);
    }
    entry.count += notice.times ?? 1;
    const { place } = notice;
    if (place !== undefined && entry.examples.length < MAX_EXAMPLES) {
      entry.examples.push(maskCredentials(typeof place === 'string' ? place : place()));
    }
  }

  /** Errors first, then warnings, then information; within each in the order in which they were first found. */
  list(): Finding[] {
    const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
    return [...this.#byKey.values()]
      .map(({ notice: { place: _, times: __, ...rest }, count, examples }) => ({ ...rest, count, examples }))
      .sort((a, b) => rank[a.severity] - rank[b.severity]);
  }

  get needsHand(): boolean {
    return [...this.#byKey.values()].some(({ notice }) => notice.needsHand);
  }
}
