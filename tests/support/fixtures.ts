/** The real backups under tests/fixtures, and temporary folders. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

export const fixture = (...path: string[]): string => join(repository, 'tests', 'fixtures', ...path);

/** The published program, for tests that need a separate process. See beforeAllTests.ts. */
export const PROGRAM = join(repository, 'dist', 'gogs-backup-upgrade.js');

/** An option of Node for processes that use SQLite for a moment: optimizing its WebAssembly takes longer than running it. */
export const BASELINE_WASM = '--liftoff-only';

/** Instances saved by `gogs backup`. */
export const BACKUP_FIXTURES = [
  '0.10.18-sqlite3',
  '0.11.91-postgres',
  '0.12.3-mysql',
  '0.12.3-mysql-hard',
  '0.12.3-postgres',
  '0.12.3-sqlite3',
] as const;

/** A folder that is removed after the test file. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'gogs-backup-upgrade-test-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
