import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as library from '../src/index.js';
import { fixture, repository, temporaryFolder } from './support/fixtures.js';

const folder = temporaryFolder();
const input = fixture('0.12.3-sqlite3', 'backup-database-only.zip');
/** The API as a program in JavaScript calls it. */
const { upgrade, inspect, verify, batch } = library as unknown as Record<
  string,
  (...args: unknown[]) => Promise<unknown>
>;
const call = async (name: string, ...args: unknown[]): Promise<unknown> => {
  const found = { upgrade, inspect, verify, batch }[name];
  return found?.(...args).catch((error: unknown) => error);
};

describe('invalid options are rejected in one sentence', () => {
  const output = join(folder, 'output.zip');
  test.each<[string, unknown[], RegExp]>([
    ['upgrade', [input, output, { to: '0.99' }], /no target "0\.99": choose one of 0\.13/],
    ['upgrade', [input, output, { to: 0.13 }], /upgrade: to must be a string, not a value of type number/],
    ['upgrade', [input, output, { engine: 'oracle' }], /engine must be one of mysql, postgres, sqlite3, not "oracle"/],
    ['upgrade', [input, output, { format: 'xml' }], /format must be one of zip, sql/],
    ['upgrade', [input, output, { strickt: true }], /upgrade has no option "strickt"\. It has .*strict/],
    ['upgrade', [input, output, { set: 'server.DOMAIN=x' }], /set must be an array of strings/],
    ['upgrade', [input, output, { maxRowBytes: '12' }], /maxRowBytes must be a whole number/],
    ['upgrade', [input, output, { onProgress: 1 }], /onProgress must be a function/],
    ['upgrade', [input, output, { signal: {} }], /signal must be an AbortSignal/],
    ['upgrade', [input, output, null], /options must be an object, not null/],
    ['upgrade', [undefined, output], /input must be a path or a stream, not a value of type undefined/],
    ['upgrade', [input, ''], /output must be a path or a stream/],
    ['inspect', [input, { to: '0.99' }], /no target/],
    ['inspect', [input, { engine: 'oracle' }], /inspect: engine must be one of/],
    ['inspect', [input, { exact: true }], /inspect has no option "exact"/],
    ['inspect', [7], /input must be/],
    ['verify', [input, { to: '0.99' }], /no target/],
    ['verify', [input, { against: 7 }], /verify: against must be a path/],
    ['verify', [input, { database: 'hunter2 hunter2', datebase: 1 }], /verify has no option "datebase"/],
    ['verify', [], /archive must be a path/],
    ['batch', [[input], {}], /batch: outDir must be a path/],
    ['batch', [input, { outDir: folder }], /inputs must be an array of strings/],
    ['batch', [[input], { outDir: folder, lists: [] }], /batch has no option "lists"/],
    ['batch', [[input], { outDir: folder, jobs: 0 }], /jobs must be a whole number from 1, not 0\./],
    ['batch', [[input], { outDir: folder, upgrade: { to: '0.99' } }], /no target/],
    ['batch', [[input], { outDir: folder, upgrade: { engine: 'oracle' } }], /engine must be one of/],
    ['batch', [[input], { outDir: folder, upgrade: { force: true } }], /no option "force"/],
  ])('%s(%j)', async (name, args, message) => {
    const error = await call(name, ...args);
    expect(error).toBeInstanceOf(library.UsageError);
    expect(String(error)).toMatch(message);
  });

  test('without showing values that may be secrets', async () => {
    const error = await call('verify', input, { database: ['postgres://root:hunter2@db'] });
    expect(String(error)).not.toContain('hunter2');
  });

  test('undefined means the default', async () => {
    const options = { to: undefined, engine: undefined, signal: undefined, set: undefined };
    expect(await call('inspect', input, options)).toMatchObject({ target: { name: '0.13' } });
  });
});

