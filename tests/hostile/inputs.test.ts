/** Malicious inputs for the whole tool: each gives an error that says what is wrong, in bounded time and memory. */
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { InputError, UserFacingError } from '../../src/core/errors.js';
import type { UpgradeReport } from '../../src/index.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { type MadeEnd, type MadeEntry, makeZip } from '../support/archives.js';
import { cpuSeconds, effort } from '../support/effort.js';
import { temporaryFolder } from '../support/fixtures.js';
import { readEntry } from '../support/readBackup.js';
import { Scene } from '../support/scene.js';

const root = temporaryFolder();
let count = 0;

const METADATA = { name: 'gogs-backup/metadata.ini', content: Buffer.from('VERSION=1\nGOGS_VERSION=0.12.3\n') };
const VERSION = { name: 'gogs-backup/db/Version.json', content: Buffer.from('{"ID":1,"Version":19}\n') };
const users = (lines: string | Buffer): MadeEntry => ({
  name: 'gogs-backup/db/User.json',
  content: Buffer.from(lines as string),
});
const config = (text: string): MadeEntry => ({
  name: 'gogs-backup/custom/conf/app.ini',
  content: Buffer.from(text),
});
const backup = (entries: readonly MadeEntry[], end?: MadeEnd): Buffer => makeZip([METADATA, VERSION, ...entries], end);

interface Outcome {
  readonly report?: UpgradeReport;
  readonly error?: Error;
  readonly output: string;
  /** Processor time. */
  readonly seconds: number;
}

/** Upgrades the input in a separate folder, in which nothing else may appear. */
async function outcomeOf(
  input: Buffer | ((path: string) => void),
  name = 'in.zip',
  output = 'out.zip',
): Promise<Outcome> {
  const folder = join(root, String(++count));
  const places = { input: join(folder, name), output: join(folder, output), tempdir: join(folder, 'tmp') };
  mkdirSync(places.tempdir, { recursive: true });
  if (typeof input === 'function') input(places.input);
  else writeFileSync(places.input, input);
  const options = { engine: 'mysql', tempdir: places.tempdir, maxRowBytes: 4_000_000 } as const;
  let result: { report?: UpgradeReport; error?: Error } = {};
  const seconds = await cpuSeconds(async () => {
    try {
      result = { report: await upgrade(places.input, places.output, options) };
    } catch (error) {
      if (!(error instanceof UserFacingError)) throw error;
      result = { error };
      expect(readdirSync(folder).sort()).toEqual([name, 'tmp'].sort());
    }
  });
  expect(readdirSync(places.tempdir)).toEqual([]);
  return { ...result, output: places.output, seconds };
}

/** From this size on, the compression ratio matters. */
const LARGE = 300 * 1024 * 1024;
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const named = (name: string | Buffer, more: Partial<MadeEntry> = {}): MadeEntry => ({
  name,
  content: Buffer.from('x'),
  ...more,
});

describe('an archive is rejected', () => {
  const REFUSED: readonly [string, () => Buffer, RegExp][] = [
    [
      'with a table that inflates beyond its size',
      () => backup([{ ...users('\n'.repeat(1e6)), size: 10 }]),
      /more than/,
    ],
    [
      'with a table that inflates eight hundredfold',
      () => backup([{ ...users(''), size: LARGE, data: Buffer.alloc(LARGE / 800) }]),
      /500 to 1/,
    ],
    ['with sizes that no deflate can reach', () => backup([{ ...users('x'), size: 2 ** 31 }]), /is impossible/],
    [
      'with two entries over the same data',
      () => backup([users('{"ID":1}\n'), named('gogs-backup/x', { offset: 0 })]),
      /claim the data/,
    ],
    ['with an encrypted table', () => backup([{ ...users('{"ID":1}\n'), flags: 1, size: 9 }]), /encrypted/],
    ['with an encrypted file', () => backup([named('gogs-backup/custom/x', { flags: 1, size: 1 })]), /encrypted/],
    [
      'with a table of an unknown compression',
      () => backup([{ ...users('x'), method: 99, data: Buffer.from('x') }]),
      /method 99/,
    ],
    ['with more entries than it has', () => backup([], { count: 0xffff }), /directory|entries/],
    ['with a directory at the end of all numbers', () => backup([], { offset: 0xffffffff }), /directory/],
    ['with a directory of all bytes', () => backup([], { size: 0xffffffff }), /directory/],
    ['with metadata of a gigabyte', () => makeZip([{ ...METADATA, size: 2 ** 30 }, VERSION]), /impossible|at most/],
  ];
  test.each(REFUSED)('%s', async (_, make, message) => {
    const { error } = await outcomeOf(make());
    expect(error).toBeInstanceOf(InputError);
    expect(error?.message).toMatch(message);
  });

  const NAMES = [
    '../x',
    'gogs-backup/../../x',
    '/etc/x',
    'C:/x',
    'C:x',
    'a\0b',
    '',
    './x',
    'a//b',
    'gogs-backup/db/..',
  ];
  test.each(NAMES)('for the name %j', async (name) => {
    const { error } = await outcomeOf(backup([named(name)]));
    expect(error).toBeInstanceOf(InputError);
    expect(error?.message).not.toMatch(/\p{Cc}/u);
  });

  test.each([
    ['twice', ['gogs-backup/custom/x', 'gogs-backup/custom/x']],
    ['as a file and a folder', ['gogs-backup/custom/x', 'gogs-backup/custom/x/y']],
    ['as two tables', ['gogs-backup/db/User.json', 'gogs-backup/db/User.json']],
  ])('that contains a name %s', async (_, names) => {
    const { error } = await outcomeOf(backup(names.map((name) => named(name))));
    expect(error).toBeInstanceOf(InputError);
  });
});

