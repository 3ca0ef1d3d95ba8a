import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import yauzl from 'yauzl';
import { OutputError } from '../../../src/core/errors.js';
import { fileSink, type PositionedSink } from '../../../src/files/ByteSink.js';
import { OpenFile } from '../../../src/files/OpenFile.js';
import { encodeCentralHeader, encodeEnd, NO_BYTES } from '../../../src/formats/zip/records.js';
import { ZipReader } from '../../../src/formats/zip/ZipReader.js';
import { type NewEntryOptions, ZipWriter, type ZipWriterOptions } from '../../../src/formats/zip/ZipWriter.js';
import { contents, fileOf, makeZip, newFolder, numbers, realBackups, sparseFile } from '../../support/archives.js';
import { runs } from '../../support/effort.js';
import { fixture } from '../../support/fixtures.js';
import { runProgram } from '../../support/programs.js';

const AS_FILE = { mode: 0o600, modified: new Date('2024-02-29T12:34:56Z') };

/** Writes an archive and returns its path. */
async function write(fill: (writer: ZipWriter) => Promise<void>, options?: ZipWriterOptions): Promise<string> {
  const path = join(newFolder(), 'out.zip');
  const handle = OpenFile.open(path, 'w');
  try {
    const writer = new ZipWriter(fileSink(handle, path), options);
    await fill(writer);
    const { bytes } = await writer.finish();
    expect(statSync(path).size).toBe(bytes);
  } finally {
    await handle.close();
  }
  return path;
}

async function add(
  writer: ZipWriter,
  name: string,
  content: Iterable<Buffer> | AsyncIterable<Buffer>,
  options: NewEntryOptions,
): Promise<void> {
  const entry = writer.beginEntry(name, options);
  for await (const chunk of content) await entry.append(chunk);
  await entry.finish();
}

/** A copy in which every second file is deflated again, before and between the raw copies. */
async function rewrite(path: string): Promise<string> {
  const reader = await ZipReader.open(path);
  const entries = [...reader.entries];
  const copy = await write(async (writer) => {
    for (const [i, entry] of entries.entries()) {
      const { mode, modified } = entry;
      if (i % 2 === 0 || entry.isDirectory) await writer.copyRaw(reader, entry);
      else await add(writer, entry.name, reader.chunks(entry), { mode, modified });
    }
  });
  await reader.close();
  return copy;
}

function programsAccept(path: string, names: readonly string[]): void {
  const unzip = runProgram('unzip', ['-tqq', path]);
  if (unzip !== undefined) expect(unzip).toEqual({ status: 0, output: '' });
  const sevenZip = runProgram('7z', ['t', path]);
  if (sevenZip !== undefined) expect(sevenZip.status).toBe(0);
  const list = `
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print('\\n'.join(z.namelist()))`;
  const python = runProgram('python3', ['-c', list, path]);
  if (python !== undefined) expect(python.output.trim().split('\n')).toEqual(names);
}

