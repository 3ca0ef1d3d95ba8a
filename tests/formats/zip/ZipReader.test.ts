import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import yauzl from 'yauzl';
import { InputError } from '../../../src/core/errors.js';
import type { ZipEntry } from '../../../src/formats/zip/ZipEntry.js';
import { ZipReader, type ZipReaderOptions } from '../../../src/formats/zip/ZipReader.js';
import {
  contents,
  fileOf,
  type MadeEnd,
  type MadeEntry,
  makeZip,
  newFolder,
  numbers,
  realBackups,
} from '../../support/archives.js';
import { runs } from '../../support/effort.js';
import { fixture } from '../../support/fixtures.js';
import { runProgram } from '../../support/programs.js';

const text = (value: string): Buffer => Buffer.from(value);
const a: MadeEntry = { name: 'a', content: text('content of a') };
const b: MadeEntry = { name: 'b', content: text('content of b') };

async function errorOf(bytes: Buffer, options?: ZipReaderOptions): Promise<string> {
  const path = await fileOf(bytes);
  const error = await contents(path, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).toContain(path);
  return message.replace(path, 'ZIP');
}

/** Bytes that occur in rejected names. */
const ODD = [...Buffer.from('\0\\/:.')];

describe('a valid archive', () => {
  test('gives the same entries of every real backup as Python', async () => {
    for (const path of realBackups()) {
      const found = await contents(path);
      expect(found.size).toBeGreaterThan(10);
      const script = `
import sys, zipfile, zlib, json
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([[i.filename, zlib.crc32(z.read(i)), i.external_attr >> 16 & 0o7777] for i in z.infolist()]))`;
      const python = runProgram('python3', ['-c', script, path]);
      if (python === undefined) continue;
      const reader = await ZipReader.open(path);
      const entries: unknown[] = [];
      for (const entry of reader.entries) {
        entries.push([entry.name, crc32(found.get(entry.name) ?? text('missing')), entry.mode]);
      }
      await reader.close();
      expect(JSON.parse(python.output)).toEqual(entries);
    }
  });

  test('gives the same as yauzl, for real backups and for odd names and extra fields', async () => {
    const extras = fc.array(
      fc.record({
        id: fc.constantFrom(1, 0x5455, 0x9999),
        data: fc.uint8Array({ minLength: 24, maxLength: 30 }),
      }),
      { maxLength: 3 },
    );
    const entry = fc.record({
      name: fc.uint8Array({ minLength: 1, maxLength: 12 }).filter((name) => !name.some((byte) => ODD.includes(byte))),
      content: fc.uint8Array({ maxLength: 20 }),
      extras,
    });
    const read = async (path: string): Promise<unknown[]> => {
      const reader = await ZipReader.open(path);
      try {
        return [...reader.entries].map((found) => [
          ...[found.name, found.rawName.toString('hex'), found.flags, found.method, found.crc32],
          ...[found.compressedSize, found.uncompressedSize, found.offset],
        ]);
      } finally {
        await reader.close();
      }
    };
    const theirs = async (path: string): Promise<unknown[]> => {
      const zip = await yauzl.openPromise(path, { lazyEntries: true, decodeStrings: false, validateEntrySizes: false });
      const entries: unknown[] = [];
      for await (const found of zip.eachEntry()) {
        const { fileNameRaw, generalPurposeBitFlag: flags, extraFields } = found;
        entries.push([
          ...[yauzl.getFileNameLowLevel(flags, fileNameRaw, extraFields, true), fileNameRaw.toString('hex'), flags],
          ...[found.compressionMethod, found.crc32, found.compressedSize, found.uncompressedSize],
          found.relativeOffsetOfLocalHeader,
        ]);
      }
      return entries;
    };
    for (const path of realBackups()) expect(await read(path)).toEqual(await theirs(path));
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 3 }), async (made) => {
        const entries = made.map(({ name, content, extras: fields }, i) => ({
          name: Buffer.from([...Buffer.from(`${i}`), ...name]),
          content: Buffer.from(content),
          // Set for UTF-8; otherwise yauzl decodes the name as CP437.
          flags: isUtf8(name) ? 0x800 : 0,
          extra: Buffer.concat(fields.map(({ id, data }) => Buffer.concat([numbers([2, id], [2, data.length]), data]))),
        }));
        const path = await fileOf(makeZip(entries));
        expect(await read(path)).toEqual(await theirs(path));
      }),
      { numRuns: runs(40) },
    );
  });

  test('gives the same entries repeatedly', async () => {
    const passes = async (path: string): Promise<void> => {
      const reader = await ZipReader.open(path);
      const read = async (): Promise<unknown[]> => {
        const entries: unknown[] = [];
        for (const { name, header, modified, mode } of reader.entries) {
          entries.push({ name, header, modified, mode });
        }
        return entries;
      };
      const first = await read();
      expect(await read()).toEqual(first);
      expect(first.length).toBe(reader.entries.length);
      await reader.close();
    };
    for (const path of realBackups()) await passes(path);
    const zip64 = Buffer.concat([numbers([2, 1], [2, 16], [8, 12], [8, 0])]);
    const unicode = Buffer.concat([numbers([2, 0x7075], [2, 7], [1, 1], [4, crc32(text('\x82'))]), text('é')]);
    await passes(
      await fileOf(makeZip([a, { ...b, extra: zip64, comment: 'note' }, { name: 'é', flags: 0x800, extra: unicode }])),
    );
  });

  test('decodes names without the UTF-8 flag as CP437 and takes the time from the best field', async () => {
    const extended = numbers([2, 0x5455], [2, 5], [1, 1], [4, 1_700_000_000]);
    const path = await fileOf(makeZip([{ name: Buffer.from([0x82, 0x2e]), extra: extended }, a]));
    const reader = await ZipReader.open(path);
    const entries: ZipEntry[] = [];
    for (const entry of reader.entries) entries.push(entry);
    await reader.close();
    expect(entries.map(({ name }) => name)).toEqual(['é.', 'a']);
    expect(entries[0]?.modified.toISOString()).toBe('2023-11-14T22:13:20.000Z');
    expect(entries[1]?.modified.toISOString()).toBe('2025-04-12T12:00:00.000Z');
  });

  test('may be empty, have a comment, have data descriptors of any form, or be opened by a handle', async () => {
    expect((await contents(await fileOf(makeZip([])))).size).toBe(0);
    const sizes = [12, 12] as const;
    const stored: MadeEntry = { ...a, method: 0, flags: 8 };
    const crc = crc32(text('content of a'));
    for (const after of [
      numbers([4, crc], [4, sizes[0]], [4, sizes[1]]),
      numbers([4, 0x08074b50], [4, crc], [4, sizes[0]], [4, sizes[1]]),
      numbers([4, crc], [8, sizes[0]], [8, sizes[1]]),
      numbers([4, 0x08074b50], [4, crc], [8, sizes[0]], [8, sizes[1]]),
    ]) {
      const path = await fileOf(makeZip([{ ...stored, after }, b], { comment: text('a comment') }));
      expect((await contents(path)).get('a')).toEqual(a.content);
      const reader = await ZipReader.open(path);
      expect(reader.comment.toString()).toBe('a comment');
      await reader.close();
    }
  });

  test('may end with zeros up to a full block, as bsdtar writes it to a pipe', async () => {
    const path = await fileOf(makeZip([a], { comment: text('a comment'), after: Buffer.alloc(10_239) }));
    expect((await contents(path)).get('a')).toEqual(a.content);
  });

  test('inside another is read where it is, if it is stored there', async () => {
    const inner = makeZip([a, b], { comment: text('a comment') });
    const outer = await ZipReader.open(
      await fileOf(
        makeZip([
          a,
          { name: 'stored.zip', content: inner, method: 0 },
          { name: 'packed.zip', content: inner, method: 8 },
        ]),
      ),
    );
    const [, stored, packed] = [...outer.entries];
    const nested = await outer.openStored(stored as ZipEntry, { name: 'stored.zip' });
    expect([nested?.path, nested?.size, nested?.comment.toString()]).toEqual(['stored.zip', inner.length, 'a comment']);
    const found: [string, string][] = [];
    for (const entry of nested?.entries ?? []) {
      found.push([entry.name, String(await nested?.readBuffer(entry, 100))]);
    }
    expect(found).toEqual([
      ['a', 'content of a'],
      ['b', String(b.content)],
    ]);
    await nested?.close();
    expect(await outer.openStored(packed as ZipEntry, { name: 'packed.zip' })).toBeUndefined();
    expect(String(await outer.readBuffer(outer.entries.at(0) as ZipEntry, 100))).toBe('content of a');
    await outer.close();
  });

  test('tells links, folders and encrypted entries apart', async () => {
    const path = await fileOf(
      makeZip([
        { name: 'link', content: text('target'), attributes: 0o120777 * 0x10000 },
        { name: 'folder/', method: 0, attributes: 0o040755 * 0x10000 + 16 },
        { name: 'secret', method: 0, data: Buffer.alloc(12), flags: 1 },
      ]),
    );
    const reader = await ZipReader.open(path);
    const kinds: unknown[] = [];
    for (const { name, isSymlink, isDirectory, encrypted, mode } of reader.entries) {
      kinds.push([name, isSymlink, isDirectory, encrypted, mode]);
    }
    await reader.close();
    expect(kinds).toEqual([
      ['link', true, false, false, 0o777],
      ['folder/', false, true, false, 0o755],
      ['secret', false, false, true, 0o644],
    ]);
  });

  test('warns about names that differ only by case and about bytes that belong to no entry', async () => {
    const codes: string[] = [];
    const collect = {
      onWarning: ({ code, message }: { code: string; message: string }) => codes.push(`${code} ${message}`),
    };
    const gap = Buffer.alloc(40, 1);
    await contents(
      await fileOf(makeZip([a, { ...a, name: 'A', after: gap }, b, { name: 'X/1' }, { name: 'x/2' }])),
      collect,
    );
    expect(codes).toEqual([
      expect.stringMatching(/^case-collision .*"A"/),
      expect.stringMatching(/^case-collision .*"x\/2"/),
      expect.stringMatching(/^unlisted-bytes .*"A": 40 bytes/),
    ]);
  });
});

