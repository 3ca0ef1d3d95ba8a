/** The steps for an input, from the first repair on the old server to the first start of the new one. */
import type { Finding } from '../core/findings.js';
import { shellWord } from '../core/shellWord.js';
import { standardInput } from '../core/standardInput.js';
import { DEFAULT_TARGET } from '../gogs/gogsHistory.js';
import { findingSteps } from '../reports/steps/findingSteps.js';
import type { NextStep } from '../reports/steps/NextStep.js';
import { texts } from './texts.js';

export interface PlanParts {
  readonly input: string;
  readonly target: string;
  readonly canUpgrade: boolean;
  /** False if the target can restore the input as it is. */
  readonly needsUpgrade: boolean;
  readonly findings: readonly Finding[];
  /** The steps after the upgrade. */
  readonly after: readonly NextStep[];
}

/** Commands are for this machine; those after the upgrade are for the new server. */
export function inspectionPlan({ input, target, canUpgrade, needsUpgrade, findings, after }: PlanParts): NextStep[] {
  const before = findingSteps(findings);
  if (!canUpgrade) return before;
  const path =
    input === standardInput() ? '-' : shellWord(process.platform === 'win32' ? 'powershell' : 'posix', input);
  const option = target === DEFAULT_TARGET ? '' : ` --to ${target}`;
  const now = needsUpgrade
    ? {
        title: texts().upgrade({ target }),
        command: `gogs-backup-upgrade ${path} OUTPUT.zip${option}`,
        why: texts().leavesInput,
      }
    : {
        title: texts().prove({ target }),
        command: `gogs-backup-upgrade verify ${path}`,
        why: texts().nothingToUpgrade({ target }),
      };
  return [...before, now, ...after];
}
