/** Values that Gogs derives from columns and writes into its backups; no other format contains them. */
import { CellKind, type Row } from '../../core/rows.js';
import { textOf } from '../../core/values.js';
import { columnIndex, type Table } from '../tables.js';

/** Fills the derived cells of a row that lack a value; undefined for a table that has none. */
export function derivedValuesOf(table: Table): ((row: Row) => void) | undefined {
  switch (table.name) {
    case 'webhook':
      return deriveWebhook(table);
    case 'login_source': {
      // Always null in a backup; anything else aborts a restore: internal/db/login_sources.go@v0.13.0
      const provider = columnIndex(table, 'Provider');
      return (row) => row.cell(provider).kind === CellKind.Null || row.cell(provider).set(CellKind.Null);
    }
    default:
      return undefined;
  }
}

const FLAGS = ['push_only', 'send_everything', 'choose_events'];
const EVENTS = ['create', 'delete', 'fork', 'push', 'issues', 'pull_request', 'issue_comment', 'release'];

/** internal/db/webhook.go@v0.13.0: HookEvent, AfterSet */
function deriveWebhook(table: Table): (row: Row) => void {
  const source = columnIndex(table, 'events');
  const flags = FLAGS.map((name) => ({ name, index: columnIndex(table, name) }));
  const events = columnIndex(table, 'events object');
  return (row) => {
    const missing = (index: number): boolean => row.cell(index).kind === CellKind.Missing;
    if (!missing(events) && !flags.some(({ index }) => missing(index))) return;
    const event = parseObject(textOf(row.cell(source)));
    for (const { name, index } of flags) row.cell(index).set(event[name] === true ? CellKind.True : CellKind.False);
    const chosen = event['events'];
    const choice = typeof chosen === 'object' && chosen !== null ? (chosen as Record<string, unknown>) : {};
    const json = JSON.stringify(Object.fromEntries(EVENTS.map((name) => [name, choice[name] === true])));
    row.cell(events).set(CellKind.Json, Buffer.from(json));
  };
}

/** Anything but a JSON object counts as `{}`, as in Gogs. */
function parseObject(text: Buffer | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text?.toString('utf8') ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
