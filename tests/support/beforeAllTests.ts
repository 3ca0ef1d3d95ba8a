/** Runs once, before all tests. */
import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, DIST } from '../../packaging/bundle.js';
import { repository } from '../../packaging/repository.js';

export default async function beforeAllTests(): Promise<void> {
  speakEnglish();
  // Node reads these whenever it starts, which takes longer than starting without; no test needs them.
  delete process.env['NODE_EXTRA_CA_CERTS'];
  keepFilesInMemory();
  await bundleProgram();
}

/** Messages are compared in English, also those of other processes, regardless of the language of this machine. */
function speakEnglish(): void {
  delete process.env['LC_ALL'];
  process.env['LC_MESSAGES'] = 'C';
}

const MEMORY = '/dev/shm';
/** All temporary files of the tests need a tenth of it at a time. */
const ENOUGH_MEMORY = 2 ** 32;

/** The program flushes what it writes, and a disk takes a fifth of the time for that. No test can tell whether it did. */
function keepFilesInMemory(): void {
  if (process.env['TMPDIR'] !== undefined) return;
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= ENOUGH_MEMORY) process.env['TMPDIR'] = MEMORY;
  } catch {
    // Only Linux has it.
  }
}

/** For other processes that run the bundle, which starts in half the time. `npm test` has just built it. */
async function bundleProgram(): Promise<void> {
  const sources = ['src', 'packaging', 'package.json', 'package-lock.json'].map((name) => join(repository, name));
  const bundled = lastChange(join(DIST, 'gogs-backup-upgrade.js'));
  if (sources.some((path) => lastChange(path) > bundled)) await bundle();
}

/** The latest modification time of a file, or of any file in a folder. */
function lastChange(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  const within = found.isDirectory() ? readdirSync(path).map((name) => lastChange(join(path, name))) : [];
  return Math.max(found.mtimeMs, ...within);
}
