/** The steps that remain once an output is written. */
import type { OutputPlan } from '../outputs/OutputPlan.js';
import type { NextStep } from '../reports/steps/NextStep.js';
import { nextSteps } from '../reports/steps/nextSteps.js';
import type { CarriedOver } from './carryOver.js';
import { describeTarget } from './describeTarget.js';
import type { UpgradePlan } from './planUpgrade.js';

export function stepsAfter(
  plan: UpgradePlan,
  output: OutputPlan,
  { files, tables, repositoriesTop }: CarriedOver,
  afterRestoreSql: string | null,
): NextStep[] {
  const { target, engine, rows, config } = plan;
  return nextSteps({
    output: output.name,
    target: describeTarget(target),
    maxLineBytes: target.restore.maxLineBytes,
    engine,
    afterRestoreSql,
    format: output.format,
    sql: output.sql ?? (output.format === 'sql' ? output.name : null),
    filesOnly: rows.tablesGoTo === 'nowhere',
    exact: rows.exact,
    facts: config.facts,
    hasConfig: config.exists,
    files,
    repositoriesTop,
    tables,
    composeFile: output.composeFile ?? null,
    layout: plan.layout,
  });
}