describe('errors', () => {
  test('have a stable name and code, even if a minifier renames their class', async () => {
    const kinds = Object.entries(library).filter(([name]) => name.endsWith('Error') && name !== 'UserFacingError');
    const errors = kinds.map(([name, Kind]) => {
      const error = new (Kind as new (message: string) => Error & { code: string })('what was found');
      expect(error.name).toBe(name);
      expect(String(error)).toBe(`${name}: what was found`);
      expect(error).toBeInstanceOf(library.UserFacingError);
      return error.code;
    });
    expect(errors).toEqual(expect.arrayContaining(['usage', 'input', 'version', 'refused', 'output', 'verification']));
    expect(new Set(errors).size).toBe(errors.length);
  });

  test('of the system differ from ours', async () => {
    const error = await call('upgrade', join(folder, 'nowhere.zip'), join(folder, 'output.zip'));
    expect(error).toMatchObject({ name: 'InputError', code: 'input', cause: { code: 'ENOENT' } });
  });
});

/** The published TypeScript declarations of the library. */
const declarations = join(repository, 'build/src');
const read = (file: string): string =>
  readFileSync(join(declarations, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** Name → its declaration, as `file name`. */
function namesIn(file: string): Map<string, string> {
  const names = new Map<string, string>();
  const text = read(file);
  for (const [, list = '', from = ''] of text.matchAll(
    /(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'(\.[^']+)'/g,
  )) {
    const target = relative(declarations, join(declarations, dirname(file), from)).replace(/\.js$/, '.d.ts');
    for (const item of list.split(',').map((part) => part.replace(/\btype\b/, '').trim())) {
      const [name = '', alias = name] = item.split(/\s+as\s+/);
      if (item !== '') names.set(alias, namesIn(target).get(name) ?? `${target} ${name}`);
    }
  }
  for (const [, from = ''] of text.matchAll(/export\s+(?:type\s+)?\*\s+from\s+'(\.[^']+)'/g)) {
    const target = from.slice(2).replace(/\.js$/, '.d.ts');
    for (const [name, place] of namesIn(target)) names.set(name, place);
  }
  for (const [, name = ''] of text.matchAll(/\b(?:interface|type|class|const|function) (\w+)/g)) {
    if (!names.has(name)) names.set(name, `${file} ${name}`);
  }
  return names;
}

/** The text of one declaration, without private parts of its module. */
function declarationOf(file: string, name: string): string {
  const text = read(file);
  const start = text.search(new RegExp(`\\b(?:interface|type|class|const|function) ${name}\\b`));
  const rest = text.slice(start);
  const end = rest.search(/\n(?:export|declare|interface|type|class|const)\b/);
  return end < 0 ? rest : rest.slice(0, end);
}

test('every type that is reachable from the library is exported by it', () => {
  const exported = new Set(namesIn('index.d.ts').values());
  expect(exported.size).toBeGreaterThan(20);
  // The compiler replaces it by the names themselves.
  exported.add('gogs/gogsHistory.d.ts Targets');
  const missing = [...exported].flatMap((place) => {
    const [file = '', name = ''] = place.split(' ');
    const names = namesIn(file);
    const used = declarationOf(file, name).match(/(?<!typeof )\b[A-Z]\w+/g) ?? [];
    const places = used.map((word) => names.get(word)).filter((found) => found !== undefined);
    return places.filter((found) => !exported.has(found)).map((found) => `${found}, which ${name} uses`);
  });
  expect([...new Set(missing)]).toEqual([]);
});

test('everything that the library exports says what it is', () => {
  const undescribed = [...new Set(namesIn('index.d.ts').values())].filter((place) => {
    const [file = '', name = ''] = place.split(' ');
    const text = readFileSync(join(declarations, file), 'utf8');
    const kinds = '(?:declare )?(?:abstract )?(?:interface|type|class|const|function)';
    return !new RegExp(`\\*/\\s*export ${kinds} ${name}\\b`).test(text);
  });
  expect(undescribed).toEqual([]);
});
