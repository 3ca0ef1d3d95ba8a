/** Archives of programs on all systems: names, headers and records that are valid, but differ from those of Go. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { fileSink } from '../../../src/files/ByteSink.js';
import { OpenFile } from '../../../src/files/OpenFile.js';
import { NO_BYTES } from '../../../src/formats/zip/records.js';
import { ZipReader } from '../../../src/formats/zip/ZipReader.js';
import type { ZipWarning } from '../../../src/formats/zip/ZipReporter.js';
import { ZipWriter } from '../../../src/formats/zip/ZipWriter.js';
import { contents, fileOf, type MadeEntry, makeZip, newFolder, numbers } from '../../support/archives.js';
import { runProgram } from '../../support/programs.js';

const content = Buffer.from('content');
const FAT = 0x14;
const NTFS_7ZIP = 0x3f;
const extra = (id: number, data: Buffer): Buffer => Buffer.concat([numbers([2, id], [2, data.length]), data]);
const ntfsTimes = extra(
  0x000a,
  numbers([4, 0], [2, 1], [2, 24], [8, 133_000_000_000_000_000], [8, 133_000_000_000_000_000], [8, 0]),
);
const unicodePath = (raw: Buffer, name: string): Buffer =>
  extra(0x7075, Buffer.concat([numbers([1, 1], [4, crc32(raw)]), Buffer.from(name)]));

/** Raw names and their meanings: `系统` in GBK, `ä` in CP437. */
const GBK = Buffer.from([0xcf, 0xb5, 0xcd, 0xb3]);
const CP437 = Buffer.from([0x84]);

const CASES: readonly (readonly [program: string, entry: MadeEntry, name: string])[] = [
  ['Gogs on Windows', { name: 'custom\\conf\\app.ini' }, 'custom/conf/app.ini'],
  ['Gogs on Windows, for a folder', { name: 'custom\\conf/', content: NO_BYTES, method: 0 }, 'custom/conf/'],
  ['.NET before 4.6.1', { name: 'ä\\b', flags: 0x800, madeBy: FAT, attributes: 0 }, 'ä/b'],
  ['the Explorer of Windows, in German', { name: CP437, madeBy: FAT, attributes: 0x20 }, 'ä'],
  ['7-Zip', { name: 'a', madeBy: NTFS_7ZIP, attributes: 0x20, extra: ntfsTimes, localExtra: NO_BYTES }, 'a'],
  [
    'Info-ZIP',
    {
      name: CP437,
      extra: Buffer.concat([extra(0x5455, numbers([1, 3], [4, 1_600_000_000])), unicodePath(CP437, '系统')]),
      localExtra: Buffer.concat([
        extra(0x5455, numbers([1, 3], [4, 1_600_000_000], [4, 1_600_000_001])),
        extra(0x7875, numbers([1, 1], [1, 4], [4, 1000], [1, 4], [4, 1000])),
        unicodePath(CP437, '系统'),
      ]),
    },
    '系统',
  ],
  ['Info-ZIP on Linux without the flag', { name: Buffer.from('系统') }, '系统'],
  ['WinRAR', { name: 'ä', flags: 0x800, madeBy: FAT, extra: ntfsTimes }, 'ä'],
  ['PHP', { name: '系统', flags: 0x800 }, '系统'],
  ['the Archive Utility of macOS', { name: 'é', flags: 0x8, attributes: 0o100644 * 0x10000 + 0x4000 }, 'é'],
  [
    'a program that writes data descriptors without a signature',
    { name: 'a', method: 0, flags: 8, after: numbers([4, crc32(content)], [4, content.length], [4, content.length]) },
    'a',
  ],
  [
    'a stream in zip64',
    {
      name: 'a',
      method: 0,
      flags: 8,
      localExtra: extra(1, numbers([8, 0], [8, 0])),
      after: numbers([4, 0x08074b50], [4, crc32(content)], [8, content.length], [8, content.length]),
    },
    'a',
  ],
];

