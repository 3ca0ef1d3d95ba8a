/** Finds the rows that are longer than a restore reads. */
import type { Notice } from '../core/findings.js';
import { formatCount, plural } from '../core/format.js';
import { shortenEscapes } from '../core/jsonText.js';
import type { Row } from '../core/rows.js';
import type { JsonLinesWriter } from '../formats/json/JsonLinesWriter.js';
import type { Table } from '../gogs/tables.js';

export interface LongLineContext {
  readonly table: Table;
  readonly row: Row;
  readonly notice: (notice: Notice) => void;
  readonly placeOf: (table: Table, row: Row) => string;
  /** The longest line that a restore of the target reads. */
  readonly maxLineBytes: number;
}

/**
 * Rewrites the last line, of `length` bytes, in its shortest spelling if it is longer than a restore reads. If it still is, takes
 * it out of the lines, reports it and returns it: it must go last, because Gogs stops reading a table there.
 */
export function takeLongLine(lines: JsonLinesWriter, length: number, of: LongLineContext): Buffer | undefined {
  const { maxLineBytes } = of;
  if (length <= maxLineBytes) return undefined;
  const short = shortenEscapes(lines.takeBack(length));
  if (short.length > maxLineBytes) {
    of.notice(longRow(of, short.length));
    return short;
  }
  lines.append(short);
  return undefined;
}

/** @param bytes length of the row's line with its newline, in its shortest spelling */
function longRow({ table, row, placeOf, maxLineBytes }: LongLineContext, bytes: number): Notice {
  return {
    code: 'long-row',
    severity: 'warning',
    title: `Rows of ${table.type} are longer than a restore reads`,
    consequence: `gogs restore stops reading a table at a line over ${formatCount(maxLineBytes)} bytes, without a word.`,
    remedy:
      'They stand at the end of their table, so that no other row is lost, and in the SQL to load after the restore.',
    needsHand: true,
    source: 'internal/db/backup.go@v0.13.0: the error of bufio.Scanner is never read; measured',
    place: `${placeOf(table, row)}: ${plural(bytes, 'byte')}`,
  };
}
