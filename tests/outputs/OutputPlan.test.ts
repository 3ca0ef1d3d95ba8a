import { expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import { planOutput } from '../../src/outputs/OutputPlan.js';

test.each([
  ['new.zip', 'zip'],
  ['NEW.ZIP', 'zip'],
  ['new.sql', 'sql'],
  ['new.sql.gz', 'sql'],
  ['new.db', 'sqlite'],
  ['new.sqlite3', 'sqlite'],
  ['tables/', 'csv'],
  ['tables.csv.zip', 'csv'],
])('%s means %s', (name, format) => {
  expect(planOutput(name, {}).format).toBe(format);
});

test.each(['new-backup', 'new.tgz', 'new.tar.gz', 'new.dump', 'new.json', 'new.gz', 'backup.2020-01-01'])(
  'the name %s says nothing that can be written, and the names that work are told',
  (name) => {
    expect(() => planOutput(name, {})).toThrow(UsageError);
    expect(() => planOutput(name, {})).toThrow(/new\.zip.*new\.sql.*new\.db/);
    expect(planOutput(name, { format: 'zip' }).format).toBe('zip');
    expect(planOutput(name, { layout: 'docker' }).format).toBe('files');
  },
);

test.each([
  ['new.zip', { dropExisting: true }, /--drop-existing is for SQL/],
  ['new.zip', { owner: '1000:1000' }, /--owner is for the folder that a server starts on: use it with --layout/],
  ['new.sql', { sql: 'x.sql' }, /--sql requires a zip/],
  ['new.zip', { sql: 'x.sql', filesOnly: true }, /--files-only .* cannot be combined with --sql/],
  ['new.zip', { compose: true }, /--compose requires --layout docker/],
] as const)('for %s, %j is refused', (name, options, message) => {
  expect(() => planOutput(name, options)).toThrow(UsageError);
  expect(() => planOutput(name, options)).toThrow(message);
});
