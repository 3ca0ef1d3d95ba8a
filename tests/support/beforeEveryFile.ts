/** Runs before every test file. */
import { pathToFileURL } from 'node:url';
import { expect } from '@jest/globals';
import { PROGRAM } from './fixtures.js';

// jest looks at every byte of a buffer by itself, which takes seconds for a megabyte.
expect.addEqualityTesters([(a, b) => (Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : undefined)]);

// Batches start the bundle as their workers, as they do where everything is bundled.
Object.assign(globalThis, { WORKER_SCRIPT: pathToFileURL(PROGRAM).href });
