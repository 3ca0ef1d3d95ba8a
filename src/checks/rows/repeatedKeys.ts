/** Rows that give a column several values, which no release of Gogs writes. */
import type { Danger, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';

export const REPEATED_KEY: Danger = {
  code: 'repeated-key',
  severity: 'warning',
  title: 'Rows give a value several times',
  consequence:
    'One of them counts: the one under the key that the release of the backup reads, and of those the last, as it did on the old server. The others are left out.',
  remedy: 'Look at the rows named: something other than Gogs has changed them.',
  needsHand: true,
  source: 'github.com/json-iterator/go@v1.1.12, decoderOfStruct: a later member overwrites an earlier one',
};

export const repeatedKeys: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    const place = placeOf(table, names);
    return (row) => {
      for (const { key, kept } of row.repeats) {
        notice({ ...REPEATED_KEY, place: `${place(row)}: ${key === kept ? `${key} again` : `${key} beside ${kept}`}` });
      }
      return undefined;
    };
  },
});
