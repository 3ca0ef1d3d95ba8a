/** The program as a single file that needs no Node. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { largeBackup } from '../support/archives.js';
import { filesUnder } from '../support/filesUnder.js';
import { fixture, repository, temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const executable = join(
  repository,
  'build',
  'executable',
  process.platform === 'win32' ? 'gogs-backup-upgrade.exe' : 'gogs-backup-upgrade',
);
const sample = fixture('0.12.3-sqlite3', 'backup.zip');
const LONG = 120_000;

/** Some distributions build Node without this. */
const canBeBuilt = readFileSync(process.execPath).includes('NODE_SEA_FUSE_');

beforeAll(() => {
  // On a build server, a skipped test would look like a passed one.
  if (!canBeBuilt && process.env['CI'] === 'true') throw new Error(`no executable can be made of ${process.execPath}`);
  if (!canBeBuilt) return console.warn(`skipped: no executable can be made of ${process.execPath}`);
  execFileSync(process.execPath, [join(repository, 'build', 'packaging', 'buildExecutable.js')], { stdio: 'ignore' });
}, LONG);

function run(args: readonly string[]): { status: number | null; output: string } {
  // Without PATH, so that no other Node is used.
  const options = { cwd: folder, encoding: 'utf8', env: { TMPDIR: folder } } as const;
  const { status, stdout, stderr } = spawnSync(executable, args, options);
  return { status, output: stdout + stderr };
}

test(
  'every command works in it, a batch with its workers, too',
  async () => {
    if (!canBeBuilt) return;
    mkdirSync(join(folder, 'backups'));
    for (const name of ['a.zip', 'b.zip']) copyFileSync(sample, join(folder, 'backups', name));
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
    expect(run(['--version'])).toEqual({ status: 0, output: `${version}\n` });
    const commands = [
      [sample, 'new.zip', '--verify', '--quiet'],
      // Copied in a thread.
      [await largeBackup(sample, 50), 'large.zip', '--verify', '--quiet'],
      ['new.zip', 'new.sql', '--engine', 'mysql', '--quiet'],
      ['new.sql', 'tables.csv.zip', '--quiet'],
      ['inspect', 'new.sql', '--report', 'page.html', '--quiet'],
      ['verify', 'new.zip', '--against', sample, '--quiet'],
      ['batch', 'backups', '--out-dir', 'upgraded', '--jobs', '2', '--report', 'report.csv', '--quiet'],
    ];
    for (const command of commands) {
      expect([command, run(command)]).toEqual([command, expect.objectContaining({ status: 0 })]);
    }
    expect(filesUnder(join(folder, 'upgraded')).filter((name) => name.endsWith('.zip'))).toEqual(['a.zip', 'b.zip']);
    expect(run(['verify', 'new.zip', '--database', 'mysql://root@127.0.0.1:1']).output).toMatch(/mysql2|MySQL/);
    expect(run(['inpect', 'new.zip'])).toMatchObject({ status: 2 });
  },
  LONG,
);
