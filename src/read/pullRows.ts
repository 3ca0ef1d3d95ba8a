/** Turns the rows that a table pushes into a generator from which they are pulled one by one. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { LinkedAbort } from '../core/LinkedAbort.js';
import { Row } from '../core/rows.js';
import type { SourceTable } from '../inputs/Source.js';

/** Buffers the rows that the table delivers between two pauses. Leaving the loop early stops the reading. */
export async function* pullRows<T>(
  source: SourceTable,
  toObject: (row: Row) => T,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  const stop = new LinkedAbort(signal);
  const batches = new PassThrough({ objectMode: true, highWaterMark: 1 });
  let batch: T[] = [];
  const consumer = {
    row: (row: Row): void => void batch.push(toObject(row)),
    drain: async (): Promise<void> => {
      if (batch.length === 0) return;
      const isTaken = batches.write(batch);
      batch = [];
      if (!isTaken) await once(batches, 'drain', { signal: stop.signal });
    },
  };
  const reading = source.readRows(new Row(source.table.columns.length), consumer, stop.signal).then(
    () => batches.end(),
    (error: Error) => batches.destroy(stop.signal.aborted ? stop.signal.reason : error),
  );
  try {
    for await (const rows of batches) yield* rows as T[];
  } finally {
    stop.abort();
    stop.release();
    await reading;
  }
}
