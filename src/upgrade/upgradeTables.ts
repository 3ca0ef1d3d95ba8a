/** Sends every table of an input to a sink, through the steps of each release. */

import type { Check } from '../checks/Check.js';
import type { Notice } from '../core/findings.js';
import type { ProgressMeter } from '../core/ProgressMeter.js';
import { CellKind, Row } from '../core/rows.js';
import { rehearsalStep } from '../gogs/rehearsalStep.js';
import { schemaVersionSetter } from '../gogs/schemaVersionSetter.js';
import { type RowStep, stepsFor, tablesToIndex } from '../gogs/stepsFor.js';
import { columnIndex, type Table } from '../gogs/tables.js';
import { tokenRedactor } from '../gogs/tokenRedactor.js';
import type { SourceTable } from '../inputs/Source.js';
import type { Sink } from '../outputs/Sink.js';
import type { TableReport } from '../reports/TableReport.js';
import { indexReferences } from './indexReferences.js';
import type { UpgradePlan } from './planUpgrade.js';
import { restoreShapeStep } from './restoreShapeStep.js';
import { TableUpgrade } from './TableUpgrade.js';
import { texts } from './texts.js';

export interface UpgradeTablesOptions {
  readonly sink: Sink;
  /** Already started; the caller also finishes them. */
  readonly checks: readonly Check[];
  readonly progress: ProgressMeter;
  readonly notice: (notice: Notice) => void;
}

/** Begins every table of the target, also empty ones, so that a restore leaves no rows of an earlier attempt behind. */
export async function upgradeTables(plan: UpgradePlan, options: UpgradeTablesOptions): Promise<TableReport[]> {
  const { source, schema, target, rows, signal } = plan;
  const { sink, checks, progress, notice } = options;
  const ids = await indexReferences(source, tablesToIndex(target, schema), signal);
  const reports: TableReport[] = [];
  for (const table of target.tables) {
    signal?.throwIfAborted();
    const steps: (RowStep | undefined)[] = [
      ...stepsFor(target, table, schema, ids),
      schemaVersionSetter(table, target.schema),
      ...checks.map((check) => check.stepFor?.(table)),
      rows.redactTokens ? tokenRedactor(table) : undefined,
      rows.rehearsal ? rehearsalStep(table) : undefined,
      rows.tablesGoTo === 'zip' ? restoreShapeStep(table, target, notice) : undefined,
    ];
    const places = source.tables.filter((candidate) => candidate.table === table);
    const flow = new TableUpgrade({
      table,
      steps: steps.filter((step) => step !== undefined),
      sink: sink.beginTable(table, places.length === 1 ? places[0]?.original : undefined),
      release: target.firstRelease,
      onBytes: (bytes) => progress.add(table.name, bytes),
    });
    const row = new Row(table.columns.length);
    for (const from of places) await from.readRows(row, flow, signal);
    if (table.name === 'version' && flow.rowsOut === 0) flow.add(firstVersionRow(table, row));
    await sink.endTable();
    reports.push(flow.report());
  }
  for (const from of source.tables.filter(({ table }) => !target.tables.includes(table))) {
    reports.push(await countLeftOut(from, texts().noSuchTable({ release: target.name }), signal));
  }
  return reports;
}

/** Counts the rows of a table that the target does not have. */
async function countLeftOut(from: SourceTable, reason: string, signal?: AbortSignal): Promise<TableReport> {
  let rowsIn = 0;
  const counter = { row: (): void => void rowsIn++ };
  const { table } = from;
  await from.readRows(new Row(table.columns.length), counter, signal);
  return {
    table: table.name,
    type: table.type,
    rowsIn,
    rowsAdded: 0,
    rowsOut: 0,
    leftOut: { [reason]: rowsIn },
    changes: [],
  };
}

/** Without its row in table `version`, Gogs treats a database as new: internal/db/migrations/migrations.go@v0.13.0 */
function firstVersionRow(table: Table, row: Row): Row {
  row.clear();
  row.size = 0;
  row.cell(columnIndex(table, 'id')).set(CellKind.Number, Buffer.from('1'));
  return row;
}
