/** What to do with an input, from the first thing to mend on the old server to the first start of the new one. */
import type { Finding } from '../core/findings.js';
import { groupFindings } from '../core/groupFindings.js';
import { DEFAULT_TARGET } from '../gogs/gogsHistory.js';
import type { NextStep } from '../reports/nextSteps.js';

export interface PlanParts {
  readonly input: string;
  readonly target: string;
  readonly canUpgrade: boolean;
  readonly findings: readonly Finding[];
  /** The steps after the upgrade. */
  readonly after: readonly NextStep[];
}

/** Findings whose remedy is one of the steps after the upgrade. */
const DEALT_WITH_LATER: ReadonlySet<string> = new Set(['long-row']);

export function inspectionPlan({ input, target, canUpgrade, findings, after }: PlanParts): NextStep[] {
  const first = findings.filter(({ code, needsHand }) => needsHand && !DEALT_WITH_LATER.has(code));
  const before = groupFindings(first).map(([{ title, consequence, remedy }]) => ({
    title,
    why: `${consequence} ${remedy}`,
  }));
  if (!canUpgrade) return before;
  const option = target === DEFAULT_TARGET ? '' : ` --to ${target}`;
  const upgrade = {
    title: `Upgrade the backup for Gogs ${target}`,
    command: `gogs-backup-upgrade ${quote(input)} OUTPUT.zip${option}`,
    why: 'It leaves the input as it is.',
  };
  return [...before, upgrade, ...after];
}

/** As a POSIX shell takes it for one word. */
const quote = (path: string): string =>
  path === 'standard input' ? '-' : /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
