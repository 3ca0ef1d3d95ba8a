import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/cli/commands/commands.js';
import { EXIT_CODES } from '../../src/cli/exitCodes.js';
import { exitCodesOf } from '../../src/cli/helpText.js';
import { verify } from '../../src/verify/verify.js';
import { BASELINE_WASM, fixture, PROGRAM, repository, temporaryFolder } from '../support/fixtures.js';
import { readTables } from '../support/readBackup.js';
import { type Run, runMain } from '../support/runMain.js';

const folder = temporaryFolder();
const input = fixture('0.12.3-sqlite3', 'backup.zip');
const OTHER_INPUT = fixture('0.10.18-sqlite3', 'backup.zip');

const run = (args: readonly string[]): Promise<Run> => runMain(folder, args);

/** Starts the program itself, for tests of its streams. */
function start(args: readonly string[], stdin?: Buffer): { code: number | null; stdout: Buffer; stderr: string } {
  const options = { cwd: folder, input: stdin ?? '', maxBuffer: 1024 ** 3 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BASELINE_WASM, PROGRAM, ...args], options);
  return { code: status, stdout, stderr: stderr.toString() };
}

test('an upgrade reports on standard error what it did and what to do next', () => {
  const { code, stdout, stderr } = start([input, 'plain.zip']);
  expect(code).toBe(0);
  expect(stdout).toHaveLength(0);
  expect(stderr.replace(/\s+/g, ' ')).toContain('gogs backup of Gogs 0.12.3, schema 19');
  expect(stderr).toContain('168 rows in, 168 rows out');
  expect(stderr).toContain('gogs restore --from plain.zip --tempdir');
  expect(statSync(join(folder, 'plain.zip')).mode & 0o777).toBe(0o600);
});

test('from standard input to standard output, the archive is the same as from file to file', async () => {
  const { code, stdout } = start(['-', '-', '--quiet'], readFileSync(input));
  await run([input, 'file.zip', '--quiet']);
  expect(code).toBe(0);
  expect(stdout.equals(readFileSync(join(folder, 'file.zip')))).toBe(true);
});

test('an archive from a pipe can be verified, also against the backup', async () => {
  await run([input, 'piped.zip', '-q']);
  const archive = readFileSync(join(folder, 'piped.zip'));
  const held = start(['verify', '-', '--against', input], archive);
  expect([held.code, held.stderr.trim().split('\n').at(-1)]).toEqual([0, 'Verification passed.']);
  const other = await verify(join(folder, 'piped.zip'), { against: createReadStream(OTHER_INPUT) });
  expect(other).toMatchObject({ holds: false, against: 'standard input' });
});

describe('on a terminal', () => {
  /** Pretends that a stream is a terminal or not. */
  function pretend(stream: NodeJS.ReadStream | NodeJS.WriteStream, isTTY: boolean): () => void {
    const before = Object.getOwnPropertyDescriptor(stream, 'isTTY');
    Object.defineProperty(stream, 'isTTY', { value: isTTY, configurable: true });
    return () => {
      if (before === undefined) Reflect.deleteProperty(stream, 'isTTY');
      else Object.defineProperty(stream, 'isTTY', before);
    };
  }

  test.each([
    ['a zip', [input, '-']],
    ['a database file', [input, '-', '--format', 'sqlite']],
    ['CSV in a zip', [input, '-', '--format', 'csv']],
  ])('%s is not printed', async (_, args) => {
    const restore = pretend(process.stdout, true);
    const { code, stdout, stderr } = await run(args);
    restore();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: Standard output is a terminal, and .* Send it to a file with > new\.zip/);
  });

  test.each([[['-', 'typed.zip']], [['inspect', '-']], [['verify', '-']], [['verify', 'new.zip', '--against', '-']]])(
    'nobody types a backup: %j',
    async (args) => {
      const restore = pretend(process.stdin, true);
      const { code, stderr } = await run(args);
      restore();
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: Standard input is a terminal/)]);
    },
  );
});

