/** Takes every table of an input to a sink, through the steps of each release. */

import type { Check } from '../checks/Check.js';
import type { ProgressMeter } from '../core/ProgressMeter.js';
import { CellKind, Row } from '../core/rows.js';
import { changesSince, type RowStep, stepsFor, tablesToIndex } from '../gogs/Migration.js';
import { tokenRedactor } from '../gogs/redactTokens.js';
import { rehearsalStep } from '../gogs/rehearsal.js';
import { schemaVersionSetter } from '../gogs/schemaVersions.js';
import { columnIndex, TABLES, type Table } from '../gogs/tables.js';
import type { Target } from '../gogs/targets.js';
import type { Source } from '../inputs/Source.js';
import type { Sink } from '../outputs/Sink.js';
import type { TableReport } from '../reports/TableReport.js';
import { indexReferences } from './indexReferences.js';
import { TableUpgrade } from './TableUpgrade.js';

export interface UpgradeTablesOptions {
  readonly source: Source;
  readonly sink: Sink;
  /** Schema version of the source. */
  readonly schema: number;
  readonly target: Target;
  /** Already started; who starts them also finishes them. */
  readonly checks: readonly Check[];
  readonly redactTokens: boolean;
  readonly rehearsal: boolean;
  readonly progress: ProgressMeter;
  readonly signal: AbortSignal | undefined;
}

/** Every table of the target gets its place, so that a restore leaves nothing of an earlier try behind. */
export async function upgradeTables(options: UpgradeTablesOptions): Promise<TableReport[]> {
  const { source, sink, schema, target, checks, redactTokens, rehearsal, progress, signal } = options;
  const ids = await indexReferences(source, tablesToIndex(changesSince(schema)), signal);
  const reports: TableReport[] = [];
  for (const table of TABLES) {
    signal?.throwIfAborted();
    const steps: (RowStep | undefined)[] = [
      ...stepsFor(table, schema, ids),
      schemaVersionSetter(table, target.schema),
      ...checks.map((check) => check.stepFor?.(table)),
      redactTokens ? tokenRedactor(table) : undefined,
      rehearsal ? rehearsalStep(table) : undefined,
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
    if (table.name === 'version' && flow.rowsOut === 0) flow.row(firstVersionRow(table, row));
    await sink.endTable();
    reports.push(flow.report());
  }
  return reports;
}

/** Without its row in table `version`, Gogs takes a database for a new one: internal/db/migrations/migrations.go@v0.13.0 */
function firstVersionRow(table: Table, row: Row): Row {
  row.clear();
  row.size = 0;
  row.cell(columnIndex(table, 'id')).set(CellKind.Number, Buffer.from('1'));
  return row;
}
