import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { ForeignInputError, InputError, UsageError } from '../../../src/core/errors.js';
import type { Progress } from '../../../src/core/ProgressMeter.js';
import { ZipReader } from '../../../src/formats/zip/ZipReader.js';
import { inspect } from '../../../src/inspect/inspect.js';
import { upgrade } from '../../../src/upgrade/upgrade.js';
import { verify } from '../../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { readEntries } from '../../support/readBackup.js';
import { binaryFolder, dockerFolder, packTar, unpackZip } from '../../support/remains.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (name: string): string => join(folder, `${++count}-${name}`);

const INSTANCE = '0.12.3-sqlite3';
const binary = join(folder, 'binary');
const docker = join(folder, 'docker');
beforeAll(async () => {
  await binaryFolder(INSTANCE, binary);
  await dockerFolder(INSTANCE, docker);
});

const GITEA_INI = `APP_NAME = Gitea: Git with a cup of tea
RUN_USER = git
[database]
DB_TYPE = mysql
[repository]
ROOT = /data/git/repositories
[security]
INSTALL_LOCK = true
INTERNAL_TOKEN = x
[oauth2]
JWT_SECRET = y
`;

interface Packed {
  readonly content: string;
  readonly mode: number;
  readonly modified: number;
}

/** Every entry of a zip, and of the zip inside it. */
async function entriesOf(path: string, prefix = ''): Promise<Map<string, Packed>> {
  const zip = await ZipReader.open(path);
  const found = new Map<string, Packed>();
  for (const entry of zip.entries) {
    const { name, mode, modified } = entry;
    const content = await zip.readBuffer(entry, entry.uncompressedSize);
    if (name === 'gogs-backup/repositories.zip') {
      const nested = newPath('repositories.zip');
      writeFileSync(nested, content);
      for (const [inner, packed] of await entriesOf(nested, 'repositories.zip: ')) found.set(inner, packed);
    } else {
      found.set(prefix + name, { content: content.toString('hex'), mode, modified: modified.getTime() });
    }
  }
  await zip.close();
  return found;
}

async function upgraded(input: string, options: Parameters<typeof upgrade>[2] = {}): Promise<Map<string, Packed>> {
  const output = newPath('out.zip');
  await upgrade(input, output, options);
  return entriesOf(output);
}

let docked: Promise<Map<string, Packed>> | undefined;
const ofDocker = (): Promise<Map<string, Packed>> => {
  docked ??= upgraded(docker);
  return docked;
};

const filesIn = (entries: Map<string, Packed>): Map<string, Packed> =>
  new Map([...entries].filter(([name]) => !/gogs-backup\/(?:$|data\/$|db\/|metadata\.ini$)/.test(name)));

const namesIn = (entries: Map<string, Packed>): string[] => [...filesIn(entries).keys()].sort();

const rowsIn = (entries: Map<string, Packed>): Map<string, string> =>
  new Map([...entries].filter(([name]) => name.endsWith('.json')).map(([name, { content }]) => [name, content]));

