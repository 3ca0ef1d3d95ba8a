import type { Row } from '../../core/rows.js';
import { integerOf, textOf } from '../../core/values.js';
import { sha256Hex } from '../../gogs/sha256Hex.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { TableNotices } from './TableNotices.js';
import type { VerifyTablesOptions } from './VerifyTablesOptions.js';

type RowCheck = (row: Row) => void;
type Options = Pick<VerifyTablesOptions, 'target' | 'expectation'>;

/** What no database checks about the rows of a table. */
export function rowCheck(table: Table, options: Options, notices: TableNotices): RowCheck {
  if (table.name === 'access_token') return tokenCheck(table, options, notices);
  if (table.name === 'version') return versionCheck(table, options, notices);
  if (table.name === 'lfs_object') return () => undefined;
  return idCheck(table, notices);
}

function idCheck(table: Table, notices: TableNotices): RowCheck {
  const id = columnIndex(table, 'id');
  return (row) => {
    if (integerOf(row.cell(id)) === 0) notices.rowWithoutId(row);
  };
}

function tokenCheck(table: Table, { expectation }: Options, notices: TableNotices): RowCheck {
  const [sha1, sha256] = [columnIndex(table, 'sha1'), columnIndex(table, 'sha256')];
  return (row) => {
    // The upgrade carries such tokens over: if there is an input, the comparison shows any difference.
    if (expectation !== undefined) return;
    const token = textOf(row.cell(sha1)) ?? Buffer.alloc(0);
    const hash = textOf(row.cell(sha256))?.toString('latin1') ?? '';
    if (hash !== sha256Hex(token) && hash.slice(0, 40) !== token.toString('latin1')) notices.tokenHashMismatch(row);
  };
}

function versionCheck(table: Table, { target }: Options, notices: TableNotices): RowCheck {
  const [id, version] = [columnIndex(table, 'id'), columnIndex(table, 'version')];
  return (row) => {
    if (integerOf(row.cell(id)) === 1 && integerOf(row.cell(version)) !== target.schema) {
      notices.otherSchemaVersion(row);
    }
  };
}
