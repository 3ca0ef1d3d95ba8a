/** Git LFS objects: a backup holds their rows, but never the files. */
import { danger } from '../../core/danger.js';
import { integerOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const LFS_OBJECTS = danger({
  code: 'lfs-objects',
  severity: 'warning',
  words: () => texts().lfsObjects,
  needsHand: false,
  source: 'internal/cmd/backup.go@v0.13.0; internal/lfsutil/storage.go@v0.13.0: storagePath',
});

export const lfsObjects: StartCheck = ({ notice }) => {
  let count = 0;
  let bytes = 0;
  return {
    stepFor(table) {
      if (table.name !== 'lfs_object') return undefined;
      const size = columnIndex(table, 'size');
      return (row) => {
        count++;
        bytes += integerOf(row.cell(size)) ?? 0;
        return undefined;
      };
    },
    finish() {
      if (count > 0) notice({ ...LFS_OBJECTS, times: count, place: texts().bytesInAll({ bytes }) });
    },
  };
};
