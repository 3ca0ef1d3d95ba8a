/** The batch scenario: the same number of small backups, with one worker and with two. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contender, inRoot, TOOL } from './contenders.js';
import type { Scenario, Sizes } from './Scenario.js';

const SAMPLE = inRoot('samples/gogs-0.12.3-sqlite3.zip');

export function batchScenario({ batchInputs }: Sizes): Scenario {
  const workers = (name: string, jobs: number): Contender => ({
    name,
    needs: [],
    output: 'output',
    check: (_, output) => expectOutputs(output, batchInputs),
    command: (input, output) => {
      const [node = '', program = ''] = TOOL.command(input, output);
      return [node, program, 'batch', input, '--out-dir', output, '--jobs', String(jobs), '--quiet'];
    },
  });
  return {
    name: 'batch',
    about: `${batchInputs} small backups.`,
    makeInput: async (folder) => {
      const path = join(folder, 'backups');
      await mkdir(path);
      for (let i = 0; i < batchInputs; i++) await copyFile(SAMPLE, join(path, `${i}.zip`));
      return path;
    },
    contenders: [workers('one worker', 1), workers('two workers', 2)],
  };
}

async function expectOutputs(folder: string, count: number): Promise<void> {
  const found = (await readdir(folder)).filter((name) => name.endsWith('.zip')).length;
  if (found !== count) throw new Error(`${found} of ${count} backups are there`);
}