describe('the folder of a binary installation', () => {
  test.each(['0.13', '0.14'] as const)('gives the rows, keys and files that its backup gives, for %s', async (to) => {
    const ours = await upgraded(binary, { to });
    expect(filesIn(ours)).toEqual(filesIn(await upgraded(fixture(INSTANCE, 'backup.zip'), { to })));
    expect(rowsIn(ours)).toEqual(rowsIn(await upgraded(fixture(INSTANCE, 'native.sql'), { to })));
  });

  test('is not written to', async () => {
    const look = (): unknown[] =>
      (readdirSync(binary, { recursive: true }) as string[])
        .sort()
        .map((name) => [name, statSync(join(binary, name)).mtimeMs]);
    const before = look();
    await upgraded(binary);
    await inspect(binary);
    expect(look()).toEqual(before);
  });

  test('verifies against its output', async () => {
    const output = newPath('out.zip');
    await upgrade(binary, output);
    expect(await verify(output, { against: binary })).toMatchObject({ holds: true });
  });

  test('with repositories elsewhere is upgraded without them and reports it; --repositories gives their place', async () => {
    const [copy, elsewhere] = [newPath('copy'), newPath('elsewhere')];
    cpSync(binary, copy, { recursive: true, preserveTimestamps: true });
    renameSync(join(copy, 'repositories'), elsewhere);
    const { findings } = await upgrade(copy, newPath('out.zip'));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'repositories-elsewhere', needsHand: true }));
    const found = await upgraded(copy, { repositories: elsewhere });
    expect(found.has('repositories.zip: repositories/acme/core.git/HEAD')).toBe(true);
  });

  test('keeps names that are not UTF-8, as `gogs backup` does', async () => {
    const [copy, output, folder] = [newPath('copy'), newPath('out.zip'), newPath('folder')];
    cpSync(binary, copy, { recursive: true, preserveTimestamps: true });
    const name = Buffer.from('caf\xe9', 'latin1');
    const inCopy = (path: string): Buffer => Buffer.concat([Buffer.from(`${copy}/${path}/`), name]);
    writeFileSync(inCopy('repositories/acme/core.git/refs/heads'), '0'.repeat(40));
    mkdirSync(inCopy('custom'));
    writeFileSync(Buffer.concat([inCopy('custom'), Buffer.from('/a.txt')]), 'a');
    symlinkSync(inCopy('custom'), inCopy('data/attachments'));
    for (const to of [output, folder]) {
      await upgrade(copy, to, to === folder ? { format: 'files', engine: 'sqlite3' } : {});
      expect((await verify(to, { against: copy })).holds).toBe(true);
    }
    const inFolder = (path: string): Buffer => Buffer.concat([Buffer.from(`${folder}/${path}/`), name]);
    const branch = inFolder('gogs-repositories/acme/core.git/refs/heads');
    expect(readFileSync(branch, 'utf8')).toBe('0'.repeat(40));
    for (const path of ['custom', 'data/attachments'])
      expect(readFileSync(Buffer.concat([inFolder(path), Buffer.from('/a.txt')]), 'utf8')).toBe('a');
    const zip = await ZipReader.open(output);
    const names = [...zip.entries].map(({ rawName }) => rawName.toString('latin1'));
    await zip.close();
    expect(names.filter((each) => each.includes('caf'))).toEqual([
      'gogs-backup/custom/caf\xe9/',
      'gogs-backup/custom/caf\xe9/a.txt',
      'gogs-backup/data/attachments/caf\xe9/',
      'gogs-backup/data/attachments/caf\xe9/a.txt',
    ]);
  });

  test.each([
    ['gnu', []],
    ['ustar', []],
    ['posix', []],
    ['posix', ['--sparse', '--sparse-version=0.0']],
    ['posix', ['--sparse', '--sparse-version=1.0']],
  ])('keeps such names in a tar of format %s, %j, with links and without', async (format, options) => {
    const [copy, tar] = [newPath('copy'), newPath('copy.tar')];
    cpSync(binary, copy, { recursive: true, preserveTimestamps: true });
    const inCopy = (...names: string[]): Buffer => Buffer.from(`${copy}/data/attachments/${names.join('/')}`, 'latin1');
    mkdirSync(inCopy('\xe9'));
    // Longer than a name in a header, and with the character that replaces what is no UTF-8.
    for (const name of ['caf\xe9', `${'\xe9'.repeat(90)}\xc3\xa9`, `\xef\xbf\xbd${'long'.repeat(20)}`])
      writeFileSync(inCopy('\xe9', name), name);
    truncateSync(inCopy('\xe9', 'caf\xe9'), 30_000);
    packTar(copy, tar, `--format=${format}`, ...options);
    expect(await upgraded(tar)).toEqual(await upgraded(copy));
    symlinkSync(Buffer.from('caf\xe9', 'latin1'), inCopy('\xe9', 'li\xf1k'));
    linkSync(inCopy('\xe9', 'caf\xe9'), inCopy('\xe9', '\xfc'));
    symlinkSync(Buffer.from('\xe9', 'latin1'), inCopy('\xfa'));
    packTar(copy, tar, `--format=${format}`, ...options);
    expect(await upgraded(tar)).toEqual(await upgraded(copy));
  });

  test('is only read for its database and app.ini if the output keeps no files', async () => {
    const copy = newPath('copy');
    cpSync(binary, copy, { recursive: true });
    // Packing this file would take an hour.
    writeFileSync(join(copy, 'data', 'attachments', 'large'), '');
    truncateSync(join(copy, 'data', 'attachments', 'large'), 2 ** 42);
    const [script, database] = [newPath('out.sql'), newPath('out.db')];
    for (const output of [script, database]) {
      await upgrade(copy, output);
      expect(await verify(output, { against: copy })).toMatchObject({ holds: true, files: { count: 0 } });
    }
    const expected = newPath('out.sql');
    await upgrade(fixture(INSTANCE, 'native.sql'), expected, { engine: 'sqlite3' });
    expect(readFileSync(script, 'utf8')).toBe(readFileSync(expected, 'utf8'));
  });

  test('reports the progress of packing before the total is known', async () => {
    const packed: number[] = [];
    const onProgress = ({ doneBytes, totalBytes }: Progress): void => {
      if (!Number.isFinite(totalBytes)) packed.push(doneBytes);
    };
    await upgrade(binary, newPath('out.zip'), { onProgress });
    expect(packed.length).toBeGreaterThan(100);
    expect(packed).toEqual(packed.toSorted((a, b) => a - b));
  });

  test('keeps Git LFS objects, which backups do not contain', async () => {
    const copy = newPath('copy');
    cpSync(binary, copy, { recursive: true });
    mkdirSync(join(copy, 'data', 'lfs-objects', '2', 'd'), { recursive: true });
    writeFileSync(join(copy, 'data', 'lfs-objects', '2', 'd', '2d71'), 'large');
    const object = (await upgraded(copy)).get('gogs-backup/data/lfs-objects/2/d/2d71');
    expect(Buffer.from(object?.content ?? '', 'hex').toString()).toBe('large');
    const { findings } = await upgrade(copy, newPath('lfs.zip'));
    expect(findings.find(({ code }) => code === 'lfs-objects')?.title).toContain('are in the archive');
    const { findings: placed } = await upgrade(copy, newPath('lfs-server'), { layout: 'binary' });
    expect(placed.map(({ code }) => code)).not.toContain('lfs-objects');
  });

  test('is followed through links within it, and never out of it', async () => {
    const [copy, secret] = [newPath('copy'), newPath('secret')];
    cpSync(binary, copy, { recursive: true });
    mkdirSync(secret);
    writeFileSync(join(secret, 'passwd'), 'root');
    renameSync(join(copy, 'data', 'avatars'), join(copy, 'pictures'));
    symlinkSync('../pictures', join(copy, 'data', 'avatars'));
    symlinkSync(secret, join(copy, 'custom', 'outside'));
    symlinkSync('..', join(copy, 'custom', 'circle'));
    const output = newPath('out.zip');
    const { findings } = await upgrade(copy, output);
    const names = [...(await readEntries(output)).keys()];
    expect(names).toContain('gogs-backup/data/avatars/1');
    expect(names.filter((name) => name.includes('outside') || name.includes('circle'))).toEqual([]);
    const { examples, count: left } = findings.find(({ code }) => code === 'link-left-out') ?? {};
    expect([left, examples]).toEqual([2, ['"custom/circle"', '"custom/outside"']]);
  });

  test('with several Gogs installations is rejected with their places', async () => {
    const both = newPath('both');
    cpSync(binary, join(both, 'old'), { recursive: true });
    cpSync(docker, join(both, 'new'), { recursive: true });
    await expect(upgraded(both)).rejects.toThrow(
      /several Gogs \(new\/gogs\/conf\/app\.ini, old\/custom\/conf\/app\.ini\)/,
    );
  });

  test('beside a Gitea and a program with an app.ini of its own is read as if it were alone', async () => {
    const [both, archive] = [newPath('neighbours'), newPath('neighbours.tar')];
    cpSync(binary, join(both, 'gogs'), { recursive: true, preserveTimestamps: true });
    const others = {
      'gitea/custom/conf': GITEA_INI,
      'www/conf': '[uwsgi]\nsocket = /run/app.sock\n[database]\nhost = db\n',
      'a/conf': '',
    };
    for (const [place, text] of Object.entries(others)) {
      mkdirSync(join(both, place), { recursive: true });
      writeFileSync(join(both, place, 'app.ini'), text);
    }
    packTar(both, archive);
    const expected = await upgraded(binary);
    for (const input of [both, archive]) {
      const ours = await upgraded(input);
      expect(rowsIn(ours)).toEqual(rowsIn(expected));
      expect(namesIn(ours)).toEqual(namesIn(expected));
    }
  });

  test('a folder of Gitea is rejected as such, with its place; a dump of Gogs beside its app.ini is read', async () => {
    const gitea = newPath('gitea');
    mkdirSync(join(gitea, 'gitea', 'conf'), { recursive: true });
    writeFileSync(join(gitea, 'gitea', 'conf', 'app.ini'), GITEA_INI);
    const rejected = await upgraded(gitea).catch((error: unknown) => error);
    expect(rejected).toBeInstanceOf(ForeignInputError);
    expect(String(rejected)).toContain('a folder of Gitea or Forgejo (gitea/conf/app.ini)');
    cpSync(fixture(INSTANCE, 'native.sql'), join(gitea, 'gogs.sql'));
    expect(rowsIn(await upgraded(gitea))).toEqual(rowsIn(await upgraded(fixture(INSTANCE, 'native.sql'))));
  });

  test.each([
    ['app.ini is in /etc/gogs, and everything else in /var/lib/gogs', 'etc/gogs/app.ini', 'var/lib/gogs'],
    ['a package puts app.ini into /etc/gogs/conf', 'etc/gogs/conf/app.ini', 'var/lib/gogs'],
    ['the custom folder has another name', 'gogs-custom/conf/app.ini', ''],
  ])('gives the same rows and files where %s', async (_, config, work) => {
    const [server, archive] = [newPath('server'), newPath('server.tar')];
    const custom = join(server, config.endsWith('conf/app.ini') ? dirname(dirname(config)) : join(work, 'custom'));
    for (const name of ['data', 'repositories'])
      cpSync(join(binary, name), join(server, work, name), { recursive: true, preserveTimestamps: true });
    cpSync(join(binary, 'custom'), custom, { recursive: true, preserveTimestamps: true });
    mkdirSync(join(server, dirname(config)), { recursive: true });
    renameSync(join(custom, 'conf', 'app.ini'), join(server, config));
    packTar(server, archive);
    const expected = await upgraded(binary);
    for (const input of [server, archive]) {
      const ours = await upgraded(input);
      expect(rowsIn(ours)).toEqual(rowsIn(expected));
      expect(namesIn(ours)).toEqual(namesIn(expected));
    }
  });

  test('beside copies of its custom folder, an older program and a recycle bin is read as if it were alone', async () => {
    const copy = newPath('copy');
    cpSync(binary, copy, { recursive: true, preserveTimestamps: true });
    for (const name of ['custom-old', 'custom.bak2', 'gogs-0.11', '#recycle'])
      cpSync(join(binary, 'custom'), join(copy, name), { recursive: true });
    const ours = await upgraded(copy);
    expect(namesIn(ours)).toEqual(namesIn(await upgraded(binary)));
  });

  test('reduced to data/ gives its rows and files', async () => {
    const entries = await upgraded(join(binary, 'data'));
    expect(rowsIn(entries)).toEqual(rowsIn(await upgraded(binary)));
    expect(entries.has('gogs-backup/data/avatars/1')).toBe(true);
  });

  test('without its database is rejected, with what app.ini says about it', async () => {
    const copy = newPath('copy');
    cpSync(binary, copy, { recursive: true });
    rmSync(join(copy, 'data', 'gogs.db'));
    await expect(upgraded(copy)).rejects.toThrow(
      /its database is .*gogs\.db, but there is no SQLite database.*--database-dump/,
    );
  });
});

