/**
 * Duplicates in columns with a unique index in the target: the restore stops at the second row. MySQL ignores case and accents
 * when it compares texts, so names that differ on other engines may be equal there.
 */

import { type Danger, danger } from '../../core/danger.js';
import { HashSet, KeyHash } from '../../core/HashSet.js';
import { IdSet } from '../../core/IdSet.js';
import { inBrackets, listed } from '../../core/language.js';
import { type Cell, CellKind, type Row } from '../../core/rows.js';
import { integerOf, textOf } from '../../core/values.js';
import { engineNamed } from '../../engines/engineNamed.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

const SOURCE = 'measured on the schemas that 0.13.0 and 0.14.3 create; gogs issue 6490';

export const DUPLICATE_KEY = danger({
  code: 'duplicate-key',
  severity: 'error',
  words: () => texts().duplicateKey,
  needsHand: true,
  source: SOURCE,
});

export const DUPLICATE_UNDER_COLLATION = danger({
  code: 'duplicate-key-under-collation',
  severity: 'error',
  words: () => texts().duplicateKeyUnderCollation,
  needsHand: true,
  source: `${SOURCE}; collation utf8mb4_general_ci`,
});

export const REPEATED_LINK = danger({
  code: 'repeated-link',
  severity: 'info',
  words: () => texts().repeatedLink,
  needsHand: false,
  source: SOURCE,
});

export const KEYS_NOT_CHECKED = danger({
  code: 'keys-not-checked',
  severity: 'info',
  words: () => texts().keysNotChecked,
  needsHand: false,
  source: 'memory stays bounded',
});

/** Rows that only link two things. */
const LINKS: ReadonlySet<string> = new Set(['watch', 'star', 'follow', 'issue_label']);

/** accessTokens.ts checks these in more detail. */
const CHECKED_ELSEWHERE: ReadonlySet<string> = new Set(['access_token']);

export const uniqueKeys: StartCheck = (context) => ({ stepFor: (table) => stepFor(table, context) });

interface Key {
  readonly columns: readonly { index: number; name: string }[];
  /** Returns the danger in a row, if any. */
  readonly dangerIn: (row: Row) => Danger | undefined;
}

function stepFor(table: Table, context: CheckContext): RowStep | undefined {
  const keys = keysOf(table, context);
  if (keys.length === 0) return undefined;
  const place = placeOf(table, context.names);
  return (row) => {
    for (const { columns, dangerIn } of keys) {
      const danger = dangerIn(row);
      if (danger === undefined) continue;
      if (danger === KEYS_NOT_CHECKED) {
        context.notice({ ...danger, place: `${table.type}${inBrackets(namesOf(columns))}` });
        continue;
      }
      context.notice({ ...danger, place: `${place(row)}${inBrackets(namesOf(columns))}` });
      if (danger === REPEATED_LINK) return texts().repeatsOneBefore;
    }
    return undefined;
  };
}

const namesOf = (columns: Key['columns']): string => listed(columns.map(({ name }) => name));

function keysOf(table: Table, { target, engine = 'sqlite3' }: CheckContext): Key[] {
  const schema = target.schemaFor(engine).tables.find(({ name }) => name === table.name);
  if (schema === undefined) return [];
  const unique = CHECKED_ELSEWHERE.has(table.name) ? [] : schema.uniqueKeys;
  return [schema.primaryKey, ...unique].map((names) => {
    const columns = names.map((name) => ({ name, index: columnIndex(table, name) }));
    const isNumeric = columns.every(({ index }) => table.columns[index]?.kind === 'integer');
    const [first, second] = columns;
    if (isNumeric && first !== undefined && columns.length <= 2) {
      const repeated = LINKS.has(table.name) && second !== undefined ? REPEATED_LINK : DUPLICATE_KEY;
      return { columns, dangerIn: numberKeyChecker(first.index, second?.index, repeated) };
    }
    return { columns, dangerIn: textKeyChecker(columns, !engineNamed(engine).values.comparesCase && !isNumeric) };
  });
}

/** Below this, two numbers combine to one exact key. */
const PAIR_LIMIT = 2 ** 26;
const ID_LIMIT = 2 ** 31;

/** For keys of one or two whole numbers: exact, so that rows may be left out. */
function numberKeyChecker(first: number, second: number | undefined, repeated: Danger): Key['dangerIn'] {
  const ids = new IdSet();
  const pairs = new HashSet();
  const reportOverflow = reportsOverflowOnce(pairs);
  return (row) => {
    const a = integerOf(row.cell(first)) ?? 0;
    if (second === undefined) {
      if (a < 0 || a >= ID_LIMIT) return undefined;
      if (ids.has(a)) return repeated;
      ids.add(a);
      return undefined;
    }
    const b = integerOf(row.cell(second)) ?? 0;
    if (a < 0 || b < 0 || a >= PAIR_LIMIT || b >= PAIR_LIMIT) return undefined;
    return pairs.add(a * PAIR_LIMIT + b) ? reportOverflow() : repeated;
  };
}

/** For keys that contain texts: compares hashes. */
function textKeyChecker(columns: Key['columns'], folds: boolean): Key['dangerIn'] {
  const seen = new HashSet();
  // Hashes of the original texts, only needed if folding hides a difference.
  const exact = folds ? new HashSet() : undefined;
  const reportOverflow = reportsOverflowOnce(seen);
  const hash = new KeyHash();
  const hashOf = (row: Row, folded: boolean): number => {
    for (const { index } of columns) {
      addCell(row.cell(index), hash, folded);
      hash.endPart();
    }
    return hash.take();
  };
  return (row) => {
    if (seen.add(hashOf(row, folds))) {
      exact?.add(hashOf(row, false));
      return reportOverflow();
    }
    return exact?.has(hashOf(row, false)) === false ? DUPLICATE_UNDER_COLLATION : DUPLICATE_KEY;
  };
}

/** Reports once that a set is full. */
function reportsOverflowOnce(set: HashSet): () => Danger | undefined {
  let reported = false;
  return () => {
    if (reported || !set.overflowed) return undefined;
    reported = true;
    return KEYS_NOT_CHECKED;
  };
}

const BACKSLASH = 0x5c;

/** Adds a number by its digits, quoted or not, or a text by its characters. */
function addCell(cell: Cell, hash: KeyHash, folds: boolean): void {
  const quotes = cell.kind === CellKind.JsonText ? 1 : 0;
  if (cell.kind !== CellKind.JsonText && cell.kind !== CellKind.Text && cell.kind !== CellKind.Number) {
    const text = textOf(cell);
    if (text !== undefined) hash.bytes(text);
    return;
  }
  const { bytes, start, end } = cell;
  if (!isPlain(cell, folds)) {
    const text = textOf(cell) ?? Buffer.alloc(0);
    hash.bytes(folds ? Buffer.from(fold(text.toString('utf8'))) : text);
    return;
  }
  for (let i = start + quotes; i < end - quotes; i++) {
    const byte = bytes[i] as number;
    hash.byte(folds && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
  }
}

/** True if the bytes are the key: ASCII without escapes and, if it is to be folded, without spaces. */
function isPlain({ bytes, start, end }: Cell, folds: boolean): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte > 0x7e || byte === BACKSLASH || (folds && byte === 0x20)) return false;
  }
  return true;
}

/** Folds like utf8mb4_general_ci: ignores case, accents and trailing spaces. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replace(/ +$/, '');
}
