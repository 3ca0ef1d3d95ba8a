/** Keys and columns that no release of Gogs has. */
import { danger } from '../../core/danger.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const UNKNOWN_KEY = danger({
  code: 'unknown-column',
  severity: 'info',
  words: () => texts().unknownKey,
  needsHand: false,
  source: 'internal/db/backup.go@v0.13.0: the decoder passes over keys that are no field',
});

export const UNKNOWN_COLUMN = danger({
  code: 'unknown-column',
  severity: 'warning',
  words: () => texts().unknownColumn,
  needsHand: true,
  source: 'measured on the schemas that 0.13.0 and 0.14.3 create',
});

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
