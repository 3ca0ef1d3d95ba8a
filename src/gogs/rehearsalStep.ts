/** Changes an output for a test server so that it contacts no other system. */
import { CellKind, type Row } from '../core/rows.js';
import { columnIndex, type Table } from './tables.js';

/** A value that every row of a table gets. */
interface HeldValue {
  readonly table: string;
  readonly column: string;
  readonly kind: CellKind;
  readonly digits?: string;
}

/** The year 9999: never due. */
const NEVER = '253402300799';

const HELD_VALUES: readonly HeldValue[] = [
  // internal/db/webhook.go@v0.13.0, prepareHookTasks: inactive webhooks create no tasks.
  { table: 'webhook', column: 'is_active', kind: CellKind.False },
  // internal/db/webhook.go@v0.13.0, DeliverHooks: sends undelivered tasks at the start, also those of inactive webhooks.
  { table: 'hook_task', column: 'is_delivered', kind: CellKind.True },
  // internal/db/mirror.go@v0.13.0, MirrorUpdate: syncs mirrors that are due. A restore loses the time, hence also the setting
  // below.
  { table: 'mirror', column: 'next_update_unix', kind: CellKind.Number, digits: NEVER },
];

/** Settings as `--set` takes them: conf/app.ini@v0.13.0 */
export const REHEARSAL_SETTINGS: readonly string[] = [
  // internal/cron/cron.go@v0.13.0
  'cron.update_mirrors.ENABLED=false',
  'cron.update_mirrors.RUN_AT_START=false',
  // internal/email/message.go@v0.13.0
  'email.ENABLED=false',
];

/** Changes the rows of one table; undefined for a table that needs no change. */
export function rehearsalStep(table: Table): ((row: Row) => undefined) | undefined {
  const held = HELD_VALUES.filter((value) => value.table === table.name).map(({ column, kind, digits = '' }) => ({
    index: columnIndex(table, column),
    kind,
    bytes: Buffer.from(digits),
  }));
  if (held.length === 0) return undefined;
  return (row) => {
    for (const { index, kind, bytes } of held) {
      const cell = row.cell(index);
      // Equal cells stay untouched, so unchanged rows are copied verbatim.
      if (cell.kind !== kind || kind === CellKind.Number) cell.set(kind, bytes);
    }
    return undefined;
  };
}
