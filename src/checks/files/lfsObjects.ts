/** Git LFS objects: a backup holds their rows, but never the files. */
import { danger } from '../../core/danger.js';
import { formatBytes } from '../../core/format.js';
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

/** The input was a server folder. */
export const LFS_OBJECTS_INSIDE = danger({
  code: 'lfs-objects',
  severity: 'warning',
  words: () => texts().lfsObjectsInside,
  needsHand: false,
  source: 'internal/cmd/restore.go@v0.13.0',
});

export const lfsObjects: StartCheck = ({ files, format, notice }) => {
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
      const isInside = files.has('data/lfs-objects');
      // In a server folder they are in their place.
      if (count === 0 || (isInside && format === 'files')) return;
      const found = isInside ? LFS_OBJECTS_INSIDE : LFS_OBJECTS;
      notice({ ...found, times: count, place: texts().sizeInAll({ size: formatBytes(bytes) }) });
    },
  };
};
