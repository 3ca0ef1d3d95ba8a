/** `npm run test:quick`: the tests of single modules, without other processes, engines and whole upgrades. */
import { readFileSync } from 'node:fs';

const LEFT_OUT = [
  ...['batch', 'differential', 'engines', 'faults', 'fuzz', 'hostile', 'inputs', 'inspect', 'outputs', 'packaging'],
  ...['properties', 'schemas', 'tests/docs', 'upgrade', 'verify', 'zip'],
].map((folder) => `/${folder}/`);

const LEFT_OUT_FILES = [
  ...['browser', 'chinese', 'completion', 'csv', 'dangers', 'decompress', 'main', 'madeUpRelease', 'nextSteps'],
  ...['openBackup', 'reports/schemas', 'secrets', 'SqliteDatabase', 'SqliteFileWriter', 'SqlTableWriter', 'usualShape', 'zstdFrames'],
].map((name) => `/${name}\\.test\\.js$`);

export default {
  ...JSON.parse(readFileSync(new URL('jest.config.json', import.meta.url), 'utf8')),
  testPathIgnorePatterns: [...LEFT_OUT, ...LEFT_OUT_FILES],
};
