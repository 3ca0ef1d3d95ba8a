import { execFileSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pack } from 'tar-stream';
import { InputError } from '../../../src/core/errors.js';
import { inspect } from '../../../src/inspect/inspect.js';
import { upgrade } from '../../../src/upgrade/upgrade.js';
import { makeZip } from '../../support/archives.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { hasProgram } from '../../support/programs.js';
import { readEntries } from '../../support/readBackup.js';
import { packTar, unpackZip } from '../../support/remains.js';
import { loadDump } from '../../support/sqlite.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (name: string): string => join(folder, `${++count}-${name}`);
const native = fixture('0.12.3-mysql', 'native.sql');

/** Name and content of every file of the output, except those that contain the time of creation. */
async function upgraded(input: string): Promise<Map<string, Buffer>> {
  const output = newPath('out.zip');
  await upgrade(input, output);
  return readEntries(output);
}

let ofDump: Map<string, Buffer>;
beforeAll(async () => {
  ofDump = await upgraded(native);
});

describe('a dump', () => {
  test.each(['gzip', 'xz', 'bzip2', 'zstd'])('compressed with %s is read', async (program) => {
    if (!hasProgram(program)) return;
    const input = newPath('dump.sql.packed');
    writeFileSync(input, execFileSync(program, ['-c'], { input: readFileSync(native), maxBuffer: 2 ** 28 }));
    expect(await upgraded(input)).toEqual(ofDump);
  });

  test('compressed by pzstd, which begins with a frame to be skipped, is read', async () => {
    if (!hasProgram('zstd')) return;
    const input = newPath('dump.sql.zst');
    const frame = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);
    const packed = execFileSync('zstd', ['-c'], { input: readFileSync(native), maxBuffer: 2 ** 28 });
    writeFileSync(input, Buffer.concat([frame, packed, frame]));
    expect(await upgraded(input)).toEqual(ofDump);
  });

  test('alone in a folder, in a tar, and in a tar in a compressed file is read', async () => {
    const place = newPath('folder');
    mkdirSync(join(place, 'nightly'), { recursive: true });
    cpSync(native, join(place, 'nightly', 'gogs.sql'));
    const [tar, packed] = [newPath('dump.tar'), newPath('dump.tar.xz')];
    packTar(place, tar);
    packTar(place, packed, '-J');
    for (const input of [place, tar, packed]) expect(await upgraded(input)).toEqual(ofDump);
  });

  test('whose name is not UTF-8 is read from a tar', async () => {
    const [place, tar] = [newPath('folder'), newPath('dump.tar')];
    mkdirSync(place);
    cpSync(native, join(place, 'old.sql'));
    renameSync(join(place, 'old.sql'), Buffer.from(`${place}/\xe4lt.sql`, 'latin1'));
    packTar(place, tar);
    expect(await upgraded(tar)).toEqual(ofDump);
  });

  test('beside another is rejected as ambiguous', async () => {
    const place = newPath('folder');
    mkdirSync(place);
    for (const name of ['monday.sql', 'tuesday.sql.gz']) writeFileSync(join(place, name), '--');
    await expect(upgraded(place)).rejects.toThrow(
      /contains 2 dumps \(monday\.sql, tuesday\.sql\.gz\)\. Give one of them/,
    );
  });
});

describe('folders written by dump tools', () => {
  test('of mydumper are read, definitions first', async () => {
    const place = newPath('mydumper');
    mkdirSync(place);
    writeFileSync(join(place, 'metadata'), 'Started dump at: 2024-01-01 00:00:00\n');
    const sql = readFileSync(native, 'utf8');
    for (const [text, name] of sql.matchAll(/CREATE TABLE `(\w+)` \([\s\S]*?\n\)[^;]*;/g)) {
      writeFileSync(join(place, `gogs.${name}-schema.sql`), `/*!40101 SET NAMES binary*/;\n${text}\n`);
    }
    for (const [text, name] of sql.matchAll(/^INSERT INTO `(\w+)`[\s\S]*?;\n/gm)) {
      writeFileSync(join(place, `gogs.${name}.00000.sql`), `/*!40101 SET NAMES binary*/;\n${text}`, { flag: 'a' });
    }
    expect(await upgraded(place)).toEqual(ofDump);
  });

  test('of MySQL Shell are rejected with advice on how to get SQL', async () => {
    const place = newPath('mysqlsh');
    mkdirSync(place);
    for (const name of ['@.json', '@.done.json', 'gogs@user.sql', 'gogs@user@@0.tsv.zst'])
      writeFileSync(join(place, name), '{}');
    await expect(upgraded(place)).rejects.toThrow(/dump of MySQL Shell.*mysqldump/);
  });
});

