/** The package that `npm install gogs-backup-upgrade` installs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { filesUnder } from '../support/filesUnder.js';
import { BASELINE_WASM, fixture, repository, temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const installed = join(folder, 'node_modules', 'gogs-backup-upgrade');
const sample = fixture('0.12.3-sqlite3', 'backup.zip');
const LONG = 120_000;

beforeAll(() => {
  // The same as `npm pack`, except for the bundle, which exists already.
  execFileSync(process.execPath, [join(repository, 'build', 'packaging', 'prepack.js')]);
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  // With --install-links, npm packs a folder as for publishing, and installs that.
  const options = ['--install-links', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', repository, ...options], { cwd: folder });
}, LONG);

function run(args: readonly string[]): { status: number | null; output: string } {
  const program = join(installed, 'bin', 'gogs-backup-upgrade.js');
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BASELINE_WASM, program, ...args], options);
  return { status, output: stdout + stderr };
}

describe('an installation', () => {
  test('is one package of at most 8 MB, without install scripts', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'gogs-backup-upgrade',
    ]);
    const files = filesUnder(installed).map((path) => path.replaceAll('\\', '/'));
    const sizes = files.map((path) => statSync(join(installed, path)).size);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8 * 2 ** 20);
    // The tools that build the site are in the same folder as the documents.
    expect(files.filter((path) => /node_modules|\.vitepress|^tests/.test(path))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(['man/gogs-backup-upgrade.1', 'docs/library.md', 'schemas/batch-report.schema.json']),
    );
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest['dependencies']).toBeUndefined();
    // npm installs no manual page that is not in a list.
    expect(manifest['man']).toEqual(['./man/gogs-backup-upgrade.1']);
    const scripts = Object.keys(manifest['scripts'] as object);
    expect(scripts.filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  test('contains the licences of its parts, all of which permit redistribution, and a bill of materials', () => {
    interface Component {
      readonly name: string;
      readonly licenses: readonly { readonly license: { readonly id: string } }[];
      readonly hashes: readonly unknown[];
    }
    const sbom = JSON.parse(readFileSync(join(installed, 'sbom.cdx.json'), 'utf8')) as { components: Component[] };
    const notices = readFileSync(join(installed, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const permissive = [
      'MIT',
      'ISC',
      'Apache-2.0',
      'BSD-3-Clause',
      'BlueOak-1.0.0',
      'Unlicense',
      '(MIT OR GPL-3.0-or-later)',
    ];
    expect(sbom.components.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'archiver',
        'fast-csv',
        'minimatch',
        'node-sql-parser',
        'node-sqlite3-wasm',
        'yargs',
        'yauzl',
      ]),
    );
    for (const { name, licenses, hashes } of sbom.components) {
      expect([name, licenses.filter(({ license }) => !permissive.includes(license.id))]).toEqual([name, []]);
      expect([name, hashes.length]).toEqual([name, 1]);
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });

  test('knows its version', () => {
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
    expect(run(['--version'])).toEqual({ status: 0, output: `${version}\n` });
  });

  test('does what the program does: SQL in and out, CSV in a zip, SQLite, workers', () => {
    mkdirSync(join(folder, 'backups'));
    for (const name of ['a.zip', 'b.zip']) copyFileSync(sample, join(folder, 'backups', name));
    const commands = [
      [sample, 'new.zip', '--verify', '--quiet'],
      ['new.zip', 'new.sql', '--engine', 'mysql', '--quiet'],
      ['new.sql', 'again.zip', '--quiet'],
      ['new.zip', 'tables.csv.zip', '--quiet'],
      ['inspect', 'new.sql', '--quiet'],
      ['verify', 'again.zip', '--quiet'],
      ['batch', 'backups', '--out-dir', 'upgraded', '--jobs', '2', '--report', 'report.csv', '--quiet'],
    ];
    for (const command of commands)
      expect([command, run(command)]).toEqual([command, expect.objectContaining({ status: 0 })]);
    expect(filesUnder(join(folder, 'upgraded')).filter((name) => name.endsWith('.zip'))).toEqual(['a.zip', 'b.zip']);
  });

  test('runs with few open files, or reports that there are too few', () => {
    const withFiles = (limit: number, ...args: string[]): ReturnType<typeof run> => {
      const program = join(installed, 'bin', 'gogs-backup-upgrade.js');
      const limited = ['-c', `ulimit -n ${limit}; exec "$@"`, 'bash', process.execPath, program, ...args, '--quiet'];
      const { status, stdout, stderr } = spawnSync('bash', limited, { cwd: folder, encoding: 'utf8' });
      return { status, output: stdout + stderr };
    };
    mkdirSync(join(folder, 'few'));
    for (const name of ['a.zip', 'b.zip', 'c.zip']) copyFileSync(sample, join(folder, 'few', name));
    expect(withFiles(64, 'batch', 'few', '--out-dir', 'few-upgraded')).toEqual({ status: 0, output: '' });
    // The number of files that Node itself opens varies between releases.
    const { status, output } = withFiles(24, sample, 'few.zip');
    if (status !== 0) expect(output).toMatch(/^error: [^\n]*ulimit -n[^\n]*\n$/);
  });

  test('reports too few open files wherever Node can load a module that imports another one', () => {
    writeFileSync(join(folder, 'one.mjs'), "import './other.mjs';");
    writeFileSync(join(folder, 'other.mjs'), '');
    const withFiles = (limit: number, ...args: string[]) =>
      spawnSync('bash', ['-c', `ulimit -n ${limit}; exec "$@"`, 'bash', process.execPath, ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
    const limits = Array.from({ length: 16 }, (_, index) => 12 + index);
    const lowest = limits.find((limit) => withFiles(limit, 'one.mjs').status === 0) ?? Number.NaN;
    const { status, stderr } = withFiles(
      lowest,
      join(installed, 'bin', 'gogs-backup-upgrade.js'),
      sample,
      'lowest.zip',
    );
    expect([status, stderr]).toEqual([6, expect.stringMatching(/^error: Cannot start: [^\n]*\n$/)]);
  });

  test('uses a driver that is installed beside it, and says how to install a missing one', () => {
    const database = 'mysql://root@127.0.0.1:1';
    expect(run(['verify', sample, '--database', database, '--quiet'])).toEqual({
      status: 2,
      output: expect.stringMatching(/the package mysql2 is not installed\. .*npm install mysql2/),
    });
    const driver = join(folder, 'node_modules', 'mysql2');
    mkdirSync(driver);
    writeFileSync(join(driver, 'index.js'), 'throw new Error("this is mysql2")');
    expect(run(['verify', sample, '--database', database, '--quiet']).output).toContain('this is mysql2');
  });
});

describe('the library', () => {
  const program = [
    "import { batch, inspect, upgrade, UserFacingError, verify } from 'gogs-backup-upgrade';",
    "import type { BatchReport, UpgradeOptions, UpgradeReport } from 'gogs-backup-upgrade';",
    "const options: UpgradeOptions = { to: '0.14', engine: 'mysql', set: ['server.DOMAIN=x'], tempdir: undefined };",
    "const report: UpgradeReport = await upgrade('old.zip', 'new.zip', options);",
    'const titles: string[] = report.findings.map(({ title }) => title);',
    "const tables = (await inspect('old.zip')).tables.length + titles.length;",
    "const done: BatchReport = await batch(['backups'], { outDir: 'upgraded', jobs: 2 });",
    "if (!(await verify('new.zip')).holds || tables + done.seconds < 0) throw new Error();",
    'export const isOurs = (error: unknown): boolean => error instanceof UserFacingError;',
  ].join('\n');
  const inNode = [
    'const { signal } = new AbortController();',
    'await upgrade(process.stdin, process.stdout, { signal, onProgress: ({ doneBytes }) => doneBytes.toFixed() });',
  ].join('\n');
  const wrong = "import { upgrade } from 'gogs-backup-upgrade';\nawait upgrade('old.zip', 'new.zip', { to: 14 });";

  test.each([
    ['without @types/node', program, { types: [], lib: ['es2023'] }, ''],
    ['with the DOM', program, { types: [], lib: ['es2023', 'dom'] }, ''],
    ['with @types/node', `${program}\n${inNode}`, { types: ['node'], lib: ['es2023'] }, ''],
    ['with a mistake', wrong, { types: [], lib: ['es2023'] }, "Type 'number' is not assignable to type"],
  ])('compiles strictly %s', (_, source, options, complaint) => {
    writeFileSync(join(folder, 'consumer.ts'), source);
    const compilerOptions = {
      ...{ module: 'nodenext', target: 'es2023', noEmit: true, strict: true, exactOptionalPropertyTypes: true },
      ...{ typeRoots: [join(repository, 'node_modules', '@types')], skipLibCheck: false, ...options },
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = spawnSync(process.execPath, [compiler], { cwd: folder, encoding: 'utf8' });
    if (complaint === '') expect(stdout).toBe('');
    else expect(stdout).toContain(complaint);
  });

  test('runs, including its workers', () => {
    const source = [
      "import { batch, TOOL, upgrade } from 'gogs-backup-upgrade';",
      `const { output } = await upgrade(${JSON.stringify(sample)}, 'library.zip');`,
      `const { totals } = await batch([${JSON.stringify(sample)}], { outDir: 'by-library' });`,
      'console.log(TOOL.name, output.path, totals.upgraded);',
    ].join('\n');
    writeFileSync(join(folder, 'consumer.js'), source);
    const { stdout, stderr } = spawnSync(process.execPath, ['consumer.js'], { cwd: folder, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['gogs-backup-upgrade library.zip 1\n', '']);
  });
});
