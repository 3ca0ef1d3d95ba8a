/** Builds the report of an upgrade. */
import { type Findings, isReady } from '../core/findings.js';
import { TOOL } from '../core/tool.js';
import type { Written } from '../outputs/Destination.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import type { NextStep } from '../reports/steps/NextStep.js';
import type { TableReport } from '../reports/TableReport.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import { describeInput } from './describeInput.js';
import type { UpgradePlan } from './planUpgrade.js';

/** The result of carrying out a plan. */
export interface UpgradeResult {
  readonly written: Written;
  readonly tables: readonly TableReport[];
  readonly findings: Findings;
  readonly steps: readonly NextStep[];
  readonly afterRestoreSql: string | null;
  readonly verified: VerifyReport | undefined;
  readonly checklist: string | undefined;
  readonly milliseconds: number;
}

export function buildReport(plan: UpgradePlan, output: OutputPlan, result: UpgradeResult): UpgradeReport {
  const { written, afterRestoreSql, checklist } = result;
  return {
    reportVersion: 1,
    tool: TOOL,
    input: describeInput(plan),
    output: {
      path: output.name,
      format: output.format,
      bytes: written.bytes,
      target: plan.target.name,
      engine: plan.engine ?? null,
      afterRestoreSql,
      nextSteps: checklist ?? null,
    },
    tables: result.tables,
    settings: plan.config.settings,
    files: written.files,
    verification: result.verified ?? null,
    ready: isReady(result.findings.list()),
    findings: result.findings.list(),
    nextSteps: result.steps,
    seconds: Math.round(result.milliseconds) / 1000,
  };
}
