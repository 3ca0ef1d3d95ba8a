/**
 * Orders the test files for jest: those that take longest first, so that its workers end at about the same time. On a build server
 * jest knows no durations, and would go by size.
 */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface TestFile {
  readonly path: string;
}

/** Longer than their size suggests, because they wait for other processes. */
const LONGEST = [
  'packaging/package',
  'packaging/executable',
  'engines/sqlOutput',
  'inputs/remains/gogsFolder',
  'verify/verify',
  'batch/killAndResume',
  'batch/batch',
  'verify/database/verifyDatabase',
  'verify/engines/scratch',
  'gogs/schemas/schemas',
  'differential/differential',
  'properties/waysInAndOut',
  'faults/program',
  'docs/commands',
  'docs/examples',
  'reports/browser',
].map((name) => new URL(`../${name}.test.js`, import.meta.url));

const rank = ({ path }: TestFile): number => {
  const place = LONGEST.findIndex((file) => fileURLToPath(file) === path);
  return place === -1 ? LONGEST.length : place;
};

export default class LongestFirst {
  sort<File extends TestFile>(files: readonly File[]): File[] {
    // Fails if one was renamed.
    for (const file of LONGEST) statSync(file);
    const sizes = new Map(files.map((file) => [file, statSync(file.path).size]));
    return [...files].sort((a, b) => rank(a) - rank(b) || (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  }

  /** For `jest --onlyFailures`, which needs the results of the last run. */
  allFailedTests<File extends TestFile>(files: readonly File[]): readonly File[] {
    return files;
  }

  cacheResults(): void {
    // The order depends on no results.
  }
}
