import { statfsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { DiskSpace, FILES_A_WORKER, planResources } from '../../src/batch/resources.js';
import { OutputError, UsageError } from '../../src/core/errors.js';
import { temporaryFolder } from '../support/fixtures.js';

const MB = 2 ** 20;
const folder = temporaryFolder();

describe('a plan', () => {
  test('gives all memory to the workers, and uses fewer workers if each would get too little', () => {
    for (const maxMemory of [288 * MB, 512 * MB, 1024 * MB, 16_384 * MB]) {
      const { jobs, workerMemory } = planResources({ jobs: 8, maxMemory });
      expect(jobs * workerMemory).toBeLessThan(maxMemory);
      expect(workerMemory).toBeGreaterThanOrEqual(192 * MB);
    }
    expect(planResources({ jobs: 8, maxMemory: 512 * MB }).jobs).toBe(2);
    expect(planResources({ jobs: 8, maxMemory: 16_384 * MB }).jobs).toBe(8);
  });

  test('stays within the limit of open files', () => {
    expect(planResources({ jobs: 8, maxMemory: 16_384 * MB, maxOpen: 3 * FILES_A_WORKER + 1 }).jobs).toBe(3);
  });

  test('without room for one worker is rejected', () => {
    expect(() => planResources({ maxMemory: 100 * MB })).toThrow(UsageError);
    expect(() => planResources({ maxOpen: 3 })).toThrow(UsageError);
  });
});

test('an input whose output would fill the disk is not started, counting outputs in progress', () => {
  const disk = new DiskSpace(folder);
  expect(() => disk.reserve('huge.zip', 2 ** 60)).toThrow(OutputError);
  const { bavail, bsize } = statfsSync(folder);
  const most = (bavail * bsize) / 1.1;
  const release = disk.reserve('a.zip', most * 0.6);
  expect(() => disk.reserve('b.zip', most * 0.6)).toThrow(/Did not begin b\.zip/);
  release();
  disk.reserve('b.zip', most * 0.6)();
});
