/** Mirrors: a restore loses their schedule, so all of them sync at once. */
import { danger } from '../../core/danger.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const MIRRORS_AT_ONCE = danger({
  code: 'mirrors-at-once',
  severity: 'info',
  words: () => texts().mirrorsAtOnce,
  needsHand: false,
  source: 'internal/db/mirror.go@v0.13.0: BeforeInsert, MirrorUpdate; measured',
});

export const mirrorsAtOnce: StartCheck = ({ tablesGoTo, exact, notice }) => {
  if (tablesGoTo !== 'zip' || exact) return undefined;
  let mirrors = 0;
  return {
    stepFor(table) {
      if (table.name !== 'mirror') return undefined;
      return () => {
        mirrors++;
        return undefined;
      };
    },
    finish() {
      if (mirrors > 0) notice({ ...MIRRORS_AT_ONCE, times: mirrors });
    },
  };
};
