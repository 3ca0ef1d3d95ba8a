/** Webhooks to hosts of the local network, which Gogs refuses to deliver to unless they are allowed. */

import { danger } from '../../core/danger.js';
import { textOf } from '../../core/values.js';
import { hostOf, isBlockedHost } from '../../gogs/isBlockedHost.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const LOCAL_WEBHOOK = danger({
  code: 'local-webhook',
  severity: 'warning',
  words: () => texts().localWebhook,
  needsHand: false,
  source: 'internal/db/webhook.go@v0.13.0: deliver; internal/netutil/netutil.go@v0.13.0; gogs issue 7051',
});

export const localWebhooks: StartCheck = ({ facts, names, notice }) => {
  // Without an app.ini, the allowed hosts are unknown.
  if (facts === undefined) return undefined;
  const allowlist = facts.localNetworkAllowlist ?? [];
  return {
    stepFor(table) {
      if (table.name !== 'webhook') return undefined;
      const url = columnIndex(table, 'url');
      const place = placeOf(table, names);
      return (row) => {
        const host = hostOf(textOf(row.cell(url))?.toString('utf8') ?? '');
        if (host !== undefined && isBlockedHost(host, allowlist))
          notice({ ...LOCAL_WEBHOOK, place: `${place(row)}: ${host}` });
        return undefined;
      };
    },
  };
};