test('names that differ only by case, and names with control characters, are carried over', async () => {
  const names = [
    'gogs-backup/custom/Readme',
    'gogs-backup/custom/README',
    'gogs-backup/custom/\x1b[2J',
    'gogs-backup/db/__proto__.json',
  ];
  const { output } = await outcomeOf(backup(names.map((name) => named(name, { flags: 0x800 }))));
  for (const name of names) expect((await readEntry(output, name)).toString()).toBe('x');
});

test('links are never followed', async () => {
  const link = { attributes: 0xa1ff0000, content: Buffer.from('/etc/passwd') };
  const carried = named('gogs-backup/custom/link', link);
  const { output } = await outcomeOf(backup([carried]));
  expect((await readEntry(output, 'gogs-backup/custom/link')).toString()).toBe('/etc/passwd');
  expect((await outcomeOf(backup([{ ...users(''), ...link }]))).error).toBeInstanceOf(InputError);
});

test('very many names take seconds and little memory', async () => {
  const names = Array.from({ length: effort('NAMES', 2_000) }, (_, i) => named(`gogs-backup/data/avatars/${i}`));
  const { report } = await outcomeOf(backup(names));
  expect(report?.files.count).toBe(names.length);
});

describe('rows', () => {
  test('nested 100,000 levels deep are rejected, in any member', async () => {
    for (const row of [
      `{"ID":1,"Name":${deep(1e5)}}`,
      `{"ID":1,"Unknown":${deep(1e5)}}`,
      deep(1e5),
      '{"a":'.repeat(1e5),
    ]) {
      const { error } = await outcomeOf(backup([users(`${row}\n`)]));
      expect(error?.message).toMatch(/nested more than|begin with an object/);
    }
  });

  test('longer than the limit are rejected with their line', async () => {
    const { error } = await outcomeOf(backup([users(`{"ID":1}\n{"ID":2,"Name":"${'ab'.repeat(5e6)}"}\n`)]));
    expect(error?.message).toMatch(/line 2: it is longer than 4000000 bytes.*--max-row-bytes/);
  });

  test('with keys like those of every JavaScript object keep them', async () => {
    const row = '{"ID":1,"__proto__":{"polluted":1},"constructor":"c","toString":1,"hasOwnProperty":null,"":5}';
    const { output } = await outcomeOf(backup([users(`${row}\n{"ID":2}\n`)]));
    const [first, second] = (await readEntry(output, 'gogs-backup/db/User.json')).toString().split('\n');
    for (const part of ['"__proto__":{"polluted":1}', '"constructor":"c"', '"toString":1', '"":5'])
      expect(first).toContain(part);
    expect(second).not.toContain('constructor');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('with varying unknown members keep them in CSV', async () => {
    const rows = '{"ID":1,"early":"a\\nb, \\"c\\""}\n{"ID":2,"late":"x"}\n{"ID":3,"early":"e","last":7}\n';
    const { output } = await outcomeOf(backup([users(rows)]), 'in.zip', 'tables/');
    const csv = readFileSync(join(output, 'user.csv'), 'utf8').split('\n');
    expect(csv[0]).toMatch(/,early,late,last$/);
    expect(readFileSync(join(output, 'user.csv'), 'utf8')).toMatch(/,"a\nb, ""c""",,\n.*,,"x",\n.*,"e",,"7"\n$/);
  });

  test.each([
    ['an array', '[1]'],
    ['a byte order mark', '\ufeff{"ID":1}'],
    ['half an escape', '{"ID":1,"Name":"\\u12"}'],
    ['a control character', '{"ID":1,"Name":"\x01"}'],
    ['two objects', '{"ID":1}{"ID":2}'],
    ['a fraction for an id', '{"ID":1.5}'],
    ['NaN', '{"ID":NaN}'],
    ['a comment', '{"ID":1/**/}'],
  ])('of %s are rejected with their line', async (_, row) => {
    const { error } = await outcomeOf(backup([users(`{"ID":7}\n${row}\n`)]));
    expect(error).toBeInstanceOf(InputError);
    expect(error?.message).toMatch(/line 2/);
  });
});

describe('app.ini', () => {
  const many = (make: (index: number) => string, length = effort('LINES', 4_000)): string =>
    Array.from({ length }, (_, i) => make(i)).join('');
  test.each([
    ['of very many keys', many((i) => `k${i} = v\n`)],
    ['of very many sections', many((i) => `[s${i}]\nk = v\n`)],
    ['of openings that are never closed', many(() => 'a = """x\n')],
    ['of lines that go on', many(() => 'a = \\\n')],
    [
      'of references to itself',
      `[database]\n${many((i) => `k${i} = %(k${i + 1})s%(k${i + 1})s\n`, 60)}HOST = %(k0)s\n`,
    ],
    ['of references that never end', `[server]\nROOT_URL = ${'%('.repeat(400_000)}\n`],
    [
      'of names that every object has',
      '[__proto__]\nDB_TYPE = mysql\n[constructor]\nname = x\n[database]\n__proto__ = y\n',
    ],
    ['of brackets', '['.repeat(100_000)],
    ['of a megabyte', 'a'.repeat(2_000_000)],
  ])('%s takes next to no time', async (_, text) => {
    const { seconds } = await outcomeOf(backup([config(text)]));
    expect(seconds).toBeLessThan(20);
  });
});

const HEAD =
  '-- MySQL dump 10.13\n\nCREATE TABLE `version` (`id` bigint, `version` bigint);\nINSERT INTO `version` VALUES (1,19);\n' +
  'CREATE TABLE `star` (`id` bigint NOT NULL, `uid` bigint, `repo_id` bigint);\n';
const TAIL = '\n-- Dump completed\n';
const sql = (text: string): Buffer => Buffer.from(HEAD + text + TAIL);

describe('SQL', () => {
  test.each([
    ['with a string that is never closed', "INSERT INTO `version` VALUES (1,'a);", /inside a string.*line 6/],
    ['with a comment that is never closed', "INSERT INTO `version` VALUES (1,/*'a');", /inside a comment.*line 6/],
    [
      'with a row without end',
      `INSERT INTO \`version\` VALUES (1,'${'a'.repeat(20e6)}');`,
      /longer than 4000000 bytes/,
    ],
    [
      'with parentheses 100,000 deep',
      `INSERT INTO \`version\` VALUES (${'('.repeat(1e5)}1${')'.repeat(1e5)});`,
      /only the database/,
    ],
    ['that reads a file', "INSERT INTO `version` VALUES (1,load_file('/etc/passwd'));", /only the database/],
    ['that selects its rows', 'INSERT INTO `version` SELECT * FROM `other`;', /adds rows that it does not list/],
    ['with too few values', 'INSERT INTO `version` VALUES (1);', /1 values for 2 columns/],
    ['with too many values', "INSERT INTO `version` VALUES (1,'a',3);", /more than 2/],
    ['with a command for its own client', '\\! touch /tmp/no\nsystem touch /tmp/no;', /is not understood/],
    ['with another one', 'system touch /tmp/no;', /is not understood/],
    ['with words again and again', `CREATE ${'INDEX '.repeat(100_000)};`, /is not understood/],
    ['with other words again and again', `ALTER TABLE ${'ONLY '.repeat(100_000)};`, /is not understood/],
    ['with spaces again and again', `INSERT INTO \`star\`${' '.repeat(30_000)}x;`.repeat(60), /adds rows/],
    [
      'with a text of 400,000 pieces',
      `INSERT INTO \`version\` VALUES (1,${"'a' ".repeat(400_000)});`,
      /not an integer/,
    ],
    ['with a column twice', "INSERT INTO `version` (`id`,`version`,`VERSION`) VALUES (1,'a','b');", /twice/],
  ])('%s is rejected', async (_, text, message) => {
    const { error } = await outcomeOf(sql(text), 'in.sql');
    expect(error).toBeInstanceOf(InputError);
    expect(error?.message).toMatch(message);
    expect(error?.message.length).toBeLessThan(500);
  });

  test.each([
    [
      'with definitions that nest',
      `CREATE TABLE \`nested\` (\`id\` int DEFAULT ${'('.repeat(500)}1${')'.repeat(500)});`,
    ],
    [
      'with a table of 5,000 columns',
      `CREATE TABLE \`x\` (${Array.from({ length: 5000 }, (_, i) => `\`c${i}\` int`).join()});`,
    ],
    ['with 2,000 tables', Array.from({ length: 2000 }, (_, i) => `CREATE TABLE \`t${i}\` (\`id\` int);`).join('\n')],
    ['with a long word again and again', `SELECT ${'a'.repeat(30_000)}!;`.repeat(60)],
    [
      'with a comment of a column of 300,000 spaces',
      `CREATE TABLE \`x\` (\`a\` int COMMENT '${' '.repeat(300_000)}');`,
    ],
    ['with 200,000 defaults of a column', `CREATE TABLE \`x\` (\`a\` int ${'DEFAULT 1 '.repeat(200_000)});`],
    [
      'with 5,000 functions that call each other',
      Array.from({ length: 5000 }, (_, i) => `CREATE FUNCTION f${i}() RETURNS int RETURN f${i + 1}();`).join('\n'),
    ],
    ['with a million semicolons', ';'.repeat(1e6)],
    [
      'with tables named as what every object has',
      'CREATE TABLE `__proto__` (`constructor` int);INSERT INTO `__proto__` VALUES (1);',
    ],
  ])('%s takes next to no time, and loses no row', async (_, text) => {
    const { report, seconds } = await outcomeOf(sql(`INSERT INTO \`star\` VALUES (1,2,3);\n${text}`), 'in.sql');
    expect(report?.tables.find(({ table }) => table === 'star')?.rowsOut).toBe(1);
    expect(seconds).toBeLessThan(20);
  });

  test('that was compressed a thousandfold is rejected before it fills the disk', async () => {
    const part = gzipSync(Buffer.alloc(2 ** 20, '\n'));
    const { error } = await outcomeOf(Buffer.concat(Array(LARGE / 2 ** 20).fill(part)), 'in.sql.gz');
    expect(error?.message).toMatch(/unpack to more than/);
  });
});