describe('a file that is not a whole zip archive', () => {
  test('is described in the error', async () => {
    expect(await errorOf(Buffer.alloc(0))).toMatch(/the file is empty/);
    expect(await errorOf(text('metadata'))).toMatch(/it is not a zip archive/);
    expect(await errorOf(makeZip([a]).subarray(0, 60))).toMatch(/ends at byte 60 without its end record/);
    await expect(ZipReader.open('/nowhere/x.zip')).rejects.toThrow(/there is no such file/);
    await expect(ZipReader.open(newFolder())).rejects.toThrow(/it is a folder/);
  });

  test('is an error at every cut, and the file is closed again', async () => {
    const whole = makeZip([a, { ...b, flags: 8 }], { comment: text('ends') });
    const path = join(newFolder(), 'cut.zip');
    const before = openFiles();
    for (let length = 0; length < whole.length; length++) {
      await writeFile(path, whole.subarray(0, length));
      await expect(contents(path)).rejects.toBeInstanceOf(InputError);
    }
    expect(openFiles()).toBe(before);
  });
});

function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

test('a flipped bit is an error or does not change the content', async () => {
  const whole = makeZip([a, { ...b, flags: 8 }, { name: 'c/', method: 0 }, { ...a, name: 'd', method: 0 }]);
  const right = await contents(await fileOf(whole));
  const path = join(newFolder(), 'flipped.zip');
  let refused = 0;
  // One bit of each byte, in rotation: all eight take half a minute.
  for (let at = 0; at < whole.length; at++) {
    const flipped = Buffer.from(whole);
    flipped.writeUInt8((flipped[at] ?? 0) ^ (1 << ((at * 3) % 8)), at);
    await writeFile(path, flipped);
    try {
      const found = await contents(path);
      expect([...found]).toEqual([...right]);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused++;
    }
  }
  // Changes that cannot be detected: versions, times, attributes, and flags without a meaning here.
  expect(refused / whole.length).toBeGreaterThan(0.7);
});

