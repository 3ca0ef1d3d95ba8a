/** Rows that give a column several values, which no release of Gogs writes. */
import { danger } from '../../core/danger.js';
import type { StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const REPEATED_KEY = danger({
  code: 'repeated-key',
  severity: 'warning',
  words: () => texts().repeatedKey,
  needsHand: true,
  source: 'github.com/json-iterator/go@v1.1.12, decoderOfStruct: a later member overwrites an earlier one',
});

export const repeatedKeys: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    const place = placeOf(table, names);
    return (row) => {
      for (const { key, kept } of row.repeats) {
        const at = { place: place(row), key };
        notice({ ...REPEATED_KEY, place: key === kept ? texts().keyAgain(at) : texts().keyBeside({ ...at, kept }) });
      }
      return undefined;
    };
  },
});
