/** Mirrors: a restore forgets when each is due, so all of them sync at once. */
import type { Danger, StartCheck } from '../Check.js';

export const MIRRORS_AT_ONCE: Danger = {
  code: 'mirrors-at-once',
  severity: 'info',
  title: 'Mirrors sync all at once after the restore',
  consequence:
    'gogs restore sets the time of the next sync of every mirror to the year 1, so all are due within ten minutes.',
  remedy:
    'With many mirrors set [cron.update_mirrors] ENABLED = false for the first start, or set mirror.next_update_unix anew.',
  needsHand: false,
  source: 'internal/db/mirror.go@v0.13.0: BeforeInsert, MirrorUpdate; measured',
};

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
