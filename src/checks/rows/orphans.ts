/**
 * Rows that point to rows which are gone: the "record not found" of the logs. Under --drop-orphans only pointers to earlier tables
 * remove a row; all references with `belongs` are of that kind.
 */
import { IdSet } from '../../core/IdSet.js';
import type { Row } from '../../core/rows.js';
import { integerOf } from '../../core/values.js';
import type { RowStep } from '../../gogs/Migration.js';
import { REFERENCES, type Reference } from '../../gogs/references.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { CheckContext, Danger, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';

const SOURCE = 'DeleteByID in internal/db/users.go@v0.13.0, DeleteRepository in internal/db/repo.go@v0.13.0';

export const ORPHAN: Danger = {
  code: 'orphan',
  severity: 'warning',
  title: 'Rows belong to something that is gone',
  consequence: 'Whatever comes across them gets "record not found"; the old server had them too.',
  remedy: 'They are carried over, so that nothing is lost. --drop-orphans leaves them out.',
  needsHand: false,
  source: SOURCE,
};

export const ORPHAN_LEFT_OUT: Danger = {
  code: 'orphan-left-out',
  severity: 'info',
  title: 'Rows of something that is gone were left out',
  consequence: 'They are not in the output, as --drop-orphans asks.',
  remedy: 'Without it they are carried over.',
  needsHand: false,
  source: SOURCE,
};

export const LEFTOVER: Danger = {
  code: 'leftover',
  severity: 'info',
  title: 'Rows were left behind when what they belonged to was deleted',
  consequence: 'None: Gogs itself leaves such rows, and nothing reads them.',
  remedy: 'They are carried over. --drop-orphans leaves them out, but for the attachments of deleted releases.',
  needsHand: false,
  source: SOURCE,
};

export const DANGLING: Danger = {
  code: 'dangling-pointer',
  severity: 'warning',
  title: 'Rows point to something that is gone',
  consequence: 'The pages that show them answer with an error; the old server had them too.',
  remedy: 'They are carried over. Set the column to 0 in the new database.',
  needsHand: false,
  source: 'loadAttributes in internal/db/issue.go@v0.13.0, Authenticate in internal/db/users.go@v0.13.0',
};

const DANGERS = { belongs: ORPHAN, leftover: LEFTOVER, points: DANGLING } as const;
/** Different targets of one column that are kept until their table has come; more are not checked. */
const MOST_OPEN = 100_000;
/** Beyond this, ids are not dense, and a set of bits would be large. */
const LARGEST_ID = 2 ** 31;

const isId = (id: number | undefined): id is number => id !== undefined && id > 0 && id < LARGEST_ID;

/** A pointer into a table that is still to come. */
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
      for (const reference of open) tellOpen(reference, ids, context);
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
      if (context.dropOrphans && reference.kind !== 'points') {
        tell(ORPHAN_LEFT_OUT, reference, () => place(row), target, context);
        return `its ${reference.to} is gone`;
      }
      tell(DANGERS[reference.kind], reference, () => place(row), target, context);
    }
    for (const { byTarget, index } of openPointers) note(byTarget, integerOf(row.cell(index)), row, place);
    if (id !== undefined) {
      const value = integerOf(row.cell(id));
      if (isId(value)) own?.add(value);
    }
    return undefined;
  };
}

function note(
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

function tellOpen({ reference, byTarget }: OpenReference, ids: Parts['ids'], context: CheckContext): void {
  for (const [target, { count, place }] of byTarget) {
    if (ids.get(reference.to)?.has(target) !== false) continue;
    tell(DANGERS[reference.kind], reference, () => place, target, context, count);
  }
}

const NAMES: Readonly<Record<string, string>> = {
  user: 'user',
  repository: 'repository',
  issue: 'issue',
  comment: 'comment',
  label: 'label',
  public_key: 'key',
  team: 'team',
  webhook: 'webhook',
  milestone: 'milestone',
  release: 'release',
  login_source: 'login source',
};

const VERBS = { belongs: 'belong to', leftover: 'were left behind by', points: 'point to' } as const;

/** Titles are made once: they are what findings are told apart by, for every row. */
const TITLES = new Map<Danger, Map<Reference, string>>();

function titleOf(danger: Danger, reference: Reference, { target }: CheckContext): string {
  let titles = TITLES.get(danger);
  if (titles === undefined) {
    titles = new Map();
    TITLES.set(danger, titles);
  }
  let title = titles.get(reference);
  if (title === undefined) {
    const type = target.tables.find(({ name }) => name === reference.table)?.type ?? reference.table;
    const verb = danger === ORPHAN_LEFT_OUT ? 'were left out, which belonged to' : VERBS[reference.kind];
    title = `Rows of ${type} ${verb} a ${NAMES[reference.to]} that is gone`;
    titles.set(reference, title);
  }
  return title;
}

function tell(
  danger: Danger,
  reference: Reference,
  place: () => string,
  target: number,
  context: CheckContext,
  times = 1,
): void {
  context.notice({
    ...danger,
    title: titleOf(danger, reference, context),
    times,
    place: () => `${place()} (${reference.column} ${target})`,
  });
}
