import { expect, test } from '@jest/globals';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import type { Table } from '../../../src/gogs/tables.js';
import { readTable, type TableInArchive } from '../../../src/verify/archive/readTable.js';

test.each([1, 2, 3, 4, 5, 6, 7, 100])('finds a NUL in a table that is inflated in pieces of %i bytes', async (size) => {
  const lines = Buffer.from('{"ID":1,"Description":"none"}\n{"ID":2,"Description":"\\u0000"}\n');
  const chunks = function* (): Generator<Buffer> {
    for (let at = 0; at < lines.length; at += size) yield Buffer.from(lines.subarray(at, at + size));
  };
  const table = GOGS.tableNamed('notice') as Table;
  const found: string[] = [];
  const ignore = (): void => undefined;
  const consumer = {
    ...{ row: ignore, problem: ignore, unreadable: ignore },
    nul: (line: number, effect: string): void => void found.push(`${line} ${effect}`),
  };
  const archive = { zip: { chunks }, entry: {}, table, target: GOGS.targetNamed('0.13') };
  await readTable(archive as unknown as TableInArchive, consumer);
  expect(found).toEqual(['2 kept']);
});
