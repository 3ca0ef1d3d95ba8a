/**
 * Hooks of Node's module loader, for runTestFile.ts. A test file is loaded with a query of its own, which its helpers inherit: so
 * each file has its own, and temporary folders belong to one file. `@jest/globals` cannot be loaded outside of jest's contexts.
 */
import type { ResolveHookContext } from 'node:module';

interface Resolved {
  readonly url: string;
  readonly format?: string | null | undefined;
  readonly shortCircuit?: boolean | undefined;
}

const TESTS = new URL('../', import.meta.url).href;

export async function resolve(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => Promise<Resolved>,
): Promise<Resolved> {
  const query = context.parentURL?.match(/\?test=.*$/)?.[0];
  if (query === undefined) return next(specifier, context);
  if (specifier === '@jest/globals') {
    return { url: `${TESTS}support/jestGlobals.js${query}`, format: 'module', shortCircuit: true };
  }
  const found = await next(specifier, context);
  return found.url.startsWith(TESTS) ? { ...found, url: `${found.url}${query}` } : found;
}
