/** Keys and columns that no release of Gogs has. */
import type { Danger, StartCheck } from '../Check.js';

export const UNKNOWN_KEY: Danger = {
  code: 'unknown-column',
  severity: 'info',
  title: 'Keys that no release of Gogs writes',
  consequence: 'A restore ignores them.',
  remedy: 'They are kept in the rows. They come from a modified Gogs, or from a newer one.',
  needsHand: false,
  source: 'internal/db/backup.go@v0.13.0: the decoder passes over keys that are no field',
};

export const UNKNOWN_COLUMN: Danger = {
  code: 'unknown-column',
  severity: 'warning',
  title: 'Columns that Gogs does not have',
  consequence: 'The schema of the target has no place for them.',
  remedy: 'They are left out of SQL; JSON and CSV keep them.',
  needsHand: true,
  source: 'measured on the schemas that 0.13.0 and 0.14.3 create',
};

export const unknownColumns: StartCheck = ({ tablesGoTo, notice }) => {
  // A CSV file has a column for each of them.
  if (tablesGoTo === 'csv') return undefined;
  const danger = tablesGoTo === 'sql' ? UNKNOWN_COLUMN : UNKNOWN_KEY;
  return {
    stepFor(table) {
      const seen = new Set<string>();
      return ({ extras }) => {
        for (const { name } of extras) {
          if (seen.has(name)) continue;
          seen.add(name);
          notice({ ...danger, place: `${tablesGoTo === 'sql' ? table.name : table.type}.${name}` });
        }
        return undefined;
      };
    },
  };
};
