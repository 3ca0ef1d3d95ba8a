/** Webhooks to hosts of the local network, which Gogs refuses to deliver to unless they are allowed. */

import { textOf } from '../../core/values.js';
import { hostOf, isBlockedHost } from '../../gogs/localAddresses.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';

export const LOCAL_WEBHOOK: Danger = {
  code: 'local-webhook',
  severity: 'warning',
  title: 'Webhooks go to the local network',
  consequence: 'Gogs does not deliver to local addresses that are not allowed: "implicitly blocked".',
  remedy: 'Allow the hosts: --set security.LOCAL_NETWORK_ALLOWLIST=HOST,HOST (or * for all).',
  needsHand: false,
  source: 'internal/db/webhook.go@v0.13.0: deliver; internal/netutil/netutil.go@v0.13.0; gogs issue 7051',
};

export const localWebhooks: StartCheck = ({ facts, names, notice }) => {
  // Without an app.ini nobody knows what the new server allows.
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
