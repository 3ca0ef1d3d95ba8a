/** Attachments whose file is not in the archive, and files without a row. */

import { danger } from '../../core/danger.js';
import { HashSet, hashText } from '../../core/HashSet.js';
import { textOf } from '../../core/values.js';
import { DATA } from '../../gogs/layout.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { isOutsideDatabase } from './isOutsideDatabase.js';
import { texts } from './texts.js';

const SOURCE = 'internal/db/attachment.go@v0.13.0: AttachmentLocalPath';

export const ATTACHMENT_WITHOUT_FILE = danger({
  code: 'attachment-without-file',
  severity: 'warning',
  words: () => texts().attachmentWithoutFile,
  needsHand: false,
  source: SOURCE,
});

export const FILE_WITHOUT_ATTACHMENT = danger({
  code: 'file-without-attachment',
  severity: 'info',
  words: () => texts().fileWithoutAttachment,
  needsHand: false,
  source: SOURCE,
});

const FOLDER = `${DATA}attachments/`;

/** `gogs-backup/data/attachments/7/f/7f6d…` → `7f6d…` */
const uuidOf = (name: string): string | undefined =>
  name.startsWith(FOLDER) && !name.endsWith('/') ? name.slice(name.lastIndexOf('/') + 1) : undefined;

export const attachments: StartCheck = ({ deep, names, notice, tables }) => {
  if (!deep || !tables.has('attachment')) return undefined;
  const files = new HashSet();
  const rows = new HashSet();
  let hasFiles = false;
  return {
    seeFile({ name }) {
      hasFiles ||= isOutsideDatabase(name);
      const uuid = uuidOf(name);
      if (uuid !== undefined) files.add(hashText(uuid));
    },
    stepFor(table) {
      if (table.name !== 'attachment') return undefined;
      const index = columnIndex(table, 'uuid');
      const place = placeOf(table, names);
      return (row) => {
        const uuid = hashText(textOf(row.cell(index))?.toString('latin1') ?? '');
        rows.add(uuid);
        if (hasFiles && !files.has(uuid) && !files.overflowed)
          notice({ ...ATTACHMENT_WITHOUT_FILE, place: place(row) });
        return undefined;
      };
    },
    judgeFile({ name }) {
      const uuid = uuidOf(name);
      if (uuid !== undefined && !rows.overflowed && !rows.has(hashText(uuid))) {
        notice({ ...FILE_WITHOUT_ATTACHMENT, place: JSON.stringify(name) });
      }
    },
  };
};
