import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OutputError } from '../../../src/core/errors.js';
import { fileSink } from '../../../src/files/ByteSink.js';
import { OpenFile } from '../../../src/files/OpenFile.js';
import { NO_BYTES } from '../../../src/formats/zip/records.js';
import { ZipReader } from '../../../src/formats/zip/ZipReader.js';
import { ZipWriter } from '../../../src/formats/zip/ZipWriter.js';
import {
  contents,
  fileOf,
  type MadeEntry,
  makeZip,
  newFolder,
  numbers,
  realBackups,
  sparseFile,
} from '../../support/archives.js';
import { runs } from '../../support/effort.js';
import { fixture } from '../../support/fixtures.js';
import { runProgram } from '../../support/programs.js';

const AS_FILE = { mode: 0o600, modified: new Date('2024-02-29T12:34:56Z') };

interface Kept {
  readonly path: string;
  /** Names and bytes passed to the listener. */
  readonly told: string[];
  readonly copiedBytes: number;
}

/** An archive of the kept entries and a new one. */
async function keepEntries(from: string, keep: (name: string) => boolean): Promise<Kept> {
  const path = join(newFolder(), 'out.zip');
  const handle = OpenFile.open(path, 'w');
  const reader = await ZipReader.open(from);
  const told: string[] = [];
  let copiedBytes = 0;
  try {
    const writer = new ZipWriter(fileSink(handle, path));
    await writer.keepEntries(reader, {
      isKept: ({ name }) => keep(name),
      onEntry: ({ name }) => void told.push(name),
      onBytes: (bytes) => {
        copiedBytes += bytes;
      },
    });
    await writer.addBuffer('new', Buffer.from('news'), AS_FILE);
    const { entries, bytes } = await writer.finish(reader.comment);
    expect(entries).toBe(told.length + 1);
    expect(statSync(path).size).toBe(bytes);
  } finally {
    await reader.close();
    await handle.close();
  }
  return { path, told, copiedBytes };
}

