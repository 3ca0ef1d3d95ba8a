/** Handles rows that are longer than a restore reads. */
import type { Notice } from '../core/findings.js';
import { shortenEscapes } from '../core/jsonText.js';
import type { Row } from '../core/rows.js';
import type { JsonLinesWriter } from '../formats/json/JsonLinesWriter.js';
import type { Table } from '../gogs/tables.js';
import { texts } from './texts.js';

export interface LongLineContext {
  readonly table: Table;
  readonly row: Row;
  readonly notice: (notice: Notice) => void;
  readonly placeOf: (table: Table, row: Row) => string;
  /** The longest line that a restore of the target reads. */
  readonly maxLineBytes: number;
}

/**
 * Rewrites the last line, of `length` bytes, in its shortest form if it is longer than a restore reads. If it is still too
 * long, removes it from the lines, reports it and returns it: it must be written last, because Gogs stops reading the table
 * there.
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

/** `bytes`: length of the row's line with its newline, in its shortest spelling. */
function longRow({ table, row, placeOf, maxLineBytes }: LongLineContext, bytes: number): Notice {
  const words = texts().longRow;
  return {
    code: 'long-row',
    severity: 'warning',
    title: words.title({ table: table.type }),
    consequence: words.consequence({ bytes: maxLineBytes }),
    remedy: words.remedy,
    needsHand: true,
    source: 'internal/db/backup.go@v0.13.0: the error of bufio.Scanner is never read; measured',
    place: texts().rowOfBytes({ row: placeOf(table, row), bytes }),
  };
}
