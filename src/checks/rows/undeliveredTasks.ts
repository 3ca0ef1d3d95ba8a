/** Webhook deliveries that wait: the server sends them when it starts. */

import { toBoolean } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';

export const UNDELIVERED_TASK: Danger = {
  code: 'undelivered-task',
  severity: 'warning',
  title: 'Webhook deliveries are waiting',
  consequence:
    'The new server sends them all at its first start, however old they are: builds and messages go out again.',
  remedy: 'Start the new server without a network if they must not go out, or on a test server use --rehearsal.',
  needsHand: false,
  source: 'internal/db/webhook.go@v0.13.0: DeliverHooks',
};

export const undeliveredTasks: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    if (table.name !== 'hook_task') return undefined;
    const delivered = columnIndex(table, 'is_delivered');
    const place = placeOf(table, names);
    return (row) => {
      if (toBoolean(row.cell(delivered)) === false) notice({ ...UNDELIVERED_TASK, place: place(row) });
      return undefined;
    };
  },
});
