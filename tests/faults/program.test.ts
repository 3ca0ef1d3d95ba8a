/** Behaviour that only shows in a separate process: signals, streams, clock and locale. */
import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { largeBackup } from '../support/archives.js';
import { effort, seededRandom } from '../support/effort.js';
import { fixture, repository, temporaryFolder } from '../support/fixtures.js';
import { ended, expectClearError, Scene } from '../support/scene.js';

const root = temporaryFolder();
// The user nobody must be able to enter this folder too.
chmodSync(root, 0o755);
let count = 0;
const newScene = (path = HARD): Scene => new Scene(join(root, String(++count)), path);

/** An input whose upgrade writes three files: the archive, SQL for long rows, and the checklist. */
const HARD = fixture('0.12.3-mysql-hard', 'backup.zip');
const ARCHIVE = 'new.zip';

const expected = new Map<string, Buffer>();
beforeAll(async () => {
  const scene = newScene();
  // The checklist contains the output's name, so it must be the name that the tests use.
  await scene.run([scene.input, ARCHIVE, '--quiet']);
  for (const name of scene.outputs) expected.set(name, readFileSync(scene.path(name)));
  expect([...expected.keys()]).toEqual(['new.after-restore.sql', 'new.next-steps.md', ARCHIVE]);
});

