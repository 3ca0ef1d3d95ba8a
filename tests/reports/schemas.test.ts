/** Validates real reports against the JSON Schemas of the package. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { batch } from '../../src/batch/batch.js';
import { OUTPUT_FORMATS } from '../../src/core/outputFormats.js';
import { SOURCE_FORMS } from '../../src/core/SourceForm.js';
import { inspect } from '../../src/inspect/inspect.js';
import { upgradeAndVerify } from '../../src/verify/upgradeAndVerify.js';
import { verify } from '../../src/verify/verify.js';
import { fixture, repository, temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();

interface Schema {
  readonly [key: string]: unknown;
}

const schemaOf = (name: string): Schema =>
  JSON.parse(readFileSync(join(repository, 'schemas', `${name}-report.schema.json`), 'utf8')) as Schema;

/** Schemas allow additional fields, for later versions; here every field must be in the schema. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, strict(part)]));
  return 'properties' in parts ? { additionalProperties: false, ...parts } : parts;
}

function expectToFit(name: string, report: unknown): void {
  // The report as a program reads it.
  const read: unknown = JSON.parse(JSON.stringify(report));
  const validate = new Ajv2020({ allErrors: true }).compile(strict(schemaOf(name)) as Schema);
  validate(read);
  expect(validate.errors ?? []).toEqual([]);
}

const NAMES = ['0.10.18-sqlite3', '0.12.3-mysql-hard'];

describe.each(NAMES)('reports on %s fit their schemas', (name) => {
  const input = fixture(name, 'backup.zip');

  test('of an upgrade with its verification', async () => {
    const report = await upgradeAndVerify(input, join(folder, `${name}.zip`), { verify: true });
    expect(report.verification).not.toBeNull();
    expectToFit('upgrade', report);
  });

  test('of an inspection', async () => {
    expectToFit('inspect', await inspect(input));
  });

  test('of a verification', async () => {
    expectToFit('verify', await verify(join(folder, `${name}.zip`), { against: input }));
    expectToFit('verify', await verify(input));
  });
});

test('the report of a batch fits its schema, failures included', async () => {
  const inputs = [
    fixture('0.12.3-mysql', 'backup.zip'),
    fixture('0.12.3-mysql', 'tables.json'),
    join(folder, 'none.zip'),
  ];
  const report = await batch(inputs, { outDir: join(folder, 'out'), jobs: 1 });
  expect(report.totals).toMatchObject({ upgraded: 1, failed: 2 });
  expectToFit('batch', report);
});

test('docs/report.md names every field of every report', () => {
  const page = readFileSync(join(repository, 'docs', 'report.md'), 'utf8');
  for (const name of ['upgrade', 'inspect', 'verify', 'batch']) {
    expect([name, fieldsOf(schemaOf(name)).filter((field) => !page.includes(field))]).toEqual([name, []]);
  }
});

test('the schemas and docs/report.md name every form of an input and every format of an output', () => {
  for (const name of ['upgrade', 'inspect']) {
    expect(enumsOf(schemaOf(name), 'form')).toEqual([[...SOURCE_FORMS].sort()]);
  }
  expect(enumsOf(schemaOf('upgrade'), 'format')).toContainEqual([...OUTPUT_FORMATS].sort());
  for (const page of ['docs/report.md', 'docs/zh/report.md']) {
    const rows = readFileSync(join(repository, page), 'utf8').split('\n');
    const namedIn = (field: string): string[] =>
      [...String(rows.find((row) => row.startsWith(`| \`${field}\` |`))).matchAll(/`([^`]+)`/g)]
        .map(([, name]) => String(name))
        .slice(1)
        .sort();
    expect(namedIn('input.form')).toEqual([...SOURCE_FORMS].sort());
    expect(namedIn('output.format')).toEqual([...OUTPUT_FORMATS].sort());
  }
});

/** The values that a schema allows for a property, wherever it occurs. */
function enumsOf(schema: unknown, property: string): string[][] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]) => {
    const values = key === property ? (part as { enum?: string[] }).enum : undefined;
    return values === undefined ? enumsOf(part, property) : [values.toSorted()];
  });
}

/** Every property name, at any depth. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]) => [
    ...(key === 'properties' ? Object.keys(part as object) : []),
    ...fieldsOf(part),
  ]);
}
