/** The order of findings in every report. */
import type { Finding } from '../core/findings.js';

export interface SortedFindings {
  /** Findings that need a hand, regardless of severity. */
  readonly pressing: readonly Finding[];
  /** Other findings that should be checked. */
  readonly warnings: readonly Finding[];
  readonly infos: readonly Finding[];
}

export function sortFindings(findings: readonly Finding[]): SortedFindings {
  const others = findings.filter(({ needsHand }) => !needsHand);
  return {
    pressing: findings.filter(({ needsHand }) => needsHand),
    warnings: others.filter(({ severity }) => severity !== 'info'),
    infos: others.filter(({ severity }) => severity === 'info'),
  };
}

/** Leaves out the changes to app.ini, for reports that have a section for them. */
export const withoutSettings = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ code }) => code !== 'setting-renamed');
