/** The steps that remain once an output is written. */
import type { DatabaseAccess } from '../engines/DatabaseEngine.js';
import { accessOf } from '../gogs/settings/accessOf.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import type { NextStep } from '../reports/steps/NextStep.js';
import { nextSteps } from '../reports/steps/nextSteps.js';
import type { CarriedOver } from './carryOver.js';
import { describeTarget } from './describeTarget.js';
import type { UpgradePlan } from './planUpgrade.js';
import type { PreparedConfig } from './prepareConfig.js';

/** Nothing if app.ini has the values of another engine. */
const accessAfter = ({ facts, notices }: PreparedConfig): DatabaseAccess =>
  notices.some(({ code }) => code === 'other-engine') ? {} : accessOf(facts);

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
    access: accessAfter(config),
    hasConfig: config.exists,
    files,
    repositoriesTop,
    tables,
    composeFile: output.composeFile ?? null,
    layout: plan.layout,
  });
}
