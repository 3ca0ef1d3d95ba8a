/** Stores tokens like new tokens of 0.13, so that the archive contains no usable token. */
import { CellKind, type Row } from '../core/rows.js';
import { textOf } from '../core/values.js';
import { sha256Hex } from './sha256Hex.js';
import { columnIndex, type Table } from './tables.js';

/** `sha1` becomes the first 40 digits of `sha256`: internal/db/access_tokens.go@v0.13.0. Rows must have their `sha256`. */
export function tokenRedactor(table: Table): ((row: Row) => undefined) | undefined {
  if (table.name !== 'access_token') return undefined;
  const [sha1, sha256] = [columnIndex(table, 'sha1'), columnIndex(table, 'sha256')];
  return (row) => {
    const [token, hash] = [textOf(row.cell(sha1)), textOf(row.cell(sha256))];
    if (token !== undefined && hash !== undefined && hash.toString('latin1') === sha256Hex(token)) {
      row.cell(sha1).set(CellKind.Text, hash, 0, 40);
    }
    return undefined;
  };
}
