/**
 * Finds the rows of a table that differ between two readings of it, in constant memory: the first round sums digests in
 * buckets, the second examines the rows of a few differing buckets.
 */
import type { Row } from '../../core/rows.js';
import type { RowDigester } from './RowDigester.js';

export interface RowDifference {
  /** For example `id 7`. */
  readonly label: string;
  readonly what: 'missing' | 'unexpected' | 'different';
  /** SQL names of the columns that differ. */
  readonly columns: readonly string[];
}

const BUCKETS = 65_536;
const MAX_ROWS = 20_000;
const MAX_DIFFERENCES = 10;

type Side = 'expected' | 'found';

/** Reads one side again: calls back with every row and the digester that has just digested it. */
export type ReadSide = (side: Side, onRow: (row: Row, label: string, digester: RowDigester) => void) => Promise<void>;

/** The first differences in the order of the expected side; rows that only the other side has come last. */
export async function findDifferences(read: ReadSide): Promise<RowDifference[]> {
  const sums = new Uint32Array(BUCKETS * 4);
  for (const side of ['expected', 'found'] as const) {
    const sign = side === 'expected' ? 1 : -1;
    await read(side, (_row, label, { words }) => {
      const at = bucketOf(label) * 4;
      for (let lane = 0; lane < 4; lane++) {
        sums[at + lane] = (sums[at + lane] as number) + sign * ((words[lane] as number) + (lane === 0 ? 1 : 0));
      }
    });
  }
  const differs = (label: string): boolean => {
    const at = bucketOf(label) * 4;
    return sums[at] !== 0 || sums[at + 1] !== 0 || sums[at + 2] !== 0 || sums[at + 3] !== 0;
  };
  const expected = new Map<string, Map<string, string>>();
  await read('expected', (row, label, digester) => {
    if (expected.size < MAX_ROWS && differs(label)) expected.set(label, digester.byColumn(row));
  });
  return compare(expected, differs, read);
}

async function compare(
  expected: Map<string, Map<string, string>>,
  differs: (label: string) => boolean,
  read: ReadSide,
): Promise<RowDifference[]> {
  const unexpected: RowDifference[] = [];
  const columnsOf = new Map<string, readonly string[]>();
  await read('found', (row, label, digester) => {
    if (!differs(label)) return;
    const before = expected.get(label);
    if (before === undefined || columnsOf.has(label)) {
      if (expected.size < MAX_ROWS && unexpected.length < MAX_DIFFERENCES) {
        unexpected.push({ label, what: 'unexpected', columns: [] });
      }
      return;
    }
    const after = digester.byColumn(row);
    columnsOf.set(
      label,
      [...before].filter(([column, digest]) => after.get(column) !== digest).map(([column]) => column),
    );
  });
  const differences: RowDifference[] = [];
  for (const label of expected.keys()) {
    const columns = columnsOf.get(label);
    if (columns === undefined) differences.push({ label, what: 'missing', columns: [] });
    else if (columns.length > 0) differences.push({ label, what: 'different', columns });
  }
  return [...differences, ...unexpected].slice(0, MAX_DIFFERENCES);
}

function bucketOf(label: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  return (hash >>> 16) ^ (hash & 0xffff);
}
