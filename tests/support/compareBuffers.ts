/** Runs before every test file. jest looks at every byte of a buffer by itself, which takes seconds for a megabyte. */
import { expect } from '@jest/globals';

expect.addEqualityTesters([(a, b) => (Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : undefined)]);
