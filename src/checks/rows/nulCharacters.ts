/** NUL characters, which PostgreSQL cannot store, and which the restore of some tables removes on every engine. */

import { danger } from '../../core/danger.js';
import { everyTextSpan } from '../../core/everyTextSpan.js';
import { clauses } from '../../core/language.js';
import { type Cell, CellKind } from '../../core/rows.js';
import { engineNamed } from '../../engines/engineNamed.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import type { Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

const SOURCE = 'internal/db/backup.go@v0.13.0: importTable strips \\u0000, importLegacyTables does not; measured';

export const NUL_TAKEN_OUT = danger({
  code: 'nul-taken-out',
  severity: 'warning',
  words: () => texts().nulTakenOut,
  needsHand: false,
  source: SOURCE,
});

export const NUL_CHARACTER = danger({
  code: 'nul-character',
  severity: 'info',
  words: () => texts().nulCharacter,
  needsHand: false,
  source: SOURCE,
});

export const nulCharacters: StartCheck = (context) => {
  const removesNul = context.engine !== undefined && !engineNamed(context.engine).values.takesNul;
  if (!removesNul && !context.deep) return undefined;
  return { stepFor: (table) => stepFor(table, context, removesNul) };
};

function stepFor(
  table: Table,
  { tablesGoTo, target, names, notice }: CheckContext,
  removesNul: boolean,
): RowStep | undefined {
  // The restore itself removes them from these tables.
  const danger =
    removesNul && !(tablesGoTo === 'zip' && target.restore.gormTables.has(table.name)) ? NUL_TAKEN_OUT : NUL_CHARACTER;
  const texts = table.columns.flatMap(({ kind, derived }, index) => (kind === 'text' && !derived ? [index] : []));
  if (texts.length === 0) return undefined;
  const place = placeOf(table, names);
  return (row) => {
    if (everyTextSpan(row.cells, lacksNul)) return undefined;
    for (const index of texts) {
      const cell = row.cell(index);
      if (!hasNul(cell)) continue;
      if (danger === NUL_TAKEN_OUT) removeNul(cell);
      notice({ ...danger, place: clauses([place(row), table.columns[index]?.name ?? '']) });
    }
    return undefined;
  };
}

const ESCAPED = Buffer.from('\\u0000');
const BACKSLASH = 0x5c;
/** Below this length a loop is faster than a native call. */
const SHORT = 48;

const lacksNul = (span: Buffer): boolean => !span.includes(0) && !span.includes(ESCAPED);

function hasNul({ kind, bytes, start, end }: Cell): boolean {
  if (kind === CellKind.JsonText) {
    if (end - start < ESCAPED.length || (end - start < SHORT && !holds(bytes, start, end, BACKSLASH))) return false;
    return nextEscapedNul(bytes.subarray(start, end), 0) >= 0;
  }
  if (kind !== CellKind.Text) return false;
  return end - start < SHORT ? holds(bytes, start, end, 0) : bytes.subarray(start, end).includes(0);
}

function holds(bytes: Buffer, start: number, end: number, wanted: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === wanted) return true;
  return false;
}

/** The position of a `\u0000` whose backslash is not itself escaped; -1 if there is none. */
function nextEscapedNul(literal: Buffer, from: number): number {
  for (let at = literal.indexOf(ESCAPED, from); at >= 0; at = literal.indexOf(ESCAPED, at + 1)) {
    let backslashes = 0;
    while (literal[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

function removeNul(cell: Cell): void {
  const { kind, bytes, start, end } = cell;
  const value = bytes.subarray(start, end);
  if (kind === CellKind.Text) {
    cell.set(CellKind.Text, Buffer.from(value.filter((byte) => byte !== 0)));
    return;
  }
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = nextEscapedNul(value, 0); at >= 0; at = nextEscapedNul(value, from)) {
    parts.push(value.subarray(from, at));
    from = at + ESCAPED.length;
  }
  parts.push(value.subarray(from));
  cell.set(CellKind.JsonText, Buffer.concat(parts));
}
