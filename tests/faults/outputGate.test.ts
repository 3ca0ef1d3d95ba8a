/**
 * Every path that any command writes: it replaces no input and no existing file without --force, follows no link, and is
 * readable only by its owner.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { runMain } from '../support/runMain.js';

const root = temporaryFolder();
const repository = new URL('../../../', import.meta.url).pathname;
const INPUT = fixture('0.12.3-mysql-hard', 'backup.zip');
const BATCH = ['batch', 'in', '--out-dir', 'out', '--jobs', '1', '--engine', 'mysql'];

/** A path that a command writes, and the arguments for it. */
interface Output {
  readonly path: string;
  readonly args: readonly string[];
  readonly isFolder?: boolean;
}

const upgradeTo = (path: string, ...args: string[]): Output => ({
  path,
  args: ['in/old.zip', path, '--engine', 'mysql', ...args],
});

const OUTPUTS: readonly Output[] = [
  upgradeTo('new.zip'),
  { ...upgradeTo('new.zip'), path: 'new.next-steps.md' },
  { ...upgradeTo('new.zip', '--exact'), path: 'new.after-restore.sql' },
  { ...upgradeTo('new.zip', '--sql', 'tables.sql'), path: 'tables.sql' },
  upgradeTo('new.sql'),
  upgradeTo('new.sql.gz'),
  { path: 'new.db', args: ['in/old.zip', 'new.db'] },
  upgradeTo('new.csv.zip', '--format', 'csv'),
  { ...upgradeTo('tables', '--format', 'csv'), isFolder: true },
  { ...upgradeTo('server', '--layout', 'binary'), isFolder: true },
  { ...upgradeTo('volume', '--layout', 'docker'), isFolder: true },
  { ...upgradeTo('volume', '--layout', 'docker', '--compose'), path: 'docker-compose.yml' },
  { path: 'page.html', args: ['inspect', 'in/old.zip', '--report', 'page.html'] },
  { path: 'scratch.db', args: ['verify', 'in/new.zip', '--database', 'sqlite:scratch.db'] },
  { path: 'out/old.zip', args: BATCH },
  { path: 'out/old.zip.sql', args: [...BATCH, '--sql'] },
  { path: 'out/SHA256SUMS', args: BATCH },
  { path: 'report.csv', args: [...BATCH, '--report', 'report.csv'] },
  { path: 'report.json', args: [...BATCH, '--report', 'report.json'] },
  { path: 'report.html', args: [...BATCH, '--report', 'report.html'] },
];

/** The calls that open outputs, by file of src/: each is tested above. */
const OPENED_AT: Readonly<Record<string, number>> = {
  'batch/writeBatchReport.ts': 1,
  'files/OutputFile.ts': 1,
  'inspect/writeInspectionPage.ts': 1,
  'outputs/AfterRestoreSql.ts': 1,
  'outputs/SqliteFile.ts': 1,
  'outputs/openDestination.ts': 2,
  'upgrade/Companions.ts': 2,
  'verify/engines/openScratchEngine.ts': 1,
};

/** Other writes to a disk, and why they need no gate. */
const WRITES_OTHERWISE: Readonly<Record<string, string>> = {
  'files/AtomicFile.ts': 'behind the gate',
  'files/FolderWriter.ts': 'behind the gate',
  'outputs/CsvDestination.ts': 'behind the gate, in a folder under a temporary name',
  'files/privateFolders.ts': 'folders that are missing',
  'files/TemporaryFolder.ts': 'a temporary folder',
  'files/spoolStream.ts': 'in a temporary folder',
  'files/runProgram.ts': 'in a temporary folder',
  'files/createPrivateFile.ts': "a batch's own records and its manifest, which manifest.ts looks at before",
  'formats/sql/opening/openSqlFile.ts': 'in a temporary folder',
  'formats/sqlite/integrityProblem.ts': 'a link or a copy in a temporary folder',
  'formats/sqlite/openSqliteFile.ts': 'a copy in a temporary folder',
  'formats/sqlite/PageAppender.ts': 'a database that SQLite has begun under a temporary name',
  'formats/sqlite/rollBackJournal.ts': 'a copy in a temporary folder',
  'formats/tar/extractTar.ts': 'in a temporary folder',
  'inputs/remains/openMydumper.ts': 'in a temporary folder',
  'inputs/remains/openTree.ts': 'in a temporary folder',
  'inputs/remains/packGogs.ts': 'in a temporary folder',
  'inputs/remains/repackArchive.ts': 'in a temporary folder',
  'inputs/remains/spoolFromTree.ts': 'in a temporary folder',
  'outputs/AfterRestoreSection.ts': 'in a temporary folder',
  'outputs/TableEntry.ts': 'in a temporary folder',
  'verify/archive/fileChecks.ts': 'in a temporary folder',
  'batch/LockFile.ts': "a batch's own locks",
  'batch/BatchState.ts': "flushes a batch's own records",
  'formats/sql/indexing/StatementReader.ts': 'no file: a method of that name',
};