describe('a folder whose database is on a server', () => {
  test.each(['0.12.3-mysql', '0.12.3-postgres'])('takes a dump of it: %s', async (instance) => {
    const work = newPath('work');
    await binaryFolder(instance, work);
    const failed = upgraded(work);
    await expect(failed).rejects.toBeInstanceOf(InputError);
    await expect(failed).rejects.toThrow(/--database-dump dump\.sql, made by `(mysqldump|pg_dump) .*dump\.sql/);
    const databaseDump = fixture(instance, 'native.sql');
    const ours = await upgraded(work, { databaseDump });
    expect(rowsIn(ours)).toEqual(rowsIn(await upgraded(databaseDump)));
    expect(filesIn(ours)).toEqual(filesIn(await upgraded(fixture(instance, 'backup.zip'))));
  });

  test.each([
    [
      'mysql',
      ['HOST = db.example.com:3307', 'USER = forge', 'NAME = my db'],
      "-h db.example.com -P 3307 -u forge -p -r dump.sql 'my db'",
    ],
    [
      'mysql',
      ['HOST = localhost', 'USER = forge', 'NAME = gogs'],
      '-h localhost --protocol=TCP -u forge -p -r dump.sql gogs',
    ],
    ['mysql', ['HOST = /run/mysqld/mysqld.sock', 'NAME = gogs'], '-S /run/mysqld/mysqld.sock -r dump.sql gogs'],
    [
      'mysql',
      ['HOST = root:secret@db:3306', 'USER = forge', 'NAME = gogs'],
      '-h db -P 3306 -u forge -p -r dump.sql gogs',
    ],
    ['postgres', ['HOST = [::1]:5433', 'USER = forge', 'NAME = gogs'], '-h ::1 -p 5433 -U forge -f dump.sql gogs'],
    [
      'postgres',
      ['HOST = /run/postgresql', 'USER = forge', 'NAME = gogs'],
      '-h /run/postgresql -U forge -f dump.sql gogs',
    ],
  ])('is asked for by the command that makes it: %s, %s', async (type, settings, command) => {
    const work = newPath('work');
    mkdirSync(join(work, 'custom', 'conf'), { recursive: true });
    mkdirSync(join(work, 'data'));
    writeFileSync(join(work, 'custom', 'conf', 'app.ini'), `[database]\nTYPE = ${type}\n${settings.join('\n')}\n`);
    const failed = upgraded(work);
    await expect(failed).rejects.toThrow(`${command}\``);
    await expect(failed).rejects.not.toThrow('secret');
  });

  test('needs the option, which is rejected for other inputs', async () => {
    const failed = upgraded(fixture(INSTANCE, 'backup.zip'), { databaseDump: fixture(INSTANCE, 'native.sql') });
    await expect(failed).rejects.toBeInstanceOf(UsageError);
  });
});