describe('an unpacked backup', () => {
  test('under any name, in a folder or a tar, with files of other systems beside it, is read like the zip', async () => {
    const place = newPath('unpacked');
    await unpackZip(fixture('0.12.3-sqlite3', 'backup.zip'), place);
    renameSync(join(place, 'gogs-backup'), join(place, 'old-server'));
    writeFileSync(join(place, 'old-server', '.DS_Store'), 'a note');
    const tar = newPath('unpacked.tgz');
    packTar(place, tar, '-z');
    const zipped = await upgraded(fixture('0.12.3-sqlite3', 'backup.zip'));
    for (const input of [place, tar]) expect(await upgraded(input)).toEqual(zipped);
  });
});

describe('an unpacked backup whose zip of repositories was unpacked, too', () => {
  const REPOSITORIES = ['gogs-backup/repositories.zip', 'gogs-repo.zip'];
  /** The name and content of every repository's files, and of the others. */
  async function entriesOf(input: string): Promise<Map<string, Buffer>> {
    const found = await upgraded(input);
    const nested = newPath('repositories.zip');
    writeFileSync(nested, found.get('gogs-backup/repositories.zip') ?? '');
    for (const [name, content] of await readEntries(nested)) found.set(`in repositories.zip: ${name}`, content);
    found.delete('gogs-backup/repositories.zip');
    return found;
  }

  test.each([
    ['0.12.3-sqlite3', 'within it', true],
    ['0.12.3-sqlite3', 'beside it', false],
    ['0.9.141-mysql', 'within it', true],
  ])('%s, %s, is read like the zip', async (instance, _, within) => {
    const place = newPath('unpacked');
    await unpackZip(fixture(instance, 'backup.zip'), place);
    const zip = REPOSITORIES.map((name) => join(place, name)).find(existsSync) ?? '';
    await unpackZip(zip, within ? dirname(zip) : place);
    rmSync(zip);
    const tar = newPath('unpacked.tar');
    packTar(place, tar);
    const zipped = await entriesOf(fixture(instance, 'backup.zip'));
    for (const input of [place, tar]) expect(await entriesOf(input)).toEqual(zipped);
    const [ours, theirs] = [await inspect(place), await inspect(fixture(instance, 'backup.zip'))];
    expect(ours.repositories).toMatchObject({ count: theirs.repositories?.count });
    if (within) return;
    cpSync(join(place, 'repositories'), join(place, 'another'), { recursive: true });
    await expect(upgraded(place)).rejects.toThrow(/no repositories\.zip, and another, repositories contain/);
  });
});

describe('a zip within other bytes', () => {
  const backup = readFileSync(fixture('0.12.3-sqlite3', 'backup.zip'));

  test('alone in another zip, in a folder and in a tar is read', async () => {
    const expected = await upgraded(fixture('0.12.3-sqlite3', 'backup.zip'));
    const [zip, place, tar] = [newPath('nightly.zip'), newPath('nightly'), newPath('nightly.tar')];
    writeFileSync(zip, makeZip([{ name: 'gogs-20261126.zip', content: backup }]));
    mkdirSync(place);
    writeFileSync(join(place, 'gogs-20261126.zip'), backup);
    packTar(place, tar);
    for (const input of [zip, place, tar]) {
      expect(await upgraded(input)).toEqual(expected);
    }
  });

  test('after a program is told from SQL', async () => {
    const input = newPath('unpacks-itself.zip');
    writeFileSync(input, Buffer.concat([Buffer.alloc(4096, 'MZ'), backup]));
    await expect(upgraded(input)).rejects.toThrow(/perhaps before the archive/);
  });

  test('without its metadata.ini is rejected for that, not for a missing database', async () => {
    const entries = [...(await readEntries(fixture('0.12.3-sqlite3', 'backup.zip')))];
    const input = newPath('no-metadata.zip');
    const kept = entries.filter(([name]) => !name.endsWith('metadata.ini'));
    writeFileSync(input, makeZip(kept.map(([name, content]) => ({ name, content }))));
    await expect(upgraded(input)).rejects.toThrow(/no metadata\.ini/);
  });
});