const GATE_CALL = /\bgate\.(?:file|folder|newFolder)\(/g;
const WRITING_CALL =
  /\b(?:writeFile|writeFileSync|appendFileSync|createWriteStream|copyFile|copyFileSync|mkdir|mkdirSync|mkdtemp|symlink|symlinkSync|cp|truncate)\(|\b(?:open|openSync)\([^)]*'(?:w|a|r\+)|\b(?:AtomicFile|FolderWriter)\.create\(/;

test('everything that opens an output is tested here, and nothing writes past the gate', () => {
  const opened: Record<string, number> = {};
  const otherwise: string[] = [];
  for (const file of readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file === 'files/OutputGate.ts') continue;
    const code = readFileSync(join(repository, 'src', file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    const calls = code.match(GATE_CALL)?.length ?? 0;
    if (calls > 0) opened[file] = calls;
    const others = code.replaceAll(
      /(?:handle|function|async) ?\.?writeFile\(|\.handle\.\w+\(|async function \w+\(/g,
      '',
    );
    if (WRITING_CALL.test(others) && OPENED_AT[file] === undefined) otherwise.push(file);
  }
  expect(opened).toEqual(OPENED_AT);
  expect(otherwise.filter((file) => WRITES_OTHERWISE[file] === undefined)).toEqual([]);
});

let count = 0;

/** A folder with an input, and one that verifies. */
function newPlace(): string {
  const place = join(root, String(++count));
  mkdirSync(join(place, 'in'), { recursive: true });
  copyFileSync(INPUT, join(place, 'in', 'old.zip'));
  return place;
}

const readyArchive = join(root, 'ready.zip');
const prepare = async (): Promise<void> => {
  if (!existsSync(readyArchive)) await runMain(root, [INPUT, 'ready.zip', '--quiet', '--engine', 'mysql']);
};

async function run(place: string, { args }: Output, ...more: string[]): Promise<number> {
  await prepare();
  if (args[0] === 'verify') copyFileSync(readyArchive, join(place, 'in', 'new.zip'));
  return (
    await runMain(place, [...args, '--quiet', ...more.filter((word) => args[0] !== 'verify' || word !== '--force')])
  ).code;
}

describe.each(OUTPUTS.map((output) => [`${output.path} of ${output.args.join(' ')}`, output] as const))(
  '%s',
  (_, output) => {
    const written = (place: string): string => join(place, output.path);

    test('never replaces an existing file', async () => {
      const place = newPlace();
      mkdirSync(dirname(written(place)), { recursive: true });
      writeFileSync(written(place), 'precious');
      expect([2, 6, 7]).toContain(await run(place, output));
      expect(readFileSync(written(place), 'utf8')).toBe('precious');
    });

    test('never writes through a link, and never replaces an input', async () => {
      const place = newPlace();
      mkdirSync(dirname(written(place)), { recursive: true });
      writeFileSync(join(place, 'precious'), 'precious');
      symlinkSync(join(place, 'precious'), written(place));
      await run(place, output, '--force');
      expect(readFileSync(join(place, 'precious'), 'utf8')).toBe('precious');
      rmSync(written(place), { recursive: true, force: true });
      linkSync(join(place, 'in', 'old.zip'), written(place));
      const code = await run(place, output, '--force');
      expect(code).not.toBe(0);
      expect(lstatSync(written(place)).ino).toBe(lstatSync(join(place, 'in', 'old.zip')).ino);
      expect(readFileSync(join(place, 'in', 'old.zip'))).toEqual(readFileSync(INPUT));
    });
  },
);

test('two outputs that a link leads to one place are rejected before either is written', async () => {
  const place = newPlace();
  mkdirSync(join(place, 'folder'));
  symlinkSync('folder', join(place, 'link'));
  const command = ['in/old.zip', 'folder/new.zip', '--sql', 'link/new.zip', '--engine', 'mysql'];
  const { code, stderr } = await runMain(place, command);
  expect(stderr).toContain('another output of this command has that name');
  expect(code).toBe(6);
  expect(readdirSync(join(place, 'folder'))).toEqual([]);
});

describe.each([0o000, 0o777])('under a umask of %p', (umask) => {
  async function underUmask(place: string, output: Output): Promise<void> {
    const before = process.umask();
    try {
      process.umask(umask);
      await run(place, output);
    } finally {
      process.umask(before);
    }
  }

  const single = OUTPUTS.filter(({ args, path }) => args[0] !== 'batch' && path !== 'scratch.db');
  test.each(single.map((output) => [output.path, output] as const))(
    '%s is for its owner alone',
    async (path, output) => {
      const place = newPlace();
      await underUmask(place, output);
      expect(lstatSync(join(place, path)).mode & 0o777).toBe(output.isFolder === true ? 0o700 : 0o600);
    },
  );

  test('all files of a batch are readable only by their owner', async () => {
    const place = newPlace();
    const reports = ['report.csv', 'report.json', 'report.html'];
    await underUmask(place, { path: 'out', args: [...BATCH, '--report', reports.join(','), '--exact'] });
    const names = readdirSync(join(place, 'out'), { recursive: true, encoding: 'utf8' }).map((name) =>
      join('out', name),
    );
    expect(names).toContain('out/old.after-restore.sql');
    for (const name of [...reports, 'out', ...names]) {
      const found = lstatSync(join(place, name));
      expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
    }
  });
});