describe('the volume of the official image', () => {
  test('gives the rows and files of the installation, without the old database and the logs in its custom folder', async () => {
    const ours = await ofDocker();
    const theirs = await upgraded(binary);
    expect(rowsIn(ours)).toEqual(rowsIn(theirs));
    const plain = (entries: Map<string, Packed>): string[] =>
      [...filesIn(entries).keys()]
        .map((name) => name.replace(': gogs-repositories/', ': repositories/'))
        .filter((name) => !name.endsWith('.sample'))
        .sort();
    expect(plain(ours)).toEqual(plain(theirs));
  });

  test.each([
    ['a tar', 'volume.tar', []],
    ['a tar.gz', 'volume.tgz', ['-z']],
    ['a tar.xz', 'volume.tar.xz', ['-J']],
    ['a tar in the oldest format', 'volume.tar', ['--format=v7']],
    ['a tar with POSIX headers', 'volume.tar', ['--format=posix']],
  ])('as %s gives the same result', async (_, name, options) => {
    const archive = newPath(name);
    packTar(docker, archive, ...options);
    expect(await upgraded(archive)).toEqual(await ofDocker());
  });

  test('with data and repositories moved behind links of the container gives the same result', async () => {
    const [copy, archive] = [newPath('copy'), newPath('moved.tar')];
    cpSync(docker, copy, { recursive: true, preserveTimestamps: true });
    for (const [from, to] of [
      ['git/gogs-repositories', 'disk'],
      ['gogs/data', 'gogs-data'],
      ['gogs-data/avatars', 'pictures'],
    ] as const) {
      renameSync(join(copy, from), join(copy, to));
      symlinkSync(`/data/${to}`, join(copy, from));
    }
    packTar(copy, archive);
    for (const input of [copy, archive]) {
      const ours = await upgraded(input);
      expect([...filesIn(ours).keys()]).toEqual([...filesIn(await ofDocker()).keys()]);
      expect(rowsIn(ours)).toEqual(rowsIn(await ofDocker()));
    }
  });

  test('with data on another disk is rejected, naming what is missing', async () => {
    const copy = newPath('copy');
    cpSync(docker, copy, { recursive: true });
    for (const name of ['avatars', 'attachments']) {
      rmSync(join(copy, 'gogs', 'data', name), { recursive: true });
      symlinkSync(`/mnt/nas/${name}`, join(copy, 'gogs', 'data', name));
    }
    const { findings } = await upgrade(copy, newPath('out'), { layout: 'docker' });
    expect(findings.find(({ code }) => code === 'data-elsewhere')).toMatchObject({
      needsHand: true,
      examples: ['"gogs/data/attachments"', '"gogs/data/avatars"'],
    });
  });

  test('with avatars that app.ini places on another disk reports that; a folder for which nothing was uploaded is no loss', async () => {
    const copy = newPath('copy');
    cpSync(docker, copy, { recursive: true });
    rmSync(join(copy, 'gogs', 'data', 'avatars'), { recursive: true });
    const config = join(copy, 'gogs', 'conf', 'app.ini');
    const before = readFileSync(config, 'utf8');
    const found = async (path: string): Promise<readonly string[] | undefined> => {
      writeFileSync(config, before.replace('[picture]', `[picture]\nAVATAR_UPLOAD_PATH = ${path}`));
      const { findings } = await inspect(copy);
      return findings.find(({ code }) => code === 'data-elsewhere')?.examples;
    };
    expect(await found('/mnt/nas/avatars')).toEqual(['"/mnt/nas/avatars"']);
    expect(await found('/data/gogs/data/avatars')).toBeUndefined();
  });

  test('in the file system of its container, beside the program and its own app.ini, is read as if it were alone', async () => {
    const container = newPath('container');
    cpSync(docker, join(container, 'data'), { recursive: true, preserveTimestamps: true });
    mkdirSync(join(container, 'app', 'gogs', 'conf'), { recursive: true });
    writeFileSync(join(container, 'app', 'gogs', 'conf', 'app.ini'), 'APP_NAME = Gogs\n');
    writeFileSync(join(container, 'app', 'gogs', 'gogs'), 'the program');
    symlinkSync('/data/gogs/data', join(container, 'app', 'gogs', 'data'));
    writeFileSync(join(container, '.dockerenv'), '');
    const archive = newPath('export.tar');
    packTar(container, archive);
    for (const input of [container, archive]) {
      const ours = await upgraded(input);
      expect(namesIn(ours)).toEqual(namesIn(await ofDocker()));
      expect(rowsIn(ours)).toEqual(rowsIn(await ofDocker()));
    }
    rmSync(join(container, 'data'), { recursive: true });
    await expect(upgraded(container)).rejects.toThrow(/container without its volumes.*docker cp CONTAINER:\/data/);
    rmSync(join(container, 'app', 'gogs', 'conf'), { recursive: true });
    await expect(upgraded(container)).rejects.toThrow(/container without its volumes.*docker cp CONTAINER:\/data/);
  });

  test.each([
    ['OCI', 'blobs/sha256', ['index.json', 'manifest.json', 'oci-layout']],
    ['older', 'f'.repeat(64), ['manifest.json', 'repositories']],
  ])(
    'of an image that docker save wrote in the %s layout is not looked for: no volume is in it',
    async (_, layer, files) => {
      const [root, image, archive] = [newPath('root'), newPath('image'), newPath('save.tar')];
      mkdirSync(join(root, 'data', 'gogs', 'conf'), { recursive: true });
      writeFileSync(join(root, 'data', 'gogs', 'conf', 'app.ini'), 'APP_NAME = Gogs\n');
      mkdirSync(join(image, layer), { recursive: true });
      packTar(root, join(image, layer, layer.includes('/') ? 'f'.repeat(64) : 'layer.tar'));
      for (const file of files) writeFileSync(join(image, file), '{}');
      packTar(image, archive);
      for (const input of [image, archive])
        await expect(upgraded(input)).rejects.toThrow(/docker save.*docker cp CONTAINER:\/data/);
    },
  );

  test('beside lost+found, sockets and leftovers of a restore is read as if it were alone', async () => {
    const copy = newPath('copy');
    cpSync(docker, join(copy, 'volumes', 'gogs', '_data'), { recursive: true, preserveTimestamps: true });
    const volume = join(copy, 'volumes', 'gogs', '_data');
    cpSync(join(volume, 'gogs'), join(volume, 'gogs.bak'), { recursive: true });
    mkdirSync(join(volume, 'lost+found', '#123'), { recursive: true, mode: 0o700 });
    mkdirSync(join(copy, 'volumes', 'postgres', '_data'), { recursive: true });
    writeFileSync(join(copy, 'volumes', 'postgres', '_data', 'PG_VERSION'), '15');
    const ours = await upgraded(copy);
    expect([...filesIn(ours).keys()]).toEqual([...filesIn(await ofDocker()).keys()]);
    expect(rowsIn(ours)).toEqual(rowsIn(await ofDocker()));
  });

  test('as a tar with forks that share objects by hard links loses none', async () => {
    const copy = newPath('copy');
    cpSync(docker, copy, { recursive: true, preserveTimestamps: true });
    const repository = join(copy, 'git', 'gogs-repositories', 'acme', 'core.git');
    linkSync(join(repository, 'description'), join(repository, 'another-name'));
    const archive = newPath('links.tar');
    packTar(copy, archive);
    expect(await upgraded(archive)).toEqual(await upgraded(copy));
  });

  test('with a database that someone compressed gives the same rows', async () => {
    const [copy, archive] = [newPath('compressed'), newPath('compressed.tar')];
    cpSync(docker, copy, { recursive: true });
    execFileSync('gzip', [join(copy, 'gogs', 'data', 'gogs.db')]);
    packTar(copy, archive);
    for (const input of [copy, archive]) expect(rowsIn(await upgraded(input))).toEqual(rowsIn(await ofDocker()));
  });

  test('with the write-ahead log of a running server includes its changes, from a tar too', async () => {
    const { default: sqlite } = await import('node-sqlite3-wasm');
    const copy = newPath('copy');
    cpSync(docker, copy, { recursive: true });
    const database = new sqlite.Database(join(copy, 'gogs', 'data', 'gogs.db'));
    try {
      database.exec(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; UPDATE user SET full_name = 'in the log'",
      );
      const archive = newPath('running.tar');
      packTar(copy, archive);
      for (const input of [copy, archive]) {
        const users = (await upgraded(input)).get('gogs-backup/db/User.json')?.content ?? '';
        expect(Buffer.from(users, 'hex').toString()).toContain('"FullName":"in the log"');
      }
    } finally {
      database.close();
    }
  });
});