describe('output', () => {
  test('holds every entry of every real backup, and other programs accept it', async () => {
    for (const path of realBackups()) {
      const copy = await rewrite(path);
      const original = await contents(path);
      expect([...(await contents(copy))]).toEqual([...original]);
      if (path === fixture('0.12.3-mysql-hard', 'backup.zip')) programsAccept(copy, [...original.keys()]);
    }
  });

  test("is accepted by Go's zip reader, which Gogs uses", async () => {
    const folder = newFolder();
    await mkdir(join(folder, 'read'));
    await writeFile(join(folder, 'read', 'main.go'), GO_READER);
    const copy = await rewrite(fixture('0.12.3-mysql', 'backup.zip'));
    const go = runProgram('go', ['run', join(folder, 'read', 'main.go'), copy]);
    if (go === undefined) return;
    expect(go.status).toBe(0);
    expect(go.output.trim().split('\n')).toEqual([...(await contents(copy)).keys()]);
  });

  test('is the same byte for byte each time', async () => {
    const path = fixture('0.12.3-postgres', 'backup.zip');
    const [first, second] = [await readFile(await rewrite(path)), await readFile(await rewrite(path))];
    expect(first.equals(second)).toBe(true);
  });

  test('keeps modes, times, comments and extra fields of raw copies, and their compressed bytes', async () => {
    const times = numbers([2, 0x5455], [2, 5], [1, 1], [4, 1_700_000_000]);
    const zip64 = Buffer.concat([numbers([2, 1], [2, 16], [8, 0], [8, 0]), times]);
    const source = await fileOf(
      makeZip([
        { name: Buffer.from([0x82]), flags: 8, content: Buffer.from('x'), extra: zip64, comment: 'note' },
        { name: 'zstd', method: 93, data: Buffer.from('not ours to judge'), size: 999 },
        { name: 'refs/', method: 0, attributes: 0o040755 * 0x10000 + 16 },
      ]),
    );
    const reader = await ZipReader.open(source);
    const before = [...reader.entries];
    const copy = await write(async (writer) => {
      for (const entry of before) await writer.copyRaw(reader, entry);
    });
    const copied = await ZipReader.open(copy);
    const after = [...copied.entries];
    const bytes = async (from: string, { start, end }: { start: number; end: number }): Promise<Buffer> =>
      (await readFile(from)).subarray(start, end);
    for (const [i, entry] of after.entries()) {
      const original = before[i];
      if (original === undefined) throw new Error('too many entries');
      const { offset: _, flags, extra, ...rest } = original.header;
      expect(entry.header).toMatchObject({ ...rest, flags: flags & ~8, extra: i === 0 ? times : extra });
      const place = await copied.locate(entry);
      expect(await bytes(copy, place)).toEqual(await bytes(source, await reader.locate(original)));
    }
    await reader.close();
    await copied.close();
  });

  test('may use another name, and an archive comment', async () => {
    const reader = await ZipReader.open(await fileOf(makeZip([{ name: 'a', content: Buffer.from('x') }])));
    const path = join(newFolder(), 'out.zip');
    const handle = OpenFile.open(path, 'w');
    const writer = new ZipWriter(fileSink(handle, path));
    for (const entry of [...reader.entries]) await writer.copyRaw(reader, entry, 'b/é');
    expect(await writer.finish(Buffer.from('hello'))).toMatchObject({ entries: 1 });
    await handle.close();
    await reader.close();
    expect([...(await contents(path))]).toEqual([['b/é', Buffer.from('x')]]);
    const again = await ZipReader.open(path);
    expect(again.comment.toString()).toBe('hello');
    await again.close();
  });

  test('accepts content in pieces, with mode and time', async () => {
    const row = Buffer.from('{"ID":1,"Name":"somebody"}\n'.repeat(10_000));
    const path = await write(async (writer) => {
      await add(writer, 'db/User.json', [row, row, row], AS_FILE);
      await add(writer, 'é/large', [row, row], AS_FILE);
      await writer.addBuffer('none', NO_BYTES, { ...AS_FILE, mode: 0 });
    });
    const names = ['db/User.json', 'é/large', 'none'];
    const expected = new Map([
      ['db/User.json', Buffer.concat([row, row, row])],
      ['é/large', Buffer.concat([row, row])],
      ['none', NO_BYTES],
    ]);
    expect([...(await contents(path))]).toEqual([...expected]);
    programsAccept(path, names);
    const reader = await ZipReader.open(path);
    const entries = [...reader.entries];
    expect(entries.map(({ mode }) => mode)).toEqual([0o600, 0o600, 0]);
    for (const { modified } of entries) expect(modified).toEqual(AS_FILE.modified);
    await reader.close();
  });

  test.each([
    ['1970-01-01T00:00:00Z', '1980-01-01T00:00:00Z'],
    ['2107-12-31T23:59:58Z', '2107-12-31T23:59:58Z'],
    ['2200-06-01T00:00:00Z', '2107-12-31T23:59:58Z'],
  ])('the time %s becomes %s, because a zip holds the years 1980 to 2107', async (given, stored) => {
    const path = await write((writer) => writer.addBuffer('a', NO_BYTES, { mode: 0o600, modified: new Date(given) }));
    const reader = await ZipReader.open(path);
    expect([...reader.entries].map(({ modified }) => modified)).toEqual([new Date(stored)]);
    await reader.close();
  });

  test('holds any content under any valid name', async () => {
    const name = fc.stringMatching(/^[a-zé ✓.][a-z0-9é_]{1,20}$/).filter((value) => value !== '..');
    const files = fc.uniqueArray(fc.record({ name, content: fc.uint8Array({ maxLength: 5000 }) }), {
      selector: (file) => file.name.normalize('NFC').toLowerCase(),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(files, async (made) => {
        const path = await write(async (writer) => {
          for (const { name, content } of made) await writer.addBuffer(name, Buffer.from(content), AS_FILE);
        });
        const found = await contents(await rewrite(path));
        expect([...found]).toEqual(made.map(({ name, content }) => [name, Buffer.from(content)]));
      }),
      { numRuns: runs(15) },
    );
  });
});

describe('zip64', () => {
  const header = {
    versionMadeBy: 0x314,
    versionNeeded: 20,
    flags: 0,
    method: 0,
    dosTime: 0x5a8c6000,
    crc32: 1,
    internalAttributes: 0,
    externalAttributes: 0,
    name: Buffer.from('a'),
    extra: NO_BYTES,
    comment: NO_BYTES,
  };

  test.each([0xfffffffe, 0xffffffff, 0x100000000, 2 ** 40 + 3])('keeps sizes and places of %d bytes', async (value) => {
    for (const sizes of [
      [value, 7, 9],
      [7, value, 9],
      [7, 9, value],
      [value, value, value],
    ] as const) {
      const [compressedSize, uncompressedSize, offset] = sizes;
      const bytes = encodeCentralHeader({ ...header, compressedSize, uncompressedSize, offset });
      const end = encodeEnd({ entryCount: 1, offset: 0, size: bytes.length }, NO_BYTES);
      const zip = await yauzl.fromBufferPromise(Buffer.concat([bytes, end]), { validateEntrySizes: false });
      const { value: found } = await zip.eachEntry().next();
      expect(found).toMatchObject({ compressedSize, uncompressedSize, relativeOffsetOfLocalHeader: offset });
    }
  });

  test('is used from 65,535 entries on, and Python counts the same number', async () => {
    for (const count of [65_534, 65_535, 65_536]) {
      expect(encodeEnd({ entryCount: count, offset: 0, size: 0 }, NO_BYTES).length).toBe(count < 65_535 ? 22 : 98);
    }
    const path = await write(async (writer) => {
      for (let i = 0; i < 65_536; i++) await writer.addBuffer(`f${i}`, NO_BYTES, AS_FILE);
    });
    const reader = await ZipReader.open(path);
    expect([...reader.entries].length).toBe(65_536);
    await reader.close();
    const python = runProgram('python3', [
      '-c',
      'import sys,zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))',
      path,
    ]);
    if (python !== undefined) expect(python.output.trim()).toBe('65536');
  });

  test('copies an entry that lies beyond 4 GiB of a sparse archive', async () => {
    const path = await sparseFile(5 * 2 ** 30, [{ name: 'far', content: Buffer.from('from afar') }]);
    expect([...(await contents(await rewrite(path)))]).toEqual([['far', Buffer.from('from afar')]]);
  });
});

describe('faults', () => {
  const nowhere: PositionedSink = { writeAt: async () => undefined, copyFrom: async () => undefined };

  test('an abort is the error of the next append', async () => {
    const controller = new AbortController();
    const entry = new ZipWriter(nowhere, { signal: controller.signal }).beginEntry('table', AS_FILE);
    await entry.append(Buffer.alloc(100_000));
    controller.abort();
    await expect(entry.append(Buffer.alloc(1))).rejects.toThrow(/abort/);
  });

  test('a full disk is an output error, both now and when the archive is finished anyway', async () => {
    if (!existsSync('/dev/full')) return;
    const handle = OpenFile.open('/dev/full', 'w');
    // Cannot be compressed, so that it does not fit into the buffers.
    const content = Array.from({ length: 60 }, () => randomBytes(100_000));
    const writer = new ZipWriter(fileSink(handle, 'out.zip'));
    const writing = add(writer, 'table', content, AS_FILE).then(() => writer.finish());
    await expect(writing).rejects.toThrow(OutputError);
    await expect(writer.finish()).rejects.toThrow(/Cannot write out.zip at byte 0: the disk is full/);
    await handle.close();
  });

  test('an invalid or repeated name is a bug of the caller', async () => {
    const writer = new ZipWriter(nowhere);
    await expect(writer.addBuffer('../x', NO_BYTES, AS_FILE)).rejects.toThrow(/climbs out/);
    await writer.addBuffer('x', NO_BYTES, AS_FILE);
    await expect(writer.addBuffer('x', NO_BYTES, AS_FILE)).rejects.toThrow(/added before/);
  });
});

const GO_READER = `package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
)

func main() {
	r, err := zip.OpenReader(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, f := range r.File {
		c, err := f.Open()
		if err != nil {
			panic(err)
		}
		if _, err := io.Copy(io.Discard, c); err != nil {
			panic(f.Name + err.Error())
		}
		fmt.Println(f.Name)
	}
}
`;
