/** Groups findings that differ only in their table, so that each explanation appears once. */
import type { Finding } from './findings.js';

/** Findings of one code with the same consequence and remedy; at least one. */
export type FindingGroup = readonly [Finding, ...Finding[]];

/** Groups are in the order of their first findings. */
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
