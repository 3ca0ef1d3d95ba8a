/** In place of `@jest/globals`, which has their types: what jest-circus has prepared for the running test file. See runTestFile.ts. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } = (
  globalThis as unknown as Readonly<Record<symbol, Readonly<Record<string, unknown>>>>
)[Symbol.for('globals of jest-circus')] as Readonly<Record<string, unknown>>;
