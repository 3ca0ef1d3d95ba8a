/** The order in which a batch flushes and names files: what makes its promises hold after a power cut. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { fixture, repository, temporaryFolder } from '../support/fixtures.js';
import { Scene } from '../support/scene.js';

const root = temporaryFolder();
const LOGGER = pathToFileURL(join(repository, 'build', 'tests', 'support', 'logFlushes.js')).href;

test('a batch flushes each file before it names it, and all names before it records that the output is done', async () => {
  const backup = fixture('0.12.3-mysql-hard', 'backup.zip');
  const scene = new Scene(root, backup);
  mkdirSync(scene.path('in'));
  copyFileSync(backup, scene.path('in/backup.zip'));
  const log = join(root, 'flushes.log');
  const env = { NODE_OPTIONS: `--import=${LOGGER}`, GOGS_TEST_FLUSH_LOG: log };
  const { stderr } = await scene.run(['batch', 'in', '--out-dir', 'done', '--quiet'], { env });
  expect(stderr).toContain('All 1 done');
  const events = readFileSync(log, 'utf8').trim().split('\n');
  const record = events.findIndex((event) => /^name [0-9a-f]{32}\.json$/.test(event));
  expect(events.slice(0, record + 3)).toEqual([
    'flush out',
    'flush done',
    'flush .gogs-backup-upgrade',
    'flush .gogs-backup-upgrade',
    'flush .gogs-backup-upgrade',
    'flush records',
    // A lock must be whole, and need not survive a power cut.
    expect.stringMatching(/^name [0-9a-f]{32}\.lock$/),
    'flush backup.after-restore.sql.part',
    'flush backup.zip.part',
    'flush backup.next-steps.md.part',
    'name backup.after-restore.sql',
    // The archive would look complete without it.
    'flush done',
    'name backup.zip',
    'name backup.next-steps.md',
    'flush done',
    expect.stringMatching(/^name [0-9a-f]{32}\.json$/),
    // At the end of the batch, the content of all records.
    expect.stringMatching(/^flush [0-9a-f]{32}\.json$/),
    'flush records',
  ]);
});
