/** Merges findings that say the same of different tables, so that each explanation appears once. */
import type { Finding } from './findings.js';

/** Findings of one code whose consequence and remedy are the same: at least one. */
export type FindingGroup = readonly [Finding, ...Finding[]];

/** In the order of the first of each. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = [finding.code, finding.severity, finding.consequence, finding.remedy].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}
