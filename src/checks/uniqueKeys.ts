/**
 * Values given twice where the target's indexes take them once: the restore stops at the second. MySQL compares texts
 * without case and accents, so two names that others tell apart are one there.
 */
import type { RowStep } from '../gogs/Migration.js';
import { schemaOf } from '../gogs/schemas/schemaOf.js';
import { columnIndex, type Table } from '../gogs/tables.js';
import { type Cell, CellKind, type Row } from '../rows.js';
import { textOf } from '../values.js';
import type { CheckContext, Danger, StartCheck } from './Check.js';
import { HashSet, KeyHash } from './HashSet.js';
import { placeOf } from './placeOf.js';

const SOURCE = 'measured on the schemas that 0.13.0 and 0.14.3 create; gogs issue 6490';

export const DUPLICATE_KEY: Danger = {
  code: 'duplicate-key',
  severity: 'error',
  title: 'Rows repeat a value that must be unique',
  consequence: 'The restore stops there: "Duplicate entry", "UNIQUE constraint failed".',
  remedy:
    'Both rows are carried over, because which one is right only you know: change one on the old server and back up again.',
  needsHand: true,
  source: SOURCE,
};

export const DUPLICATE_UNDER_COLLATION: Danger = {
  code: 'duplicate-key-under-collation',
  severity: 'error',
  title: 'Rows differ only in what MySQL does not tell apart',
  consequence: 'MySQL and MariaDB compare without case and accents, so the restore stops there with "Duplicate entry".',
  remedy: 'Rename one of each on the old server and back up again, or restore to PostgreSQL or SQLite.',
  needsHand: true,
  source: `${SOURCE}; collation utf8mb4_general_ci`,
};

export const REPEATED_LINK: Danger = {
  code: 'repeated-link',
  severity: 'info',
  title: 'Rows say the same as one before',
  consequence: 'The restore would stop with "Duplicate entry".',
  remedy: 'The first one stays, the others are left out: they say nothing more.',
  needsHand: false,
  source: SOURCE,
};

export const KEYS_NOT_CHECKED: Danger = {
  code: 'keys-not-checked',
  severity: 'info',
  title: 'Too many rows to look for repeated values in all of them',
  consequence: 'Values that are given twice were looked for in the first three million rows of the table only.',
  remedy: 'A database holds its own indexes, so there should be none; only hand-made inputs may have some.',
  needsHand: false,
  source: 'memory stays bounded',
};

/** Rows that say nothing but that two things belong together. */
const LINKS: ReadonlySet<string> = new Set(['watch', 'star', 'follow', 'issue_label']);

/** See accessTokens.ts, which knows more about them. */
const CHECKED_ELSEWHERE: ReadonlySet<string> = new Set(['access_token']);

export const uniqueKeys: StartCheck = (context) => ({ stepFor: (table) => stepFor(table, context) });

interface Key {
  readonly columns: readonly { index: number; name: string }[];
  readonly folds: boolean;
  readonly isLink: boolean;
  /** Of the texts as they are; only needed where folding hides the difference. */
  readonly exact: HashSet | undefined;
  readonly seen: HashSet;
  told: boolean;
}

function stepFor(table: Table, context: CheckContext): RowStep | undefined {
  const keys = keysOf(table, context);
  if (keys.length === 0) return undefined;
  const { notice } = context;
  const place = placeOf(table);
  const hash = new KeyHash();
  return (row) => {
    for (const key of keys) {
      if (key.seen.add(hashOf(key, row, hash, key.folds))) {
        key.exact?.add(hashOf(key, row, hash, false));
        if (key.seen.overflowed && !key.told) {
          key.told = true;
          notice({ ...KEYS_NOT_CHECKED, place: `${table.type} (${names(key)})` });
        }
        continue;
      }
      const isExact = key.exact === undefined || key.exact.has(hashOf(key, row, hash, false));
      if (key.isLink && isExact) {
        notice({ ...REPEATED_LINK, place: place(row) });
        return 'it repeats one before';
      }
      const danger = isExact ? DUPLICATE_KEY : DUPLICATE_UNDER_COLLATION;
      notice({ ...danger, place: `${place(row)} (${names(key)})` });
    }
    return undefined;
  };
}

const names = ({ columns }: Key): string => columns.map(({ name }) => name).join(', ');

function keysOf(table: Table, { target, engine = 'sqlite3' }: CheckContext): Key[] {
  const schema = schemaOf(target.name, engine).tables.find(({ name }) => name === table.name);
  if (schema === undefined) return [];
  const unique = CHECKED_ELSEWHERE.has(table.name) ? [] : schema.uniqueKeys;
  return [schema.primaryKey, ...unique].map((columns) => {
    const hasText = columns.some((name) => table.columns[columnIndex(table, name)]?.kind !== 'integer');
    const folds = engine === 'mysql' && hasText;
    return {
      columns: columns.map((name) => ({ name, index: columnIndex(table, name) })),
      folds,
      isLink: LINKS.has(table.name) && columns !== schema.primaryKey,
      exact: folds ? new HashSet() : undefined,
      seen: new HashSet(),
      told: false,
    };
  });
}

function hashOf({ columns }: Key, row: Row, hash: KeyHash, folds: boolean): number {
  for (const { index } of columns) {
    addCell(row.cell(index), hash, folds);
    hash.endPart();
  }
  return hash.take();
}

const BACKSLASH = 0x5c;

/** A number by its digits, quoted or not; a text by its characters. */
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

/** ASCII without escapes, and where it is to be folded without spaces: the bytes are the key. */
function isPlain({ bytes, start, end }: Cell, folds: boolean): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte > 0x7e || byte === BACKSLASH || (folds && byte === 0x20)) return false;
  }
  return true;
}

/** As utf8mb4_general_ci compares: no case, no accents, no spaces at the end. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replace(/ +$/, '');
}
