/** Runs before every test file. */
import { pathToFileURL } from 'node:url';
import { expect } from '@jest/globals';
import { PROGRAM } from './fixtures.js';
import { reuseWorkers } from './reuseWorkers.js';

// jest compares buffers byte by byte, which takes seconds for a megabyte.
expect.addEqualityTesters([(a, b) => (Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : undefined)]);

// Batches start the bundle as their workers, as in the published program.
Object.assign(globalThis, { WORKER_SCRIPT: pathToFileURL(PROGRAM).href });
reuseWorkers();
