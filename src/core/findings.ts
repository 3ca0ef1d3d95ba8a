/** Findings of an upgrade, grouped by code with a count and the first places, so that memory stays bounded. */

import type { FindingCode } from './findingCodes.js';
import { maskCredentials } from './maskCredentials.js';

/** `error`: something is lost or fails unless someone acts. `warning`: check it. `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** One kind of problem or fact that was found. */
export interface Finding {
  /** A stable code for programs: `long-row`. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What was found, as one sentence without places. */
  readonly title: string;
  /** What happens if nothing is done. */
  readonly consequence: string;
  /** What to do, or what the tool did. */
  readonly remedy: string;
  /** True if a person has to act: `--strict` then refuses. */
  readonly needsHand: boolean;
  /** Where this is known from: a file of Gogs' source at a tag, or a measurement. */
  readonly source: string;
  /** How often it was found. */
  readonly count: number;
  /** The first few places: `HookTask id 412: 71,204 bytes`. */
  readonly examples: readonly string[];
}

/** A finding at one place. A place that is costly to name is given as a function, which is called only for the first few. */
export type Notice = Omit<Finding, 'count' | 'examples'> & {
  readonly place?: string | (() => string);
  /** How many occurrences it stands for; 1 by default. */
  readonly times?: number;
};

/** Whether an output with these findings is ready to use: the one rule for all commands and reports. */
export const isReady = (findings: readonly Pick<Finding, 'needsHand'>[]): boolean =>
  !findings.some(({ needsHand }) => needsHand);

const MAX_EXAMPLES = 5;

/** Collects notices; those with the same code and title become one finding. */
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