/** The same archive with its directory in another order. */
function withDirectoryInOrder(zip: Buffer, order: (records: Buffer[]) => Buffer[]): Buffer {
  const start = zip.readUInt32LE(zip.length - 6);
  const records: Buffer[] = [];
  for (let at = start; at < zip.length - 22; ) {
    const length = 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    records.push(zip.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat([zip.subarray(0, start), ...order(records), zip.subarray(zip.length - 22)]);
}

test('kept entries of every real backup are unchanged, and other programs accept the archive', async () => {
  for (const from of realBackups()) {
    const { path, told } = await keepEntries(from, (name) => !name.includes('/db/'));
    const expected = [...(await contents(from))].filter(([name]) => !name.includes('/db/'));
    expect(told).toEqual(expected.map(([name]) => name));
    expect([...(await contents(path))]).toEqual([['new', Buffer.from('news')], ...expected]);
    if (from !== fixture('0.12.3-mysql-hard', 'backup.zip')) continue;
    expect(runProgram('unzip', ['-tqq', path]) ?? { status: 0, output: '' }).toEqual({ status: 0, output: '' });
    expect(runProgram('7z', ['t', path])?.status ?? 0).toBe(0);
    expect(
      runProgram('python3', ['-c', 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).testzip()', path])?.status ?? 0,
    ).toBe(0);
  }
});

test('removed entries, and bytes that belong to no entry, are not in the new archive', async () => {
  const secret = Buffer.from('secret');
  const file = (name: string, after = NO_BYTES): MadeEntry => ({ name, method: 0, content: Buffer.from(name), after });
  const zip = makeZip([file('a'), file('b', secret), file('dropped', secret), file('c'), file('d', secret)]);
  const { path, copiedBytes } = await keepEntries(await fileOf(zip), (name) => name !== 'dropped');
  expect([...(await contents(path)).keys()]).toEqual(['new', 'a', 'b', 'c', 'd']);
  expect((await readFile(path)).includes(secret)).toBe(false);
  expect(copiedBytes).toBe(4 * (30 + 1 + 1));
});

test('any archive keeps the chosen entries: data descriptors, gaps, any order, any choice', async () => {
  const entry = fc.record({
    content: fc.uint8Array({ maxLength: 400 }),
    descriptor: fc.boolean(),
    gap: fc.nat({ max: 30 }),
    kept: fc.boolean(),
    rank: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (made) => {
      const zip = makeZip(
        made.map(({ content, descriptor, gap }, i): MadeEntry => {
          const bytes = Buffer.from(content);
          // Stored, so that the size of the data is known here.
          const after = descriptor
            ? numbers([4, 0x08074b50], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length])
            : NO_BYTES;
          return {
            ...{ name: `${i}`, content: bytes, method: 0, flags: descriptor ? 8 : 0 },
            after: Buffer.concat([after, Buffer.alloc(gap, 0x55)]),
          };
        }),
      );
      const ranks = made.map(({ rank }, i) => ({ rank, i })).sort((a, b) => a.rank - b.rank);
      const shuffled = withDirectoryInOrder(zip, (records) => ranks.map(({ i }) => records[i] ?? NO_BYTES));
      const { path } = await keepEntries(await fileOf(shuffled), (name) => made[Number(name)]?.kept === true);
      const kept = ranks.filter(({ i }) => made[i]?.kept);
      expect([...(await contents(path))].slice(1)).toEqual(
        kept.map(({ i }) => [`${i}`, Buffer.from(made[i]?.content ?? [])]),
      );
      // The second time nothing moves, so only the new entry changes.
      const again = await keepEntries(path, (name) => name !== 'new');
      expect((await readFile(again.path)).equals(await readFile(path))).toBe(true);
    }),
    { numRuns: runs(25) },
  );
});

test('entries beyond 4 GiB of a sparse archive move to the front', async () => {
  const sparse = await sparseFile(5 * 2 ** 30, [
    { name: 'one', content: Buffer.from('from afar') },
    { name: 'two', content: Buffer.from('from farther') },
  ]);
  const { path } = await keepEntries(sparse, (name) => name === 'two');
  expect([...(await contents(path))]).toEqual([
    ['new', Buffer.from('news')],
    ['two', Buffer.from('from farther')],
  ]);
  expect((await readFile(path)).length).toBeLessThan(1000);
});

describe('faults', () => {
  const large = async (size = 30_000_000): Promise<ZipReader> => {
    const content = Buffer.alloc(size, 'large');
    return ZipReader.open(await fileOf(makeZip([{ name: 'large', method: 0, content }])));
  };
  const everything = { isKept: () => true, onEntry: () => undefined, onBytes: () => undefined };

  const neverWritten = (): Promise<void> => Promise.reject(new Error('written'));

  test('a contradicting local header is an error before anything is written', async () => {
    const content = Buffer.from('x');
    const zip = makeZip([
      { name: 'a', content, local: { name: 'b' } },
      // The header of the last entry is checked when the archive is opened.
      { name: 'last', content },
    ]);
    const reader = await ZipReader.open(await fileOf(zip));
    const writer = new ZipWriter({ writeAt: neverWritten, copyFrom: neverWritten });
    await expect(writer.keepEntries(reader, everything)).rejects.toThrow(/names in its local header/);
    await reader.close();
  });

  test('a failed copy is the error of finish', async () => {
    const full = new OutputError('the disk is full');
    const reader = await large();
    const writer = new ZipWriter({ writeAt: async () => undefined, copyFrom: () => Promise.reject(full) });
    await writer.keepEntries(reader, everything);
    await expect(writer.finish()).rejects.toBe(full);
    await reader.close();
  });

  test('a failed copy is the error of the next call, so that no work is done in vain', async () => {
    const full = new OutputError('the disk is full');
    const reader = await large();
    const writer = new ZipWriter({ writeAt: async () => undefined, copyFrom: () => Promise.reject(full) });
    await writer.keepEntries(reader, everything);
    const entry = writer.beginEntry('table', AS_FILE);
    const appending = async (): Promise<never> => {
      for (;;) {
        await entry.append(Buffer.from('row'));
        await setImmediate();
      }
    };
    await expect(appending()).rejects.toBe(full);
    await expect(writer.addBuffer('file', NO_BYTES, AS_FILE)).rejects.toBe(full);
    await writer.abort();
    await reader.close();
  });

  test.each([30_000_000, 300_000_000])('an abort waits until the copying of %d bytes has ended', async (size) => {
    const path = join(newFolder(), 'out.zip');
    const handle = OpenFile.open(path, 'w');
    const reader = await large(size);
    const writer = new ZipWriter(fileSink(handle, path));
    let copied = 0;
    const onBytes = (bytes: number): void => {
      copied += bytes;
    };
    await writer.keepEntries(reader, { ...everything, onBytes });
    while (copied === 0) await setImmediate();
    await writer.abort();
    const written = statSync(path).size;
    expect(written).toBeLessThan(size);
    await sleep(20);
    expect(statSync(path).size).toBe(written);
    await handle.close();
    await reader.close();
  });

  test('entries can only be kept before any others', async () => {
    const reader = await large();
    const writer = new ZipWriter({ writeAt: async () => undefined, copyFrom: async () => undefined });
    await writer.addBuffer('new', NO_BYTES, AS_FILE);
    await expect(writer.keepEntries(reader, everything)).rejects.toThrow(/before others are added/);
    await reader.close();
  });
});