describe('a misleading archive is rejected, and the error names the entry', () => {
  const encrypted: MadeEntry = { name: 'a', method: 0, data: Buffer.alloc(24), size: 12, flags: 1 };
  const second = makeZip([b]);
  /** Read in pieces, unlike the others. */
  const large = { name: 'large', content: randomBytes(300_000) };
  const cases: readonly (readonly [string, readonly MadeEntry[], RegExp, MadeEnd?])[] = [
    ['twice the same name', [a, b, a], /"a": the archive contains this name twice/],
    ['the same bytes in two encodings', [{ name: 'é' }, { name: 'é', flags: 0x800 }], /contains this name twice/],
    ['a file that is a folder', [a, { name: 'a/x' }], /"a\/x": .*both a file of this name and a folder/],
    ['a folder that is a file', [{ name: 'a/x' }, a], /"a": .*both a file of this name and a folder/],
    ['a name that climbs', [{ name: 'x/../../y' }], /entry 1 of 1 .*"x\/..\/..\/y": the name climbs out/],
    ['an absolute name', [{ name: '/etc/passwd' }], /"\/etc\/passwd": the name is an absolute path/],
    ['a drive', [{ name: 'C:x' }], /"C:x": the name begins with a drive/],
    ['a name that climbs by backslashes', [{ name: 'x\\..\\..\\y' }], /the name climbs out/],
    ['an absolute name with backslashes', [{ name: '\\etc\\passwd' }], /the name is an absolute path/],
    [
      'a half of a character that may be a separator',
      [{ name: Buffer.from([0xd5, 0x5c, 0x2e, 0x2e, 0x5c]) }],
      /climbs/,
    ],
    ['one name with slashes and one with backslashes', [{ name: 'a/b' }, { name: 'a\\b' }], /contains this name twice/],
    ['a NUL', [{ name: 'a\0b' }], /"a\\u0000b": the name contains a NUL/],
    ['no name', [{ name: '' }], /"": the name is empty/],
    ['a name that is not plain', [{ name: 'a/./b' }], /the name is not a plain path/],
    ['an empty part in a name', [{ name: 'a//b' }], /the name is not a plain path/],
    ['two names', [{ name: 'a', extra: unicodePath('a', 'b') }], /"b": it has a second name, "a"/],
    ['an encrypted entry', [encrypted], /"a": it is encrypted/],
    ['an unknown method', [{ ...a, method: 93 }], /"a": it is compressed with method 93/],
    ['a folder with contents', [{ name: 'a/', content: text('x') }], /"a\/": it is a folder, but has contents/],
    ['another local name', [{ ...a, local: { name: 'z' } }], /"a": the names .* differ/],
    ['another local method', [{ ...a, local: { method: 0 } }], /"a": the compression methods .* differ/],
    ['another local size', [{ ...a, local: { size: 1 } }], /"a": the sizes .* differ/],
    ['another local CRC-32', [{ ...a, local: { crc: 1 } }], /"a": the CRC-32 values .* differ/],
    ['another size after the data', [{ ...a, flags: 8, after: Buffer.alloc(16) }], /"a": .* after its data differ/],
    ['a wrong CRC-32', [{ ...a, crc: 7 }], /"a": its CRC-32 is wrong/],
    ['a wrong CRC-32 of a large entry', [{ ...large, crc: 7 }], /"large": its CRC-32 is wrong/],
    ['a wrong CRC-32 of a large stored entry', [{ ...large, method: 0, crc: 7 }], /"large": its CRC-32 is wrong/],
    [
      'too small a size of a large entry',
      [{ ...large, size: 299_999 }],
      /"large": it inflates to more than the 299999/,
    ],
    ['too large a size of a large entry', [{ ...large, size: 300_001 }], /"large": it ends after 300000 of the 300001/],
    ['bytes after large data', [{ ...large, data: junkAfter(large.content) }], /"large": its data ends before/],
    ['too small a size', [{ ...a, size: 3 }], /"a": it inflates to more than the 3 bytes/],
    ['too large a size', [{ ...a, size: 99 }], /"a": it ends after 12 of the 99 bytes/],
    ['a size that cannot be', [{ ...a, size: 0x7fffffff }], /"a": it declares that 14 bytes inflate to 2147483647/],
    ['a stored size that cannot be', [{ ...a, method: 0, size: 3 }], /"a": it is stored, but as 12 instead of 3 bytes/],
    ['bytes after the deflated data', [{ ...a, data: junkAfter(text('content of a')) }], /"a": its data ends before/],
    ['data that is not deflated', [{ ...a, data: Buffer.alloc(12, 0xff) }], /"a": its data is damaged/],
    ['two entries in one place', [a, { ...a, name: 'b', offset: 0 }], /two entries claim the data at byte 0/],
    ['an entry within another', nested(), /"outer": its data up to byte \d+ overlaps/],
    ['data beyond the directory', [{ ...a, offset: 0xfffffff }], /"a": its data.*overlaps the central directory/],
    ['no local header', [a, { ...b, offset: 3 }], /"b": it has no usable local header at byte 3|within its header/],
    ['fewer entries than there are', [a, b], /counts 1 entries, but 47 more bytes/, { count: 1 }],
    ['more entries than there are', [a], /entry 2 of 2 in the central directory/, { count: 2 }],
    [
      'a directory without its first entry',
      [a, b],
      /"b": the 47 bytes after it contain directory entries/,
      hideFirst([a, b]),
    ],
    ['bytes before the end record', [a], /its directory should end at byte/, { before: text('?') }],
    ['bytes after the end record', [a], /do not fit/, { after: text('?') }],
    ['bytes after padding', [a], /do not fit/, { after: text('\0\0?') }],
    ['more padding than a block', [a], /do not fit/, { after: Buffer.alloc(10_240) }],
    ['a second archive in the comment', [a], /two end records fit/, { comment: second.subarray(-22) }],
  ];

  test.each(cases)('%s', async (_, entries, expected, end = {}) => {
    expect(await errorOf(makeZip(entries, end))).toMatch(expected);
  });

  function unicodePath(raw: string, name: string): Buffer {
    return Buffer.concat([numbers([2, 0x7075], [2, 5 + name.length], [1, 1], [4, crc32(text(raw))]), text(name)]);
  }

  function junkAfter(content: Buffer): Buffer {
    return Buffer.concat([deflateRawSync(content), text('junk')]);
  }

  /** An entry whose stored data contains another entry's header and data. */
  function nested(): readonly MadeEntry[] {
    const inner = makeZip([b]).subarray(0, -22 - 47);
    return [
      { name: 'outer', method: 0, content: inner },
      { ...b, offset: 35, data: deflateRawSync(text('content of b')) },
    ];
  }

  function hideFirst(entries: readonly MadeEntry[]): MadeEnd {
    const offset = makeZip(entries).readUInt32LE(makeZip(entries).length - 6);
    return { count: 1, offset: offset + 47, size: 47 };
  }
});