test('a folder is packed once for an upgrade: its repositories are not copied again to be unpacked', async () => {
  const tempdir = newPath('temporary');
  mkdirSync(tempdir);
  const seen = new Set<string>();
  const onProgress = (): void => {
    for (const path of readdirSync(tempdir, { recursive: true }) as string[]) seen.add(path.replace(/^.*\d-/, ''));
  };
  await upgrade(docker, newPath('server'), { layout: 'docker', tempdir, onProgress });
  expect(seen).toContain('files.zip');
  expect(seen).not.toContain('repositories.zip');
});

describe('inspect', () => {
  const REPOSITORY = 'git/gogs-repositories/acme/core.git';

  test('copies no large file, whether the folder is a server, a backup or a tar of either', async () => {
    const [server, backup] = [newPath('server'), newPath('backup')];
    cpSync(docker, server, { recursive: true });
    await unpackZip(fixture(INSTANCE, 'backup.zip'), backup);
    const large = 5 * 1024 ** 3;
    // Their blocks are not on the disk.
    for (const path of [
      join(server, 'gogs', 'data', 'attachments', '7', 'large'),
      join(server, REPOSITORY, 'objects', 'pack', 'pack-large.pack'),
      join(server, 'gogs', 'large.log'),
      join(backup, 'gogs-backup', 'data', 'attachments', 'large'),
    ]) {
      writeFileSync(path, '');
      truncateSync(path, large);
    }
    const tempdir = newPath('temporary');
    mkdirSync(tempdir);
    let most = 0;
    const onProgress = (): void => {
      const files = readdirSync(tempdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const sizes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
      most = Math.max(
        most,
        sizes.reduce((sum, size) => sum + size, 0),
      );
    };
    const ofServer = await inspect(server, { tempdir, onProgress });
    expect(ofServer.input.bytes).toBeGreaterThan(3 * large);
    expect(ofServer.repositories?.bytes).toBeGreaterThan(large);
    const bytesOf = (name: string): number => ofServer.files.find((group) => group.name === name)?.bytes ?? 0;
    for (const name of ['custom', 'data/attachments', 'repositories.zip']) expect(bytesOf(name)).toBeGreaterThan(large);
    const ofBackup = await inspect(backup, { tempdir, onProgress });
    expect(ofBackup.input.bytes).toBeGreaterThan(large);
    expect(ofBackup.repositories).toMatchObject({ count: ofServer.repositories?.count });
    expect(most).toBeGreaterThan(10_000);
    expect(most).toBeLessThan(1024 ** 2);
  });

  test('finds in a folder, and in a tar of it, what an upgrade finds, and looks into the same files', async () => {
    const server = newPath('server');
    cpSync(docker, server, { recursive: true });
    mkdirSync(join(server, REPOSITORY, 'hooks'), { recursive: true });
    writeFileSync(join(server, REPOSITORY, 'hooks', 'update'), '#!/bin/sh\n"/home/git/gogs" update\n');
    chmodSync(join(server, REPOSITORY, 'hooks', 'update'), 0o644);
    // Large, and a database nevertheless.
    const other = new sqlite.Database(join(server, 'gogs', 'other.db'));
    other.exec('CREATE TABLE t (b); INSERT INTO t VALUES (zeroblob(400000))');
    other.close();
    const archive = newPath('server.tar');
    packTar(server, archive);
    const { findings } = await upgrade(server, newPath('out.zip'));
    const reports = [await inspect(server), await inspect(archive)];
    for (const report of reports) {
      expect(report.findings).toEqual(expect.arrayContaining([...findings]));
      const codes = report.findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(['database-inside', 'hook-mode', 'hook-path']));
    }
    // A tar has its own order.
    const [ofFolder, ofTar] = reports.map((report) =>
      report.findings.map((finding) => ({ ...finding, examples: finding.examples.toSorted() })),
    );
    expect(ofTar).toEqual(ofFolder);
    expect(reports[1]?.repositories).toEqual(reports[0]?.repositories);
  });

  test('names what it found, and reports the same for the folder as for the backup', async () => {
    const [ours, backups] = [await inspect(docker), await inspect(fixture(INSTANCE, 'backup.zip'))];
    expect(ours.input).toMatchObject({ form: 'Gogs folder', schemaVersion: 19, engine: 'sqlite3' });
    expect(ours.repositories).toMatchObject({ count: backups.repositories?.count });
    expect(readFileSync(join(docker, 'gogs', 'conf', 'app.ini'), 'utf8')).toContain('ROOT');
  });
});