describe('an entry is read and copied as written by', () => {
  test.each(CASES)('%s', async (_, made, name) => {
    const path = await fileOf(
      makeZip([
        { content, ...made },
        { name: 'z', content },
      ]),
    );
    const warnings: ZipWarning[] = [];
    const found = await contents(path, { onWarning: (warning) => warnings.push(warning) });
    expect([...found]).toEqual([
      [name, made.content ?? content],
      ['z', content],
    ]);
    // Only the Explorer leaves the encoding unspecified.
    const expected = made.name === CP437 && made.extra === undefined ? ['unknown-encoding'] : [];
    expect(warnings.map(({ code }) => code)).toEqual(expected);
    const reader = await ZipReader.open(path);
    const copy = join(newFolder(), 'copy.zip');
    const file = OpenFile.open(copy, 'w');
    const writer = new ZipWriter(fileSink(file, copy));
    for (const entry of [...reader.entries]) await writer.copyRaw(reader, entry);
    await writer.finish();
    await file.close();
    await reader.close();
    expect([...(await contents(copy)).keys()]).toEqual([name, 'z']);
    expect((await readFile(copy)).includes('\\')).toBe(false);
  });
});

describe('bytes of an unknown encoding', () => {
  /** Copies an archive's entries under other names and returns the bytes of those names. */
  async function rename(names: readonly Buffer[], newName: (name: string) => string): Promise<Buffer[]> {
    const reader = await ZipReader.open(await fileOf(makeZip(names.map((name) => ({ name, content })))));
    const path = join(newFolder(), 'renamed.zip');
    const file = OpenFile.open(path, 'w');
    const writer = new ZipWriter(fileSink(file, path));
    for (const entry of [...reader.entries]) await writer.copyRaw(reader, entry, newName(entry.name));
    await writer.finish();
    await file.close();
    await reader.close();
    const renamed = await ZipReader.open(path);
    const found = [...renamed.entries].map(({ rawName }) => Buffer.from(rawName));
    await renamed.close();
    return found;
  }

  test('are unchanged when an entry is copied, also into another folder', async () => {
    expect(await rename([GBK, CP437], (name) => name)).toEqual([GBK, CP437]);
    expect(await rename([GBK, CP437], (name) => `x/${name}`)).toEqual([
      Buffer.concat([Buffer.from('x/'), GBK]),
      Buffer.concat([Buffer.from('x/'), CP437]),
    ]);
  });

  test('keep a backslash that is half a character, and replace one that is a separator', async () => {
    const half = Buffer.from([0xd5, 0x5c]);
    const separated = Buffer.concat([Buffer.from('a\\'), GBK, Buffer.from('\\'), half]);
    expect(await rename([half, separated], (name) => name)).toEqual([
      half,
      Buffer.concat([Buffer.from('a/'), GBK, Buffer.from('\\'), half]),
    ]);
  });
});

describe('the installed programs write archives that can be read', () => {
  const filled = async (): Promise<string> => {
    const folder = newFolder();
    mkdirSync(join(folder, 'gogs-backup', '空'), { recursive: true });
    writeFileSync(join(folder, 'gogs-backup', '空', 'ä b.txt'), content);
    writeFileSync(join(folder, 'gogs-backup', 'empty'), NO_BYTES);
    return folder;
  };
  const NAMES = ['gogs-backup/', 'gogs-backup/empty', 'gogs-backup/空/', 'gogs-backup/空/ä b.txt'];
  const PYTHON = `
import os, sys, zipfile
class Pipe:
    def __init__(self, file): self.file = file
    def write(self, data): return self.file.write(data)
    def flush(self): self.file.flush()
out = open('out.zip', 'wb')
with zipfile.ZipFile(Pipe(out), 'w', zipfile.ZIP_DEFLATED) as z:
    for folder, _, files in os.walk('gogs-backup'):
        z.write(folder)
        for name in files: z.write(os.path.join(folder, name))
out.close()`;

  test.each([
    ['zip', ['-qr', 'out.zip', 'gogs-backup']],
    ['bash', ['-c', 'command -v zip >/dev/null || exit 3; zip -qr - gogs-backup | cat > out.zip']],
    ['7z', ['a', '-tzip', 'out.zip', 'gogs-backup']],
    ['bsdtar', ['--format', 'zip', '-cf', 'out.zip', 'gogs-backup']],
    ['bash', ['-c', 'command -v bsdtar >/dev/null || exit 3; bsdtar --format zip -cf - gogs-backup | cat > out.zip']],
    ['python3', ['-c', PYTHON]],
  ] as const)('%s %j', async (program, args) => {
    const folder = await filled();
    const ended = runProgram(program, args, folder);
    if (ended === undefined || ended.status === 3) return;
    expect(ended.status).toBe(0);
    const found = await contents(join(folder, 'out.zip'));
    expect([...found.keys()].sort()).toEqual(NAMES);
    expect(found.get('gogs-backup/空/ä b.txt')).toEqual(content);
  });
});
