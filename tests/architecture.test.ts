import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { repository } from './support/fixtures.js';

const source = join(repository, 'src');
const files = (readdirSync(source, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));

/** Every room, bottom first, and the other rooms that it may import: docs/architecture.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  engines: ['core'],
  files: ['core'],
  formats: ['core', 'engines', 'files'],
  gogs: ['core', 'engines'],
  checks: ['core', 'engines', 'gogs'],
  inputs: ['core', 'engines', 'files', 'formats', 'gogs'],
  reports: ['core', 'engines', 'gogs'],
  read: ['core', 'engines', 'files', 'formats', 'gogs', 'checks', 'inputs'],
  outputs: ['core', 'engines', 'files', 'formats', 'gogs', 'inputs'],
  upgrade: ['core', 'engines', 'files', 'formats', 'gogs', 'checks', 'inputs', 'outputs', 'reports'],
  inspect: ['core', 'engines', 'files', 'formats', 'gogs', 'checks', 'inputs', 'outputs', 'reports', 'upgrade'],
  verify: ['core', 'engines', 'files', 'formats', 'gogs', 'checks', 'inputs', 'outputs', 'reports', 'upgrade'],
  batch: ['core', 'engines', 'files', 'formats', 'gogs', 'inputs', 'reports', 'upgrade', 'inspect', 'verify'],
  cli: ['core', 'engines', 'files', 'gogs', 'reports', 'upgrade', 'inspect', 'verify', 'batch'],
};

/** The large rooms that consist of rooms themselves, bottom first, with the others that each may import: docs/architecture.md. */
const INNER: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'formats/sql': {
    syntax: [],
    statements: ['syntax'],
    definitions: ['syntax'],
    values: ['syntax', 'definitions'],
    dump: ['syntax', 'statements', 'definitions'],
    rows: ['syntax', 'statements', 'definitions', 'values', 'dump'],
    opening: ['syntax'],
    indexing: ['syntax', 'statements', 'definitions', 'dump', 'rows', 'opening'],
    writing: ['syntax'],
  },
  verify: {
    findings: [],
    digests: [],
    engines: [],
    expected: ['digests'],
    archive: ['findings', 'digests', 'engines', 'expected'],
    folder: ['findings'],
    database: ['findings', 'digests', 'folder'],
  },
};

/** Files outside the inner rooms that those may import; all other files outside import from the rooms. */
const FOR_ALL: Readonly<Record<string, readonly string[]>> = {
  'formats/sql': ['texts.ts'],
  verify: ['texts.ts', 'VerifyOptions.ts'],
};