describe('an unusual tar', () => {
  type Header = Parameters<ReturnType<typeof pack>['entry']>[0];
  async function tarOf(...entries: readonly [Header, string?][]): Promise<string> {
    const archive = pack();
    for (const [header, content] of entries) archive.entry(header, content ?? '');
    archive.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of archive) chunks.push(chunk as Buffer);
    const path = newPath('made.tar');
    writeFileSync(path, Buffer.concat(chunks));
    return path;
  }
  const dump = readFileSync(native, 'utf8');

  test('with names that lead out of it is rejected', async () => {
    const input = await tarOf([{ name: '../../etc/gogs.sql' }, dump]);
    await expect(upgraded(input)).rejects.toThrow(/"\.\.\/\.\.\/etc\/gogs\.sql": such a name leads out of the archive/);
  });

  test('to which a newer database was appended gives that one', async () => {
    const input = await tarOf([{ name: 'gogs.sql' }, 'an older one'], [{ name: 'gogs.sql' }, dump]);
    expect(await upgraded(input)).toEqual(ofDump);
  });

  test('of files without their folders loses none', async () => {
    const place = newPath('backup');
    await unpackZip(fixture('0.12.3-sqlite3', 'backup.zip'), place);
    const files = [
      'custom/conf/app.ini',
      'data/avatars/1',
      'data/attachments/7/f/7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f',
    ];
    const config = '[database]\nDB_TYPE = sqlite3\n';
    const database = newPath('gogs.db');
    loadDump(database, fixture('0.12.3-sqlite3', 'native.sql'));
    const server = newPath('server');
    for (const name of files) cpSync(join(place, 'gogs-backup', name), join(server, name));
    writeFileSync(join(server, files[0] as string), config);
    cpSync(database, join(server, 'data', 'gogs.db'));
    const tar = newPath('files.tar');
    execFileSync('tar', ['-cf', tar, '-C', server, ...files, 'data/gogs.db']);
    const names = [...(await upgraded(tar)).keys()];
    for (const name of files) expect(names).toContain(`gogs-backup/${name}`);
  });

  test('with a name longer than any file system allows is rejected', async () => {
    await expect(upgraded(await tarOf([{ name: `${'x'.repeat(5000)}.sql` }, dump]))).rejects.toThrow(InputError);
  });

  test.each(['tar', 'zip'])('with folders 300 deep is rejected, as a %s: each of them is looked at', async (form) => {
    const name = `gogs/${'a/'.repeat(300)}gogs.sql`;
    const input = form === 'tar' ? await tarOf([{ name }, dump]) : newPath('made.zip');
    if (form === 'zip') writeFileSync(input, makeZip([{ name, content: Buffer.from(dump) }]));
    await expect(upgraded(input)).rejects.toThrow(/more than 256 folders/);
  });

  test('with a pipe, a device and a link that leads out is read without them', async () => {
    const input = await tarOf(
      [{ name: 'pipe.sql', type: 'fifo' }],
      [{ name: 'disk.sql', type: 'block-device' }],
      [{ name: 'link.sql', type: 'symlink', linkname: '/etc/passwd' }],
      [{ name: '/srv/gogs.sql' }, dump],
    );
    expect(await upgraded(input)).toEqual(ofDump);
  });

  test.each([
    ['the format of GNU tar', ['--format=gnu']],
    ['format 0.0', ['--format=posix', '--sparse-version=0.0']],
    ['format 0.1', ['--format=posix', '--sparse-version=0.1']],
    ['format 1.0', ['--format=posix', '--sparse-version=1.0']],
  ])('with sparse files in %s is read like the folder, whether it has links or not', async (_, options) => {
    const place = newPath('unpacked');
    await unpackZip(fixture('0.12.3-sqlite3', 'backup.zip'), place);
    const uploads = join(place, 'gogs-backup', 'data', 'attachments', '7', 'f');
    const files: Record<string, [size: number, ...parts: [at: number, text: string][]]> = {
      hole: [3_000_000],
      'ends with a hole': [900_000, [0, 'start'], [262_144, 'middle']],
      'begins with a hole': [400_000, [399_995, 'end']],
      [`many parts, ${'a long name '.repeat(14)}`]: [
        8_000_000,
        ...Array.from({ length: 70 }, (_, i): [number, string] => [i * 100_000, `${i}`.repeat(900)]),
      ],
    };
    for (const [name, [size, ...parts]] of Object.entries(files)) {
      const file = openSync(join(uploads, name), 'wx');
      for (const [at, text] of parts) writeSync(file, text, at);
      ftruncateSync(file, size);
      closeSync(file);
    }
    const tar = newPath('sparse.tar');
    packTar(place, tar, '--sparse', ...options);
    expect(statSync(tar).size).toBeLessThan(2_000_000);
    const expected = await upgraded(place);
    expect(await upgraded(tar)).toEqual(expected);
    symlinkSync('hole', join(uploads, 'link'));
    packTar(place, tar, '--sparse', ...options);
    expect(await upgraded(tar)).toEqual(expected.set('gogs-backup/data/attachments/7/f/link', Buffer.alloc(3_000_000)));
  });

  test('with a hole that no disk has room for is read if nothing needs the file', async () => {
    const place = newPath('server');
    mkdirSync(join(place, 'log'), { recursive: true });
    writeFileSync(join(place, 'log', 'lastlog'), '');
    truncateSync(join(place, 'log', 'lastlog'), 2 ** 43);
    cpSync(native, join(place, 'gogs.sql'));
    symlinkSync('gogs.sql', join(place, 'newest'));
    const tar = newPath('sparse.tar');
    packTar(place, tar, '--sparse');
    expect(await upgraded(tar)).toEqual(ofDump);
  });

  test('with a wrong map of a sparse file is rejected', async () => {
    const place = newPath('sparse');
    mkdirSync(place);
    const file = openSync(join(place, 'gogs.sql'), 'wx');
    writeSync(file, dump, 1_000_000);
    closeSync(file);
    for (const [from, to] of [
      ['GNU.sparse.major=1', 'GNU.sparse.major=7'],
      ['GNU.sparse.realsize=1', 'GNU.sparse.realsize=0'],
      ['\n999424\n', '\n999999\n'],
      ['\n999424\n', '\n99x424\n'],
    ] as const) {
      const tar = newPath('sparse.tar');
      packTar(place, tar, '--sparse', '--format=posix');
      const bytes = readFileSync(tar, 'latin1');
      expect(bytes).toContain(from);
      writeFileSync(tar, bytes.replace(from, to), 'latin1');
      await expect(upgraded(tar)).rejects.toThrow(InputError);
    }
  });

  test('with a label, of an incremental backup, is read like any other', async () => {
    const place = newPath('labelled');
    mkdirSync(join(place, 'nightly'), { recursive: true });
    cpSync(native, join(place, 'nightly', 'gogs.sql'));
    for (const format of ['gnu', 'posix']) {
      const tar = newPath('labelled.tar');
      packTar(place, tar, `--format=${format}`, '--label=old server', `--listed-incremental=${newPath('snapshot')}`);
      expect(await upgraded(tar)).toEqual(ofDump);
    }
  });

  test('with a hard link to a missing file is rejected', async () => {
    const input = await tarOf([{ name: 'gogs.sql' }, dump], [{ name: 'b.sql', type: 'link', linkname: 'gone.sql' }]);
    await expect(upgraded(input)).rejects.toThrow(/"b\.sql" is a link to "gone\.sql", which is not in the archive/);
  });

  test('with a hard link to a folder is rejected', async () => {
    const input = await tarOf(
      [{ name: 'gogs.sql' }, dump],
      [{ name: 'a', type: 'directory' }],
      [{ name: 'b', type: 'link', linkname: 'a' }],
    );
    await expect(upgraded(input)).rejects.toThrow(/"b" is a hard link to "a", a folder/);
  });

  test.each<[string, ...Header[]]>([
    ['a file after a folder', { name: 'a/b' }, { name: 'a' }],
    ['a folder after a file', { name: 'a' }, { name: 'a', type: 'directory' }],
    ['a file in a file', { name: 'a' }, { name: 'a/b' }],
  ])('with %s of the same name is rejected', async (_, ...headers) => {
    const input = await tarOf([{ name: 'gogs.sql' }, dump], ...headers.map((header): [Header] => [header]));
    await expect(upgraded(input)).rejects.toThrow(
      /entry "a(?:\/b)?": the archive has a file and a folder of this name/,
    );
  });

  test.each<[string, Header, string?]>([
    ['a file', { name: 'b.sql' }, 'a newer one'],
    ['a hard link', { name: 'b.sql', type: 'link', linkname: 'gogs.sql' }],
    ['a symbolic link', { name: 'b.sql', type: 'symlink', linkname: '../elsewhere' }],
    ['a hard link to a symbolic link', { name: 'b.sql', type: 'link', linkname: 'c.sql' }],
  ])('in which %s replaces an earlier entry is read as tar unpacks it', async (_, header, content = '') => {
    const input = await tarOf(
      [{ name: 'gogs.sql' }, dump],
      [{ name: 'd.txt', type: 'link', linkname: 'gogs.sql' }],
      [{ name: 'c.sql', type: 'symlink', linkname: '../elsewhere' }],
      [{ name: 'b.sql' }, 'an older one'],
      [header, content],
    );
    const unpacked = newPath('unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xf', input, '-C', unpacked]);
    const read = async (from: string) => upgraded(from).catch((error: Error) => error.message.replace(from, ''));
    expect(await read(input)).toEqual(await read(unpacked));
  });

  test('to which newer files of a backup were appended gives those', async () => {
    const place = newPath('backup');
    await unpackZip(fixture('0.12.3-sqlite3', 'backup.zip'), place);
    const tar = newPath('appended.tar');
    packTar(place, tar);
    const append = (name: string, content: string | Buffer): void => {
      writeFileSync(join(place, 'gogs-backup', name), content);
      execFileSync('tar', ['-rf', tar, '-C', place, `./gogs-backup/${name}`]);
    };
    const read = (name: string): string => readFileSync(join(place, 'gogs-backup', name), 'utf8');
    append('data/avatars/1', 'newer');
    append('db/Star.json', read('db/Star.json').split('\n').slice(1).join('\n'));
    append('custom/conf/app.ini', read('custom/conf/app.ini').replace(/^APP_NAME.*$/m, 'APP_NAME = Newer'));
    execFileSync('tar', ['-rf', tar, '-C', place, './gogs-backup/data']);
    expect(await upgraded(tar)).toEqual(await upgraded(place));
  });

  test('with more zeros at its end than blocks is read, with another archive after it is rejected', async () => {
    const tar = readFileSync(await tarOf([{ name: 'gogs.sql' }, dump]));
    const [padded, followed] = [newPath('padded.tar'), newPath('followed.tar')];
    writeFileSync(padded, Buffer.concat([tar, Buffer.alloc(5000)]));
    writeFileSync(followed, Buffer.concat([tar, readFileSync(await tarOf([{ name: 'gogs.sql' }, 'an older one']))]));
    expect(await upgraded(padded)).toEqual(ofDump);
    await expect(upgraded(followed)).rejects.toThrow(/another archive follows after its end/);
  });

  test('that was truncated anywhere is rejected, even between two entries', async () => {
    const whole = readFileSync(await tarOf([{ name: 'a.txt' }, 'x'.repeat(700)], [{ name: 'gogs.sql' }, dump]));
    for (const length of [512, 700, 1536, 2048, 5000, whole.length - 1024]) {
      const input = newPath('cut.tar');
      writeFileSync(input, whole.subarray(0, length));
      await expect(upgraded(input)).rejects.toThrow(InputError);
    }
  });
});

test('a folder of something else is rejected with a list of its content and of accepted inputs', async () => {
  const place = newPath('pictures');
  mkdirSync(place);
  writeFileSync(join(place, 'cat.jpeg'), 'x');
  await expect(upgraded(place)).rejects.toThrow(/it contains "cat\.jpeg"\. Give the zip that/);
});
