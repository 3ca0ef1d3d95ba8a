/**
 * Runs a test file for jest in Node itself, instead of in a context of node:vm. All files of a worker share the modules of the
 * program, as its users do: with jest's own way every file loads them anew, and they are slow for their first seconds. Test files
 * and their helpers are loaded for each file: see freshTests.ts. jest-circus does the rest, as always.
 *
 * The package jest-light-runner (0.8.2) also runs tests in Node itself, but not by jest-circus: it knows no timeout, so that a test
 * that hangs never fails, it runs `setupFilesAfterEnv` once per worker, and all test files of a worker share their helpers.
 */
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

type Expect = typeof import('@jest/globals').expect;
type Run = (...values: readonly [unknown, unknown, object, object, string, unknown]) => Promise<unknown>;

/** Where jestGlobals.ts finds them. */
const GLOBALS = Symbol.for('globals of jest-circus');

const require = createRequire(import.meta.url);
const { default: runWithCircus } = require('jest-circus/runner') as { default: Run };

register('./freshTests.js', import.meta.url);
// Tests run most code a few times only: optimizing it as early as usual takes a fifth of their time. Later versions of V8 compile in
// a cheaper way first, and have no such flag.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=500000');
let files = 0;

export default async function runTestFile(
  globalConfig: unknown,
  config: unknown,
  { moduleMocker: jest }: { moduleMocker: { restoreAllMocks(): void } },
  _runtime: unknown,
  path: string,
  sendMessageToJest: unknown,
): Promise<unknown> {
  const query = `?test=${++files}`;
  const names = new Set(Reflect.ownKeys(globalThis));
  const runtime = {
    // Holds the tests that are declared, so that each file needs its own.
    requireInternalModule: (module: string) => {
      delete require.cache[module];
      return require(module);
    },
    requireModule: require,
    setGlobalsForRuntime: (globals: { readonly expect: Expect }) => {
      compareBuffersAtOnce(globals.expect);
      Object.assign(globalThis, { [GLOBALS]: { ...globals, jest } });
    },
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (module: string) => import(`${pathToFileURL(module)}${query}`),
    enterTestCode: () => undefined,
    leaveTestCode: () => undefined,
  };
  try {
    return await runWithCircus(globalConfig, config, { global: globalThis }, runtime, path, sendMessageToJest);
  } finally {
    jest.restoreAllMocks();
    for (const name of Reflect.ownKeys(globalThis)) if (!names.has(name)) Reflect.deleteProperty(globalThis, name);
  }
}

let isPrepared = false;

/** jest compares buffers byte by byte, which takes seconds for a megabyte. */
function compareBuffersAtOnce(expect: Expect): void {
  if (!isPrepared) {
    expect.addEqualityTesters([(a, b) => (Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : undefined)]);
  }
  isPrepared = true;
}