describe('kill -9', () => {
  test('keeps the input, and leaves whole files or none under the final names', async () => {
    const kills = effort('KILLS', 4);
    const random = seededRandom(kills);
    for (let kill = 0; kill < kills; kill++) {
      const scene = newScene();
      const child = scene.start([scene.input, ARCHIVE, '--quiet']);
      const end = ended(child);
      // Half of the kills come at any moment, half once there is something that could be left behind.
      if (kill % 2 === 1) while (scene.outputs.length === 0 && child.exitCode === null) await sleep(1);
      await sleep(random() * (kill % 2 === 1 ? 60 : 500));
      child.kill('SIGKILL');
      await end;
      scene.expectUntouchedInput();
      for (const name of scene.outputs) {
        const whole = expected.get(name);
        if (whole === undefined) expect(name).toMatch(/^\.new\.[\w.-]+\.[0-9a-f]{12}\.part$/);
        else expect([name, readFileSync(scene.path(name)).equals(whole)]).toEqual([name, true]);
      }
      for (const name of readdirSync(scene.tempdir)) expect(name).toMatch(/^gogs-backup-upgrade-/);
      if (kill % 4 === 1) {
        await scene.expectNextRunSucceeds(ARCHIVE);
        expect(readFileSync(scene.path(ARCHIVE)).equals(expected.get(ARCHIVE) as Buffer)).toBe(true);
      }
      rmSync(scene.folder, { recursive: true });
    }
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
  '%s ends the work at once and leaves nothing',
  async (signal) => {
    const scene = newScene();
    // A stream that does not end keeps the program busy while the test looks.
    const child = scene.start(['-', ARCHIVE, '--quiet']);
    const end = ended(child);
    child.stdin?.on('error', () => undefined);
    child.stdin?.write(readFileSync(scene.input).subarray(0, 1000));
    while (readdirSync(scene.tempdir).length === 0) await sleep(5);
    child.kill(signal);
    const { code, stderr } = await end;
    expect([code, stderr]).toEqual([130, 'Interrupted: nothing is left half-written.\n']);
    scene.expectNothingLeft();
  },
);

describe('an archive that is copied in a thread', () => {
  test('becomes another whole archive', async () => {
    const scene = newScene(await largeBackup(HARD, 50));
    expect((await scene.run([scene.input, ARCHIVE, '--quiet', '--verify'])).code).toBe(9);
  });

  test('is copied without one where none can be started', async () => {
    const scene = newScene(await largeBackup(HARD, 50));
    const none = 'class { constructor() { throw new Error("no more threads"); } }';
    const code = `import threads from 'node:worker_threads'; import { syncBuiltinESMExports } from 'node:module'; threads.Worker = ${none}; syncBuiltinESMExports();`;
    const node = ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
    expect((await scene.run([scene.input, ARCHIVE, '--quiet', '--verify'], { node })).code).toBe(9);
  });

  test('leaves nothing if it is interrupted in the middle, or has no room', async () => {
    const scene = newScene(await largeBackup(HARD, 200));
    const isCopying = (): boolean => scene.outputs.some((name) => statSync(scene.path(name)).size > 0);
    const child = scene.start([scene.input, ARCHIVE, '--quiet']);
    const end = ended(child);
    while (!isCopying() && child.exitCode === null) await sleep(1);
    child.kill('SIGINT');
    const { code, stderr } = await end;
    expect([code, stderr]).toEqual([130, 'Interrupted: nothing is left half-written.\n']);
    scene.expectNothingLeft();
    const limited = await scene.run([scene.input, ARCHIVE, '--quiet'], { shell: 'ulimit -f 100000' });
    expectClearError(limited, 6);
    scene.expectNothingLeft();
  });
});

describe('standard output', () => {
  test('may be closed early by its reader', async () => {
    const scene = newScene(fixture('0.12.3-mysql', 'native.sql'));
    const result = await scene.run([scene.input, '-', '--format', 'sql', '--quiet'], { shell: 'exec 1>/dev/full' });
    expectClearError(result, 6);
    scene.expectNothingLeft();
    const child = scene.start([scene.input, '-', '--format', 'sql', '--quiet']);
    const end = ended(child);
    child.stdout?.destroy();
    expectClearError(await end, 6);
    scene.expectNothingLeft();
  });

  test('that fails during the report does not undo the upgrade, and is reported', async () => {
    const scene = newScene();
    const result = await scene.run([scene.input, ARCHIVE, '--quiet', '--json'], { shell: 'exec 1>/dev/full' });
    expectClearError(result, 6);
    expect(scene.outputs).toEqual([...expected.keys()]);
  });

  test('gets the same bytes as a file', async () => {
    const scene = newScene(fixture('0.12.3-mysql', 'backup.zip'));
    const { stdout, code } = await scene.run(['-', '-', '--quiet'], { stdin: readFileSync(scene.input) });
    expect(code).toBe(0);
    await upgrade(scene.input, scene.path(ARCHIVE), { tempdir: scene.tempdir });
    expect(stdout.equals(readFileSync(scene.path(ARCHIVE)))).toBe(true);
    expect(readdirSync(scene.tempdir)).toEqual([]);
  });
});

describe('the input is not changed through', () => {
  test.each([
    ['appended output', 'exec 1>>INPUT', ['INPUT', '-']],
    ['output written over it', 'exec 1<>INPUT', ['INPUT', '-']],
    ['output over standard input', 'exec 0<INPUT 1<>INPUT', ['-', '-']],
    ['a name of standard input', 'exec 0<INPUT', ['-', 'INPUT', '--force']],
    ['the page of standard input', 'exec 0<INPUT', ['inspect', '-', '--report', 'INPUT', '--force']],
    ['a printed inspection', 'exec 1>>INPUT', ['inspect', 'INPUT']],
    ['a printed verification', 'exec 1>>INPUT', ['verify', 'INPUT', '--json']],
    ['a printed comparison', 'exec 1>>INPUT', ['verify', 'other.zip', '--against', 'INPUT']],
    ['a printed batch', 'exec 1>>INPUT', ['batch', 'INPUT', '--out-dir', '.', '--json']],
  ])('%s', async (_, shell, args) => {
    const scene = newScene(fixture('0.12.3-mysql', 'backup.zip'));
    const named = (text: string): string => text.replaceAll('INPUT', scene.input);
    expectClearError(await scene.run([...args.map(named), '--quiet'], { shell: named(shell) }), 6);
    scene.expectNothingLeft();
  });
});

describe('an input that is also standard error gets no message', () => {
  const PAIR = fixture('0.12.3-mysql', 'backup.zip');

  test.each([
    ['an upgrade', 'exec 2>>INPUT', ['INPUT', ARCHIVE]],
    ['a mistyped option', 'exec 2>>INPUT', ['INPUT', ARCHIVE, '--stricct']],
    ['an unknown option', 'exec 2>>INPUT', ['INPUT', ARCHIVE, '--constructor']],
    ['an unreadable output folder', 'exec 2>>INPUT', ['INPUT', 'missing/new.zip']],
    ['an upgrade of standard input', 'exec 0<INPUT 2>>INPUT', ['-', ARCHIVE]],
    ['both outputs', 'exec 1>>INPUT 2>&1', ['INPUT', ARCHIVE, '--json']],
    ['an inspection', 'exec 2>>INPUT', ['inspect', 'INPUT', '--report', 'page.html']],
    ['a verification', 'exec 2>>INPUT', ['verify', 'INPUT']],
    ['a comparison', 'exec 2>>INPUT', ['verify', 'other.zip', '--against=INPUT']],
    ['a second input', 'exec 2>>INPUT', ['folder', ARCHIVE, '--repositories', 'INPUT']],
    ['a batch', 'exec 2>>INPUT', ['batch', 'INPUT', '--out-dir', 'new']],
    ['a batch that finds it in a folder', 'exec 2>>INPUT', ['batch', '..', '--out-dir', 'new']],
    ['a batch that finds it by a pattern', 'exec 2>>INPUT', ['batch', '../*.zip', '--out-dir', 'new']],
    [
      'a batch of a list',
      'printf INPUT > ../list; exec 2>>INPUT',
      ['batch', '--from-file', '../list', '--out-dir', 'new'],
    ],
    ['the list of a batch', 'exec 0<INPUT 2>>INPUT', ['batch', '-', '--out-dir', 'new']],
  ])('%s', async (_, shell, args) => {
    const scene = newScene(PAIR);
    const named = (text: string): string => text.replaceAll('INPUT', scene.input);
    const { code, stdout, stderr } = await scene.run(args.map(named), { shell: named(shell) });
    expect([code, stdout.toString(), stderr]).toEqual([6, '', '']);
    scene.expectNothingLeft();
  });

  test('but programs get it as JSON', async () => {
    const scene = newScene(PAIR);
    const { code, stdout } = await scene.run(['inspect', scene.input, '--json'], { shell: `exec 2>>${scene.input}` });
    expect([code, JSON.parse(stdout.toString())]).toMatchObject([6, { error: { code: 'output' } }]);
    scene.expectNothingLeft();
  });

  test.each([
    ['the log of a database', ['inspect', 'new.db'], 'new.db-wal'],
    ['SQL to load after a restore', ['verify', 'new.zip'], 'new.after-restore.sql'],
    ['a file in a folder', ['inspect', '.'], 'app.ini'],
  ])('nor does %s', async (_, args, file) => {
    const scene = newScene(PAIR);
    for (const output of ['new.db', 'new.zip']) await upgrade(scene.input, scene.path(output), { checklist: false });
    for (const descriptor of [1, 2]) {
      const { code } = await scene.run(args, { shell: `exec ${descriptor}>>${file}` });
      expect([code, readFileSync(scene.path(file), 'utf8')]).toEqual([6, '']);
    }
  });
});

describe("Node's permission model", () => {
  const newer = process.allowedNodeEnvironmentFlags.has('--permission');
  const node = [newer ? '--permission' : '--experimental-permission', '--allow-fs-write=*', '--no-warnings'];

  test('allows reading where it is told so', async () => {
    const scene = newScene();
    const run = (allowed: string) =>
      scene.run(['inspect', scene.input], { node: [...node, `--allow-fs-read=${allowed}`] });
    expect((await run('*')).code).toBe(0);
    expectClearError(await run(repository), 3);
  });

  test('lets no program flush a file, so nothing is written, and the message says so', async () => {
    const scene = newScene();
    for (const output of [ARCHIVE, 'new.sql', 'new.db', 'new.csv.zip']) {
      const result = await scene.run([scene.input, output, '--quiet'], { node: [...node, '--allow-fs-read=*'] });
      expectClearError(result, 6);
      expect(result.stderr).toContain('Start Node without --permission');
      scene.expectNothingLeft();
    }
  });
});

test('standard error may be closed', async () => {
  const scene = newScene();
  const { code } = await scene.run([scene.input, ARCHIVE], { shell: 'exec 2>/dev/full' });
  expect(code).toBe(9);
  expect(scene.outputs).toEqual([...expected.keys()]);
});

test('standard input that is closed or a folder is an error of the input', async () => {
  const scene = newScene();
  for (const shell of ['exec 0</', 'exec 0<&-', 'exec 0</dev/null']) {
    expectClearError(await scene.run(['-', ARCHIVE, '--quiet'], { shell }), 3);
    scene.expectNothingLeft();
  }
});

test('a pipe can be the input', async () => {
  const scene = newScene(fixture('0.12.3-mysql', 'native.sql'));
  const { code } = await scene.run(['/dev/fd/3', ARCHIVE, '--quiet'], { shell: `exec 3< <(cat ${scene.input})` });
  expect(code).toBe(0);
  await upgrade(scene.input, scene.path('other.zip'), { tempdir: scene.tempdir });
  expect(readFileSync(scene.path(ARCHIVE)).equals(readFileSync(scene.path('other.zip')))).toBe(true);
});

test('clock, time zone, locale and umask do not change the output', async () => {
  const scene = newScene();
  const clock = 'data:text/javascript,const now=Date.now;Date.now=()=>4102444800000-now()%251000';
  const env = { TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  const { code } = await scene.run([scene.input, ARCHIVE, '--quiet'], {
    shell: 'umask 000',
    node: ['--import', clock],
    env,
  });
  expect(code).toBe(9);
  for (const [name, content] of expected) {
    expect([name, readFileSync(scene.path(name)).equals(content)]).toEqual([name, true]);
  }
});

const isRoot = process.getuid?.() === 0;
const AS_NOBODY = 'exec setpriv --reuid=65534 --clear-groups "$@"';

test.each(['backup.zip', 'native.sql'])('a %s that may not be read is said to be so', async (name) => {
  const scene = newScene(fixture('0.12.3-mysql', name));
  const shell = `chmod 000 ${scene.input}; chmod 777 . ${scene.tempdir}${isRoot ? `; ${AS_NOBODY}` : ''}`;
  const { code, stderr } = await scene.run([scene.input, ARCHIVE, '--quiet'], { shell });
  expectClearError({ code, stderr, signal: null, stdout: Buffer.alloc(0) }, 3);
  expect(stderr).toMatch(/permission/);
  expect(scene.outputs).toEqual([]);
});

test('an output folder without write permission is reported', async () => {
  const scene = newScene();
  const shell = `chmod 555 .; chmod 777 ${scene.tempdir}${isRoot ? `; ${AS_NOBODY}` : ''}`;
  expectClearError(await scene.run([scene.input, ARCHIVE, '--quiet'], { shell }), 6);
  scene.expectNothingLeft();
});
