import { expect, test } from '@jest/globals';
import { ResultQueue } from '../../src/batch/ResultQueue.js';

async function read(queue: ResultQueue<number>): Promise<unknown[]> {
  const seen: unknown[] = [];
  try {
    for await (const result of queue.read()) seen.push(result);
  } catch (error) {
    seen.push(error);
  }
  return seen;
}

test('every reader gets all results, earlier and later ones, and then the end', async () => {
  const queue = new ResultQueue<number>();
  queue.add(1);
  const [early, other] = [read(queue), read(queue)];
  queue.add(2);
  await Promise.resolve();
  queue.add(3);
  setImmediate(() => {
    queue.add(4);
    queue.end();
  });
  expect(await early).toEqual([1, 2, 3, 4]);
  expect(await other).toEqual([1, 2, 3, 4]);
  expect(await read(queue)).toEqual([1, 2, 3, 4]);
});

test('an error comes after the available results', async () => {
  const queue = new ResultQueue<number>();
  const reading = read(queue);
  queue.add(1);
  const error = new Error('stopped');
  queue.fail(error);
  expect(await reading).toEqual([1, error]);
});
