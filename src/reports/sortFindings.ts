/** The order in which every report tells findings. */
import type { Finding } from '../core/findings.js';

export interface SortedFindings {
  /** Those that need a hand, whatever their severity. */
  readonly pressing: readonly Finding[];
  /** What else is to be looked at. */
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

/** Without what became of app.ini, where that has a section of its own. */
export const withoutSettings = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ code }) => code !== 'setting-renamed');
