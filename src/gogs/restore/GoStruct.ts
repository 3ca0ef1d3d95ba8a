/**
 * Reads rows into a Go struct as a restore does: finds the values that the struct cannot hold, and those that a row does not
 * set. In tables that are restored through xorm, the latter keep the value of the previous row, because one struct is used for
 * all rows (importLegacyTables in internal/db/backup.go@v0.13.0); in the others they get Go's zero value.
 */

import { isUtf8 } from 'node:buffer';
import { type Cell, CellKind, type ColumnKind, type Row } from '../../core/rows.js';
import type { Target } from '../releases/foldReleases.js';
import { keyInRelease, type Table } from '../tables.js';
import { fitsGoField } from './fitsGoField.js';

/** `replaced`: bytes that are not UTF-8 have become U+FFFD. */
export type StructProblem = 'missing' | 'null' | 'unfit' | 'replaced';

interface Field {
  readonly index: number;
  readonly key: string;
  readonly kind: ColumnKind;
  readonly derived: boolean;
}

const REPLACEMENT = Buffer.from('\ufffd');
const EMPTY_TEXT = Buffer.from('""');
const ZERO_NUMBER = Buffer.from('0');
const ZERO_TIME = Buffer.from('"0001-01-01T00:00:00Z"');

export class GoStruct {
  readonly #fields: readonly Field[];
  readonly #reused: boolean;
  /** encoding/json replaces invalid UTF-8 (unquote in decode.go); json-iterator keeps the bytes. */
  readonly #replacesBytes: boolean;
  /** The kinds of the previous row. Its bytes are still in the cells: clearing a row keeps them. */
  readonly #kinds: Uint8Array;

  constructor(table: Table, target: Target) {
    this.#fields = table.columns.flatMap(({ kind, derived, ...column }, index) => {
      const key = keyInRelease({ kind, derived, ...column }, target.firstRelease);
      return key === undefined ? [] : [{ index, key, kind, derived }];
    });
    this.#replacesBytes = target.restore.jsonDecoder === 'encoding/json';
    this.#reused = !target.restore.gormTables.has(table.name);
    this.#kinds = new Uint8Array(table.columns.length);
  }

  /**
   * Gives every cell the value that the struct would have; calls `report` with each problem and its key. `areUtf8`: so are all
   * texts of the row.
   */
  take(row: Row, report: (problem: StructProblem, key: string) => void, areUtf8 = false): void {
    const replacesBytes = this.#replacesBytes && !areUtf8;
    for (const field of this.#fields) {
      const cell = row.cell(field.index);
      if (field.derived) {
        // The only derived value that is not recomputed; anything but null stops a restore.
        if (field.key === 'Provider' && cell.kind > CellKind.Null) report('unfit', field.key);
        continue;
      }
      if (cell.kind === CellKind.Missing || cell.kind === CellKind.Null) {
        report(cell.kind === CellKind.Null ? 'null' : 'missing', field.key);
        this.#keep(cell, field);
      } else if (!fitsGoField(cell, field.kind)) {
        report('unfit', field.key);
      } else if (replacesBytes && cell.kind === CellKind.JsonText && replaceBytes(cell)) {
        report('replaced', field.key);
      }
      this.#kinds[field.index] = cell.kind;
    }
  }

  #keep(cell: Cell, { index, kind }: Field): void {
    const before = this.#kinds[index] as CellKind;
    // The previous bytes are gone after null. It is reported anyway, so zero suffices.
    const isGone = cell.kind === CellKind.Null;
    if (this.#reused && before !== CellKind.Missing && cell.end > 0 && !isGone) cell.kind = before;
    else zero(cell, kind);
  }
}

/** Like Go, writes one U+FFFD for each byte that does not begin a character. False if the text is UTF-8. */
function replaceBytes(cell: Cell): boolean {
  const text = cell.bytes.subarray(cell.start, cell.end);
  if (isUtf8(text)) return false;
  const parts: Buffer[] = [];
  let good = 0;
  for (let at = 0; at < text.length; ) {
    const length = lengthOfCharacter(text, at);
    if (length === 0) parts.push(text.subarray(good, at), REPLACEMENT);
    at += Math.max(length, 1);
    if (length === 0) good = at;
  }
  cell.set(CellKind.JsonText, Buffer.concat([...parts, text.subarray(good)]));
  return true;
}

/** 0 for a byte that does not begin a UTF-8 character. */
function lengthOfCharacter(text: Buffer, at: number): number {
  const first = text[at] as number;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return at + length <= text.length && isUtf8(text.subarray(at, at + length)) ? length : 0;
}

function zero(cell: Cell, kind: ColumnKind): void {
  if (kind === 'boolean') cell.set(CellKind.False);
  else if (kind === 'integer') cell.set(CellKind.Number, ZERO_NUMBER);
  else cell.set(CellKind.JsonText, kind === 'time' ? ZERO_TIME : EMPTY_TEXT);
}
