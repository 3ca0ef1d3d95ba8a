/**
 * Orders the test files for jest: those that take longest first, so that its workers end at about the same time. On a build server
 * jest knows no durations, and would go by size.
 */
import { statSync } from 'node:fs';

interface TestFile {
  readonly path: string;
}

/** Longer than their size suggests, because they wait for other processes. */
const LONGEST = [
  'packaging/package',
  'packaging/executable',
  'batch/killAndResume',
  'engines/sqlOutput',
  'differential/differential',
  'properties/waysInAndOut',
  'verify/engines/scratch',
  'verify/verifyDatabase',
  'docs/commands',
  'docs/examples',
  'reports/browser',
];

const rank = ({ path }: TestFile): number => {
  const place = LONGEST.findIndex((name) => path.replaceAll('\\', '/').endsWith(`/${name}.test.js`));
  return place === -1 ? LONGEST.length : place;
};

export default class LongestFirst {
  sort<File extends TestFile>(files: readonly File[]): File[] {
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
