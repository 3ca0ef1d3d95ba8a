/** Git LFS objects: a backup holds their rows, but never the files. */
import { formatCount } from '../../core/format.js';
import { integerOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';

export const LFS_OBJECTS: Danger = {
  code: 'lfs-objects',
  severity: 'warning',
  title: 'Git LFS objects are in no backup',
  consequence: 'Clones get "object does not exist" for these files until they are copied over.',
  remedy:
    'Copy the folder of [lfs] OBJECTS_PATH, data/lfs-objects by default, from the old server: OBJECTS_PATH/2/d/2d71…. From the folder of a server they came along as gogs-backup/data/lfs-objects, and a restore leaves them in the archive.',
  needsHand: false,
  source: 'internal/cmd/backup.go@v0.13.0; internal/lfsutil/storage.go@v0.13.0: storagePath',
};

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
      if (count > 0) notice({ ...LFS_OBJECTS, times: count, place: `${formatCount(bytes)} bytes in all` });
    },
  };
};