describe('limits', () => {
  test('stop bombs before and while they inflate', async () => {
    const zeros = Buffer.alloc(3_000_000);
    const bomb = makeZip([{ name: 'bomb', content: zeros }]);
    expect(await errorOf(bomb, { limits: { maxInflatedBytes: 1_000_000 } })).toMatch(/the limit is 1000000/);
    const forged = makeZip([{ name: 'bomb', content: zeros, size: 300_000 }]);
    expect(await errorOf(forged)).toMatch(/"bomb": it inflates to more than the 300000 bytes that it declares/);
    const declared = makeZip([{ name: 'bomb', data: Buffer.alloc(400_000), size: 300_000_000 }]);
    expect(await errorOf(declared)).toMatch(/the limit is 500 to 1/);
    expect(await errorOf(makeZip([a, b]), { limits: { maxEntries: 1 } })).toMatch(/has 2 entries; the limit is 1/);
  });

  test('let a caller reject an entry that is too large for memory', async () => {
    const reader = await ZipReader.open(await fileOf(makeZip([a])));
    for (const entry of reader.entries) {
      await expect(reader.readBuffer(entry, 11)).rejects.toThrow(/"a": it inflates to 12 bytes, where at most 11/);
      expect((await reader.readBuffer(entry, 12)).toString()).toBe('content of a');
    }
    await reader.close();
  });

  test('an abort stops the reading', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(ZipReader.open(fixture('0.12.3-mysql', 'backup.zip'), { signal })).rejects.toThrow('enough');
  });
});

test('a large entry comes in large chunks, and need not be read to its end', async () => {
  const content = Buffer.alloc(5_000_000, 'a table row\n');
  const reader = await ZipReader.open(await fileOf(makeZip([{ name: 'table', content }])));
  const [entry] = [...reader.entries];
  if (entry === undefined) throw new Error('no entry');
  let chunks = 0;
  for await (const chunk of reader.openStream(entry)) {
    chunks++;
    expect(chunk.length).toBeGreaterThan(0);
  }
  expect(chunks).toBeLessThan(40);
  for await (const chunk of reader.openStream(entry)) {
    expect(chunk.subarray(0, 12).toString()).toBe('a table row\n');
    break;
  }
  await reader.close();
});

test('a file that shrinks while it is read is an error', async () => {
  const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 2654435761) >>> 13));
  const path = await fileOf(makeZip([{ name: 'table', content, method: 0 }]));
  const reader = await ZipReader.open(path);
  const [entry] = [...reader.entries];
  if (entry === undefined) throw new Error('no entry');
  await writeFile(path, (await readFile(path)).subarray(0, 1_000_000));
  await expect(reader.readBuffer(entry, 1e9)).rejects.toThrow(/the file ends at byte 1000000/);
  await reader.close();
});
