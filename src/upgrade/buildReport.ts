/** Puts together what an upgrade did. */

import { TOOL } from '../core/tool.js';
import type { Written } from '../outputs/Destination.js';
import type { NextStep } from '../reports/nextSteps.js';
import type { TableReport } from '../reports/TableReport.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import type { UpgradePlan } from './planUpgrade.js';

export interface Outcome {
  readonly tables: readonly TableReport[];
  readonly steps: readonly NextStep[];
  readonly afterRestoreSql: string | null;
  readonly verified: VerifyReport | undefined;
  readonly checklist: string | undefined;
  readonly milliseconds: number;
}

export function buildReport(plan: UpgradePlan, written: Written, outcome: Outcome): UpgradeReport {
  const { source, outputName, target, engine, schema, settings, findings } = plan;
  const { tables, steps, afterRestoreSql, verified, checklist, milliseconds } = outcome;
  return {
    format: 1,
    tool: TOOL,
    input: {
      path: source.input,
      form: source.form,
      bytes: source.bytes,
      gogsVersion: source.gogsVersion ?? null,
      schemaVersion: schema,
    },
    output: {
      path: outputName,
      format: plan.format,
      bytes: written.bytes,
      target: target.name,
      engine: engine ?? null,
      afterRestoreSql,
      nextSteps: checklist ?? null,
    },
    tables,
    settings,
    files: written.files,
    verification: verified ?? null,
    findings: findings.list(),
    nextSteps: steps,
    seconds: Math.round(milliseconds) / 1000,
  };
}
