/** Webhook deliveries that wait: the server sends them when it starts. */

import { toBoolean } from '../../core/coerce.js';
import { danger } from '../../core/danger.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const UNDELIVERED_TASK = danger({
  code: 'undelivered-task',
  severity: 'warning',
  words: () => texts().undeliveredTask,
  needsHand: false,
  source: 'internal/db/webhook.go@v0.13.0: DeliverHooks',
});

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