test('CSV can go to standard output, as a zip, and is reported as such', () => {
  const { code, stdout, stderr } = start([input, '-', '--format', 'csv']);
  expect(code).toBe(0);
  expect(stderr).toContain('-: CSV files for Gogs 0.13');
  expect(stdout.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
});

test('--json writes the report to standard output, without secrets', async () => {
  const { code, stdout, stderr } = await run([input, 'json.zip', '--json', '--quiet']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Record<string, unknown>;
  expect(report).toMatchObject({ reportVersion: 1, input: { gogsVersion: '0.12.3' }, output: { target: '0.13' } });
  const accounts = readFileSync(fixture('0.12.3-sqlite3', 'accounts.json'), 'utf8');
  const tokens = Object.values((JSON.parse(accounts) as { tokens: Record<string, string[]> }).tokens).flat();
  expect(tokens.length).toBeGreaterThan(0);
  for (const token of tokens) expect(stdout).not.toContain(token);
});

test('--quiet prints nothing on success', async () => {
  expect(await run([input, 'quiet.zip', '-q'])).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  [[], 'the steps above'],
  [['--quiet'], 'the steps that are printed without --quiet'],
])('with %j and no checklist, the verdict says where the steps are', async (options, steps) => {
  const args = [fixture('0.12.3-mysql-hard', 'backup.zip'), 'steps.zip', '--force', '--no-checklist', ...options];
  const { code, stderr } = await run(args);
  expect(code).toBe(9);
  expect(stderr.trim()).toMatch(new RegExp(`follow ${steps}\\.$`));
});

test('--set can be given more than once', async () => {
  const args = [input, 'set.zip', '-q', '--set', 'BRAND_NAME=New', '--set', 'server.HTTP_PORT=3001'];
  expect((await run(args)).code).toBe(0);
  expect(Object.keys(await readTables(join(folder, 'set.zip')))).toHaveLength(37);
});

test.each([
  ['nothing at all', [], 2, /needs an input and an output/],
  ['an option that does not exist', ['a.zip', 'b.zip', '--bogus'], 2, /has no option --bogus/],
  ['a target that does not exist', ['a.zip', 'b.zip', '--to', '1.0'], 2, /1\.0/],
  ['a setting without a value', [input, 'x.zip', '--set', 'server.DOMAIN'], 2, /expected section\.KEY=value/],
  ['an old name in --set', [input, 'x.zip', '--set', 'database.DB_TYPE=mysql'], 2, /Write database\.TYPE=value/],
  ['JSON and the archive to one place', [input, '-', '--json'], 2, /both go to standard output/],
  ['an input that does not exist', ['no-such.zip', 'x.zip'], 3, /Cannot read no-such\.zip: there is no such file/],
  [
    'a backup of a newer Gogs',
    [fixture('0.12.3-sqlite3', 'gogs-0.14.3-backup.zip'), 'x.zip'],
    4,
    /newer Gogs 0\.14\.3/,
  ],
  ['--strict with long rows', [fixture('0.12.3-mysql-hard', 'backup.zip'), 'x.zip', '--strict'], 5, /--strict/],
  ['an output folder that does not exist', [input, 'no/such/folder/x.zip'], 6, /its folder does not exist/],
] as const)('%s ends with its exit code and one line', async (_, args, code, message) => {
  const result = await run(args);
  expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
  expect(result.stderr).not.toMatch(/\n\s+at /);
  expect(existsSync(join(folder, 'x.zip'))).toBe(false);
});

test('an ordinary backup passes --strict', async () => {
  expect(await run([input, 'strict.zip', '--strict', '-q'])).toMatchObject({ code: 0, stderr: '' });
});

describe('an output that needs a hand does not look like success', () => {
  const hard = fixture('0.12.3-mysql-hard', 'backup.zip');

  test('to a script that upgrades one: it is written, the last line reports it, the exit code is 9', async () => {
    const loud = await run([hard, 'hand.zip']);
    expect(loud.code).toBe(9);
    expect(loud.stderr.trim().split('\n').at(-1)).toMatch(/^Written, but 2 findings need a hand/);
    expect(readFileSync(join(folder, 'hand.next-steps.md'), 'utf8')).toContain('- [ ] **Rows of Issue');
    const quiet = await run([hard, 'hand-quiet.zip', '-q']);
    expect([quiet.code, quiet.stderr]).toEqual([9, expect.stringMatching(/^hand-quiet\.zip: Written, but [^\n]*\n$/)]);
  });

  test('to one that upgrades many: the batch counts them', async () => {
    const result = await run(['batch', hard, input, '--out-dir', 'hands', '-q']);
    expect([result.code, result.stderr]).toEqual([9, 'All 2 done; 1 output needs a hand.\n']);
  });

  test('to a program: the reports say whether it is ready', async () => {
    const ready = async (args: readonly string[]) => JSON.parse((await run(args)).stdout.toString()).ready;
    expect(await ready([hard, 'hand-json.zip', '--json', '-q'])).toBe(false);
    expect(await ready([input, 'hand-ready.zip', '--json', '-q'])).toBe(true);
    expect(await ready(['inspect', hard, '--json', '-q'])).toBe(false);
    expect(await ready(['inspect', input, '--json', '-q'])).toBe(true);
  });
});

test('the page of next steps can be left out, for one and for many', async () => {
  expect((await run([input, 'bare.zip', '--no-checklist'])).stderr).toMatch(/\n *8\. [\s\S]*\nReady for Gogs 0\.13/);
  expect((await run(['batch', input, '--out-dir', 'bare', '-q', '--no-checklist'])).code).toBe(0);
  const written = readdirSync(join(folder, 'bare'), { recursive: true, encoding: 'utf8' });
  expect(written.filter((name) => /backup\.(?:zip|next-steps\.md)$/.test(name))).toHaveLength(1);
  expect(existsSync(join(folder, 'bare.next-steps.md'))).toBe(false);
});

describe('a batch', () => {
  test('ends with the number of failures and how to continue, printed once', async () => {
    const { code, stderr } = await run(['batch', input, 'no-such.zip', '--out-dir', 'some']);
    expect(code).toBe(7);
    expect(stderr.match(/no-such\.zip: there is no such file/g)).toHaveLength(1);
    expect(stderr).toMatch(/\n\nRun the same command again to continue: [^\n]*\n[^\n]*\n\n1 of 2 failed; 1 done\.\n$/);
  });

  test('names failures even with --quiet', async () => {
    const { code, stderr } = await run(['batch', 'no-such.zip', '--out-dir', 'some', '-q']);
    expect([code, stderr]).toEqual([
      7,
      expect.stringMatching(/^failed no-such\.zip: Cannot read .*\n1 of 1 failed; 0 done\.\n$/),
    ]);
  });

  test('reports after Ctrl-C how far it got and how to continue, and continues', async () => {
    const before = process.stderr.write.bind(process.stderr);
    const args = ['batch', input, OTHER_INPUT, '--base', '/', '--out-dir', 'interrupted', '--jobs', '1'];
    const running = run(args);
    const caught = process.stderr.write.bind(process.stderr);
    process.stderr.write = ((text: string) => {
      if (text.startsWith('upgraded')) process.emit('SIGINT');
      return caught(text);
    }) as typeof process.stderr.write;
    const { code, stderr } = await running;
    process.stderr.write = before;
    expect(code).toBe(130);
    expect(stderr).toContain('1 of 2 inputs done. Run the same command again to continue: what is done is kept.\n');
    const again = await run(args);
    expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/1 upgraded, 1 kept/)]);
  });
});

test('README lists the exit codes of the commands', () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const told = [...readme.matchAll(/^\| (\d+) \| /gm)].map(([, code]) => Number(code));
  expect(told).toEqual(EXIT_CODES.map(({ code }) => code));
  expect(new Set(COMMANDS.flatMap(exitCodesOf))).toEqual(new Set(EXIT_CODES));
});

test('nothing is left behind', () => {
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test.each([
  ['an input that is not there', ['no-such.zip', 'x.zip', '--json'], { code: 'input', exit: 3 }],
  ['an option that does not exist', [input, 'x.zip', '--json', '--bogus'], { code: 'usage', exit: 2 }],
])('with --json, %s is reported as JSON too', async (_, args, expected) => {
  const { code, stdout, stderr } = await run(args);
  expect(JSON.parse(stdout)).toEqual({ error: { ...expected, message: expect.any(String) } });
  expect(code).toBe(expected.exit);
  expect(stderr).toMatch(/^error: /);
});
