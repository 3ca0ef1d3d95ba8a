/** The batch scenarios: copies of a backup, with one worker, with two, and in two batches. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeArchive, usualTables } from './archives.js';
import { type Contender, inRoot, TOOL } from './contenders.js';
import type { Scenario, Sizes } from './Scenario.js';

const SAMPLE = inRoot('samples/gogs-0.12.3-sqlite3.zip');

export function batchScenarios({ batchInputs }: Sizes): Scenario[] {
  const workers = (name: string, jobs: number): Contender => ({
    name,
    needs: [],
    output: 'output',
    check: (_, output) => expectOutputs([output], batchInputs),
    command: (input, output) => {
      const [node = '', program = ''] = TOOL.command(input, output);
      return [node, program, 'batch', input, '--out-dir', output, '--jobs', String(jobs), '--quiet'];
    },
  });
  const scenario = (name: string, size: string, makeOne: (path: string) => Promise<void>): Scenario => ({
    name,
    about: `${batchInputs} backups${size}.`,
    makeInput: async (folder) => {
      const path = join(folder, 'backups');
      const first = join(path, '1.zip');
      await mkdir(path);
      await makeOne(first);
      for (let i = 2; i <= batchInputs; i++) await copyFile(first, join(path, `${i}.zip`));
      return path;
    },
    contenders: [workers('one worker', 1), workers('two workers', 2), twoBatches(batchInputs)],
  });
  return [
    scenario('batch', ', the smallest sample each', (path) => copyFile(SAMPLE, path)),
    scenario('batch-of-1-mb', ' with 1 MB of JSON Lines each', (path) =>
      makeArchive({ path, sample: SAMPLE, style: '0.12', tableBytes: usualTables(1e6) }),
    ),
  ];
}

/** The limit for two workers: two batches with half of the inputs each, which share nothing but the machine. */
function twoBatches(inputs: number): Contender {
  const half = (index: number): string =>
    `"$1" "$2" batch "$3" --out-dir "$4-${index}" --shard ${index}/2 --jobs 1 --quiet`;
  return {
    name: 'two batches of half each',
    needs: ['sh'],
    output: 'output',
    check: (_, output) => expectOutputs([`${output}-1`, `${output}-2`], inputs),
    command: (input, output) => {
      const [node = '', program = ''] = TOOL.command(input, output);
      return ['sh', '-c', `${half(1)} & ${half(2)}; wait`, 'sh', node, program, input, output];
    },
  };
}

async function expectOutputs(folders: readonly string[], count: number): Promise<void> {
  const names = await Promise.all(folders.map((folder) => readdir(folder)));
  const found = names.flat().filter((name) => name.endsWith('.zip')).length;
  if (found !== count) throw new Error(`${found} of ${count} backups are there`);
}
