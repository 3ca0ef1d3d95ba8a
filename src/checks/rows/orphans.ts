/**
 * Rows that refer to missing rows, the cause of "record not found" in logs. With --drop-orphans, only references to earlier
 * tables remove a row; all references of kind `belongs` are of this kind.
 */

import { type Danger, danger } from '../../core/danger.js';
import { IdSet } from '../../core/IdSet.js';
import { inBrackets } from '../../core/language.js';
import type { Row } from '../../core/rows.js';
import { integerOf } from '../../core/values.js';
import { REFERENCES, type Reference } from '../../gogs/references.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

const SOURCE = 'DeleteByID in internal/db/users.go@v0.13.0, DeleteRepository in internal/db/repo.go@v0.13.0';

export const ORPHAN = danger({
  code: 'orphan',
  severity: 'warning',
  words: () => texts().orphan,
  needsHand: false,
  source: SOURCE,
});

export const ORPHAN_LEFT_OUT = danger({
  code: 'orphan-left-out',
  severity: 'info',
  words: () => texts().orphanLeftOut,
  needsHand: false,
  source: SOURCE,
});

export const LEFTOVER = danger({
  code: 'leftover',
  severity: 'info',
  words: () => texts().leftover,
  needsHand: false,
  source: SOURCE,
});

export const DANGLING = danger({
  code: 'dangling-pointer',
  severity: 'warning',
  words: () => texts().danglingPointer,
  needsHand: false,
  source: 'loadAttributes in internal/db/issue.go@v0.13.0, Authenticate in internal/db/users.go@v0.13.0',
});

const DANGERS = { belongs: ORPHAN, leftover: LEFTOVER, points: DANGLING } as const;
/** The number of different targets per column that are kept until their table arrives; further ones are not checked. */
const MOST_OPEN = 100_000;
/** Beyond this, ids are not dense, and a bit set would be large. */
const LARGEST_ID = 2 ** 31;

const isId = (id: number | undefined): id is number => id !== undefined && id > 0 && id < LARGEST_ID;

/** A reference to a table that comes later. */
interface OpenReference {
  readonly reference: Reference;
  readonly table: Table;
  readonly byTarget: Map<number, { count: number; place: string }>;
}

export const orphans: StartCheck = (context) => {
  const ids = new Map<string, IdSet>();
  for (const { to } of REFERENCES) if (context.tables.has(to)) ids.set(to, new IdSet());
  const open: OpenReference[] = [];
  const rankOf = (name: string): number => context.target.tables.findIndex((table) => table.name === name);
  return {
    stepFor(table) {
      const own = REFERENCES.filter((reference) => reference.table === table.name && ids.has(reference.to));
      const known = own.filter(({ to }) => rankOf(to) < rankOf(table.name));
      const later = own
        .filter(({ to }) => rankOf(to) > rankOf(table.name))
        .map((reference) => ({ reference, table, byTarget: new Map() }));
      open.push(...later);
      return stepFor(table, { context, known, later, ids });
    },
    finish() {
      for (const reference of open) reportOpen(reference, ids, context);
    },
  };
};

interface Parts {
  readonly context: CheckContext;
  readonly known: readonly Reference[];
  readonly later: readonly OpenReference[];
  readonly ids: ReadonlyMap<string, IdSet>;
}

function stepFor(table: Table, { context, known, later, ids }: Parts): RowStep | undefined {
  const own = ids.get(table.name);
  if (own === undefined && known.length === 0 && later.length === 0) return undefined;
  const place = placeOf(table, context.names);
  const pointers = known.map((reference) => ({
    reference,
    index: columnIndex(table, reference.column),
    targets: ids.get(reference.to),
  }));
  const openPointers = later.map(({ reference, byTarget }) => ({
    byTarget,
    index: columnIndex(table, reference.column),
  }));
  const id = own === undefined ? undefined : columnIndex(table, 'id');
  return (row) => {
    for (const { reference, index, targets } of pointers) {
      const target = integerOf(row.cell(index));
      if (!isId(target) || targets?.has(target) !== false) continue;
      const orphan = { reference, target, place: () => place(row) };
      if (context.dropOrphans && reference.kind !== 'points') {
        report(context, ORPHAN_LEFT_OUT, orphan);
        return texts().targetIsGone({ target: nameOf(reference) });
      }
      report(context, DANGERS[reference.kind], orphan);
    }
    for (const { byTarget, index } of openPointers) remember(byTarget, integerOf(row.cell(index)), row, place);
    if (id !== undefined) {
      const value = integerOf(row.cell(id));
      if (isId(value)) own?.add(value);
    }
    return undefined;
  };
}

function remember(
  byTarget: OpenReference['byTarget'],
  target: number | undefined,
  row: Row,
  place: (row: Row) => string,
): void {
  if (!isId(target)) return;
  const known = byTarget.get(target);
  if (known !== undefined) known.count++;
  else if (byTarget.size < MOST_OPEN) byTarget.set(target, { count: 1, place: place(row) });
}

function reportOpen({ reference, byTarget }: OpenReference, ids: Parts['ids'], context: CheckContext): void {
  for (const [target, { count, place }] of byTarget) {
    if (ids.get(reference.to)?.has(target) !== false) continue;
    report(context, DANGERS[reference.kind], { reference, target, place: () => place, times: count });
  }
}

/** The catalogue key of each danger. */
const KEYS = new Map<Danger, 'orphan' | 'orphanLeftOut' | 'leftover' | 'danglingPointer'>([
  [ORPHAN, 'orphan'],
  [ORPHAN_LEFT_OUT, 'orphanLeftOut'],
  [LEFTOVER, 'leftover'],
  [DANGLING, 'danglingPointer'],
]);

/** Titles are built once per run, because findings are compared by title for every row. */
const TITLES = new WeakMap<CheckContext, Map<Danger, Map<Reference, string>>>();

function titleOf(danger: Danger, reference: Reference, context: CheckContext): string {
  const byDanger = TITLES.get(context) ?? new Map<Danger, Map<Reference, string>>();
  TITLES.set(context, byDanger);
  const titles = byDanger.get(danger) ?? new Map<Reference, string>();
  byDanger.set(danger, titles);
  let title = titles.get(reference);
  if (title === undefined) {
    const table = context.target.tables.find(({ name }) => name === reference.table)?.type ?? reference.table;
    title = texts()[KEYS.get(danger) ?? 'orphan'].titleOf({ table, target: nameOf(reference) });
    titles.set(reference, title);
  }
  return title;
}

function nameOf({ to }: Reference): string {
  const names: Readonly<Record<string, string>> = texts().targets;
  return names[to] ?? to;
}

interface Orphan {
  readonly reference: Reference;
  /** The id that does not exist. */
  readonly target: number;
  readonly place: () => string;
  /** The number of rows with this target; 1 by default. */
  readonly times?: number;
}

function report(context: CheckContext, danger: Danger, { reference, target, place, times = 1 }: Orphan): void {
  context.notice({
    ...danger,
    title: titleOf(danger, reference, context),
    times,
    place: () => `${place()}${inBrackets(`${reference.column} ${target}`)}`,
  });
}