/** The files that may import each npm package: as few as possible. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  archiver: /^outputs\/CsvArchive\.ts$/,
  yauzl: /^formats\/zip\//,
  'node-sql-parser': /^formats\/sql\/definitions\//,
  yargs: /^cli\//,
  leven: /^cli\/suggest\.ts$/,
  minimatch: /^batch\/parseGlob\.ts$/,
};

/** Files that a file imports, types included. */
const importsOf = new Map(
  files.map((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const specifiers = [...text.matchAll(/(?:from|import\(|import)\s*'(\.[^']+)'/g)].map(([, found]) => String(found));
    return [file, specifiers.map((found) => normalize(join(dirname(file), found)).replace(/\.js$/, '.ts'))];
  }),
);

const EXPORTED =
  /^export (?:declare )?(?:abstract )?(?:async )?(function|class|const|enum|let|interface|type)\*? (\w+)/gm;

const roomOf = (file: string): string => String(file.split('/')[0]);

/** The imports of all files whose path begins with `room`. */
const importsOfRoom = (room: string): { readonly file: string; readonly target: string }[] =>
  files
    .filter((file) => file.startsWith(room))
    .flatMap((file) => (importsOf.get(file) ?? []).map((target) => ({ file, target })));

test('src/ contains no files but index.ts outside the known rooms', () => {
  expect(files.filter((file) => !file.includes('/'))).toEqual(['index.ts']);
  expect([...new Set(files.filter((file) => file.includes('/')).map(roomOf))].sort()).toEqual(
    Object.keys(MAY_IMPORT).sort(),
  );
});

test.each(Object.entries(MAY_IMPORT))('%s imports only from the rooms it may know', (room, others) => {
  const allowed = [room, ...others];
  expect(importsOfRoom(`${room}/`).filter(({ target }) => !allowed.includes(roomOf(target)))).toEqual([]);
});

test('formats/sql contains no files but its texts outside the known rooms', () => {
  const rooms = files.filter((file) => file.startsWith('formats/sql/')).map((file) => String(file.split('/')[2]));
  expect([...new Set(rooms)].sort()).toEqual([...Object.keys(INNER['formats/sql'] ?? {}), 'texts', 'texts.ts'].sort());
});

const innerRooms = Object.entries(INNER).flatMap(([outer, rooms]) =>
  Object.entries(rooms).map(([room, others]) => ({ outer, room, others })),
);

test.each(innerRooms)('$outer/$room imports only from the rooms it may know', ({ outer, room, others }) => {
  const allowed = [room, ...others, ...(FOR_ALL[outer] ?? [])];
  const within = importsOfRoom(`${outer}/${room}/`).filter(({ target }) => target.startsWith(`${outer}/`));
  expect(within.length).toBeGreaterThan(0);
  expect(within.filter(({ target }) => !allowed.includes(roomOf(target.slice(outer.length + 1))))).toEqual([]);
});

test('docs/architecture.md lists the allowed imports of every room', () => {
  const page = readFileSync(join(repository, 'docs', 'architecture.md'), 'utf8');
  const saidOf = (rows: RegExp): unknown =>
    Object.fromEntries(
      [...page.matchAll(rows)].map(([, room, rooms = '']) => [room, rooms === '—' ? [] : rooms.split(', ')]),
    );
  expect(saidOf(/^\| `src\/(\w+)\/` \| .+ \| (.+) \|$/gm)).toEqual(MAY_IMPORT);
  expect(saidOf(/^\| `sql\/(\w+)\/` \| .+ \| (.+) \|$/gm)).toEqual(INNER['formats/sql']);
  expect(saidOf(/^\| `verify\/(\w+)\/` \| .+ \| (.+) \|$/gm)).toEqual(INNER['verify']);
});

test('no files import each other in a circle, types included', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const target of importsOf.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('differences between engines are looked up in src/engines/, not decided by name', () => {
  // `formats/sql` reads SQL byte by byte, and releases contain values of app.ini. SQLite is also a file format, so it is not
  // checked.
  const comparisons = files
    .filter((file) => !/^(?:engines|formats\/sql|gogs\/releases)\//.test(file))
    .flatMap((file) => {
      const found = readFileSync(join(source, file), 'utf8').match(/[!=]== '(?:mysql|postgres)'/g) ?? [];
      return found.map((comparison) => `${file}: ${comparison}`);
    });
  expect(comparisons).toEqual([]);
});

test.each(Object.entries(PACKAGES))('only the room that needs %s imports it', (name, room) => {
  const users = files.filter((file) => readFileSync(join(source, file), 'utf8').includes(`'${name}`));
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((file) => !room.test(file))).toEqual([]);
});

/** Programs, which export nothing, releases, which are named by their number, and lists of types or options. */
const OTHER_NAMES = /^(?:index|cli\/start|batch\/worker|batch\/messages|gogs\/releases\/v\d+_\d+)\.ts$/;

test('a file is named after what it exports; groups of functions have a name of their own', () => {
  // `DEFAULT_TARGET` would be in `defaultTarget.ts`.
  const fileNameOf = (name: string): string =>
    /^[A-Z][A-Z0-9_]+$/.test(name)
      ? name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
      : name;
  const misnamed = files.flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const declared = [...text.matchAll(EXPORTED)].map(([, kind, name]) => ({ kind, name: fileNameOf(String(name)) }));
    const base = basename(file, '.ts').replace(/\.d$/, '');
    const values = declared.filter(({ kind }) => kind !== 'interface' && kind !== 'type');
    const isGroup = values.length > 1 && /^[a-z]/.test(base);
    return isGroup || OTHER_NAMES.test(file) || declared.some(({ name }) => name === base)
      ? []
      : [`${file} exports ${declared.map(({ name }) => name).join(', ')}`];
  });
  expect(misnamed).toEqual([]);
});
