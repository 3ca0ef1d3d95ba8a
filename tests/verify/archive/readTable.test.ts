import { describe, expect, test } from '@jest/globals';
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

describe.each([1, 2, 3, 7, 10, 29, 30, 31, 100])('of a table that is inflated in pieces of %i bytes', (size) => {
  const table = GOGS.tableNamed('notice') as Table;
  const rowsOf = async (lines: Buffer): Promise<string> => {
    const chunks = function* (): Generator<Buffer> {
      for (let at = 0; at < lines.length; at += size) yield Buffer.from(lines.subarray(at, at + size));
    };
    const found: boolean[] = [];
    const ignore = (): void => undefined;
    const consumer = {
      row: (_: unknown, __: boolean, areUtf8: boolean): void => void found.push(areUtf8),
      ...{ problem: ignore, unreadable: ignore },
    };
    const archive = { zip: { chunks }, entry: {}, table, target: GOGS.targetNamed('0.13') };
    await readTable(archive as unknown as TableInArchive, consumer);
    return found.map((areUtf8) => (areUtf8 ? 'u' : '-')).join('');
  };
  const lines = ['Grüße', 'none', '€ 🎉', 'none', 'é'].map((text, id) => `{"ID":${id + 1},"Description":"${text}"}`);

  test('texts in UTF-8 need no search', async () => {
    expect(await rowsOf(Buffer.from(lines.join('\n')))).toBe('uuuuu');
    expect(await rowsOf(Buffer.from(`${lines.join('\n')}\n`))).toBe('uuuuu');
  });

  test.each([0, 1, 2, 3, 4])('row %i with another byte is searched, and so is each after it', async (at) => {
    const text = lines.join('\n');
    const end = lines.slice(0, at + 1).join('\n').length;
    const bytes = Buffer.from(`${text.slice(0, end - 2)}\u0001${text.slice(end - 2)}`);
    bytes[bytes.indexOf(1)] = 0xff;
    expect((await rowsOf(bytes)).slice(at)).toBe('-'.repeat(5 - at));
  });
});
