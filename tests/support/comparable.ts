/** Makes our rows and Gogs' own comparable: two differences are intended. */
import type { JsonRow } from './readBackup.js';

/**
 * Gogs deletes the webhooks of organizations from before 0.11.91, and we keep them. The text of a login source's configuration
 * differs in spacing and order, so it is compared by content, limited to our keys.
 */
export function comparable(
  ours: Record<string, JsonRow[]>,
  gogs: Record<string, JsonRow[]>,
): [Record<string, JsonRow[]>, Record<string, JsonRow[]>] {
  const theirHooks = new Set(gogs['Webhook.json']?.map((row) => row['ID']));
  const isKept = (row: JsonRow): boolean => row['RepoID'] === 0 && row['OrgID'] !== 0 && !theirHooks.has(row['ID']);
  const hooks = ours['Webhook.json']?.filter((row) => !isKept(row)) ?? [];
  const keysOfOurs = new Map(ours['LoginSource.json']?.map((row) => [row['ID'], configOf(row)]));
  return [
    { ...ours, 'Webhook.json': hooks, 'LoginSource.json': (ours['LoginSource.json'] ?? []).map(withConfig) },
    {
      ...gogs,
      'LoginSource.json': (gogs['LoginSource.json'] ?? []).map((row) => {
        const config = configOf(row);
        const own = keysOfOurs.get(row['ID']) ?? {};
        const shared = Object.fromEntries(Object.keys(own).map((key) => [key, key in config ? config[key] : own[key]]));
        return { ...row, RawConfig: shared };
      }),
    },
  ];
}

const configOf = (row: JsonRow): JsonRow => JSON.parse(String(row['RawConfig'])) as JsonRow;
const withConfig = (row: JsonRow): JsonRow => ({ ...row, RawConfig: configOf(row) });
