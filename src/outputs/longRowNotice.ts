/** Says that a row is longer than a restore reads. */
import type { Notice } from '../core/findings.js';
import type { Row } from '../core/rows.js';
import { integerOf } from '../core/values.js';
import { columnIndex, type Table } from '../gogs/tables.js';
import { MAX_RESTORED_LINE } from '../gogs/targets.js';

/** @param bytes length of the row's line with its newline, in its shortest spelling */
export function longRowNotice(table: Table, row: Row, bytes: number): Notice {
  const id = table.columns.some(({ name }) => name === 'id')
    ? `id ${integerOf(row.cell(columnIndex(table, 'id'))) ?? '?'}`
    : `line ${row.line}`;
  return {
    code: 'long-row',
    severity: 'error',
    title: `Rows of ${table.type} are longer than a restore reads`,
    consequence: `gogs restore stops reading a table at a line over ${MAX_RESTORED_LINE} bytes, without a word.`,
    remedy:
      'They stand at the end of their table, so that no other row is lost, and in the SQL to load after the restore.',
    needsHand: true,
    source: 'internal/db/backup.go@v0.13.0: the error of bufio.Scanner is never read; measured',
    place: `${table.type} ${id}: ${bytes} bytes`,
  };
}
