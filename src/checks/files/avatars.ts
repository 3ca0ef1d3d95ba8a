/** Avatars of users and repositories that are missing in the archive, and avatars without an owner. */

import { toBoolean } from '../../core/coerce.js';
import { danger } from '../../core/danger.js';
import { IdSet } from '../../core/IdSet.js';
import { integerOf } from '../../core/values.js';
import { DATA } from '../../gogs/layout.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { isOutsideDatabase } from './isOutsideDatabase.js';
import { texts } from './texts.js';

const SOURCE = 'internal/userutil/userutil.go@v0.13.0, internal/db/repo.go@v0.13.0: CustomAvatarPath';

export const AVATAR_WITHOUT_FILE = danger({
  code: 'avatar-without-file',
  severity: 'warning',
  words: () => texts().avatarWithoutFile,
  needsHand: false,
  source: SOURCE,
});

export const FILE_WITHOUT_OWNER = danger({
  code: 'avatar-without-owner',
  severity: 'info',
  words: () => texts().avatarWithoutOwner,
  needsHand: false,
  source: SOURCE,
});

const FOLDERS = [
  { table: 'user', folder: `${DATA}avatars/` },
  { table: 'repository', folder: `${DATA}repo-avatars/` },
] as const;

export const avatars: StartCheck = (context) => {
  if (!context.deep) return undefined;
  const kinds = FOLDERS.filter(({ table }) => context.tables.has(table)).map((kind) => ({
    ...kind,
    files: new IdSet(),
    rows: new IdSet(),
  }));
  const archive = { hasFiles: false };
  return {
    seeFile({ name }) {
      archive.hasFiles ||= isOutsideDatabase(name);
      for (const { folder, files } of kinds) {
        const id = idOf(name, folder);
        if (id !== undefined) files.add(id);
      }
    },
    stepFor(table) {
      const kind = kinds.find((candidate) => candidate.table === table.name);
      return kind === undefined ? undefined : stepFor(table, { ...kind, archive }, context);
    },
    judgeFile({ name }) {
      for (const { folder, rows } of kinds) {
        const id = idOf(name, folder);
        if (id !== undefined && !rows.has(id)) context.notice({ ...FILE_WITHOUT_OWNER, place: JSON.stringify(name) });
      }
    },
  };
};

/** Files are named by id; longer names were not written by Gogs. */
function idOf(name: string, folder: string): number | undefined {
  const file = name.startsWith(folder) ? name.slice(folder.length) : '';
  return /^\d{1,9}$/.test(file) ? Number(file) : undefined;
}

interface Kind {
  readonly files: IdSet;
  readonly rows: IdSet;
  readonly archive: { readonly hasFiles: boolean };
}

function stepFor(table: Table, { files, rows, archive }: Kind, { names, notice }: CheckContext): RowStep {
  const [id, chosen] = [columnIndex(table, 'id'), columnIndex(table, 'use_custom_avatar')];
  const place = placeOf(table, names);
  return (row) => {
    const value = integerOf(row.cell(id));
    if (value === undefined || value < 0 || value > 999_999_999) return undefined;
    rows.add(value);
    if (archive.hasFiles && toBoolean(row.cell(chosen)) === true && !files.has(value)) {
      notice({ ...AVATAR_WITHOUT_FILE, place: place(row) });
    }
    return undefined;
  };
}