describe('CSV', () => {
  const csv =
    (name: string, text: string) =>
    (path: string): void => {
      mkdirSync(path);
      writeFileSync(join(path, 'version.csv'), 'id,version\n1,19\n');
      writeFileSync(join(path, 'star.csv'), 'id,uid,repo_id\n1,2,3\n');
      writeFileSync(join(path, name), text);
    };
  test.each([
    ['a quote that is never closed', 'id,uuid,name\n1,u,"a\n2,u,b\n', /never closed/],
    ['a quote that is never closed in a large file', `id,uuid,name\n1,u,"${'a\n'.repeat(5e6)}`, /longer than.*quote/],
    ['a line without end', `id,uuid,name\n1,u,${'a'.repeat(10e6)}`, /longer than/],
    ['text behind a quote', 'id,uuid,name\n1,u,"a"b\n', /followed by more text/],
    ['too few fields', 'id,uuid,name\n1\n', /1 fields for 3/],
    ['a column twice', 'id,uuid,name,NAME\n1,u,a,b\n', /twice/],
    ['nothing', '', /does not name/],
  ])('with %s is rejected', async (_, text, message) => {
    const { error } = await outcomeOf(csv('upload.csv', text), 'tables');
    expect(error).toBeInstanceOf(InputError);
    expect(error?.message).toMatch(message);
  });
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('lines of a gigabyte end with the limit, in little memory', async () => {
  const size = effort('LONG_LINE_MB', 320) * 1024 * 1024;
  for (const [name, head] of [
    ['long.sql', `${HEAD}INSERT INTO \`version\` VALUES (1,'`],
    ['tables', 'id,uuid,name\n1,u,"'],
  ] as const) {
    const folder = join(root, String(++count));
    mkdirSync(folder);
    const source = join(folder, name);
    if (name === 'tables') {
      mkdirSync(source);
      writeFileSync(join(source, 'star.csv'), 'id,uid,repo_id\n1,2,3\n');
    }
    const file = name === 'tables' ? join(source, 'upload.csv') : source;
    writeFileSync(file, head);
    // A sparse file reads as zeros and takes no disk space.
    truncateSync(file, size);
    const scene = new Scene(join(folder, 'scene'), fileOf(folder));
    // Not resourceUsage().maxRSS, which starts with the value of the parent process.
    const status = 'fs.readFileSync("/proc/self/status","latin1")';
    const meter = `data:text/javascript,import fs from "node:fs";process.on("exit",()=>console.error("peak",/VmHWM:\\s+(\\d+)/.exec(${status})[1]))`;
    const args = [source, 'out.zip', '--quiet', '--max-row-bytes', String(16 * 1024 * 1024)];
    const { code, stderr } = await scene.run(args, { node: ['--import', meter] });
    expect(code).toBe(3);
    expect(stderr).toMatch(/longer than 16777216 bytes|inside a string/);
    expect(Number(/peak (\d+)/.exec(stderr)?.[1])).toBeLessThan(400 * 1024);
  }
});

/** Any small file: the scene's own input is not read. */
function fileOf(folder: string): string {
  const path = join(folder, 'any');
  writeFileSync(path, '');
  return path;
}
