import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { main } from '../../src/cli/main.js';
import { InputError, UsageError, VerificationError } from '../../src/core/errors.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { BackupDestination } from '../../src/outputs/BackupDestination.js';
import type { VerifyReport } from '../../src/reports/VerifyReport.js';
import { upgradeAndVerify as upgrade } from '../../src/verify/upgradeAndVerify.js';
import { verify } from '../../src/verify/verify.js';
import { makeZip } from '../support/archives.js';
import { editTable } from '../support/editTable.js';
import { BACKUP_FIXTURES, fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries, readEntry } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (): string => join(folder, `${++count}.zip`);

const errorsOf = ({ findings }: VerifyReport) => findings.filter(({ severity }) => severity === 'error');
/** `code: first place` of each failure. */
const problemsOf = (report: VerifyReport): string[] =>
  errorsOf(report).map(({ code, title, examples }) => `${code}: ${examples[0] ?? title}`);

describe.each(BACKUP_FIXTURES)('a backup of %s', (name) => {
  const input = fixture(name, 'backup.zip');

  test.each(['0.13', '0.14'] as const)('verifies against its input once it is upgraded to %s', async (to) => {
    const output = newPath();
    const { tables } = await upgrade(input, output, { to });
    const report = await verify(output, { against: input });
    expect(problemsOf(report)).toEqual([]);
    expect(report).toMatchObject({ holds: true, archive: { target: to }, files: { checked: 'contents and input' } });
    expect(report.tables.map(({ table, rowsExpected }) => [table, rowsExpected])).toEqual(
      tables.map(({ table, rowsOut }) => [table, rowsOut]),
    );
    expect(report.files.repositoryEntries).toBeGreaterThan(100);
    const deep = await verify(output, { deep: true });
    expect(deep).toMatchObject({ holds: true, database: expect.stringMatching(/^SQLite 3/) });
    expect(deep.tables.every(({ tried }) => tried === 'every column')).toBe(true);
  });

  test.each(['0.13.0', '0.14.3'])(
    'of which Gogs %s made its own verifies, unless Gogs cannot read it back',
    async (version) => {
      const report = await verify(fixture(name, `gogs-${version}-backup.zip`));
      // Measured: of its 9 issues and 3 hook tasks, gogs restore restores 6 and 1.
      expect(problemsOf(report)).toEqual(name.endsWith('-hard') ? ['row-not-restored: Issue id 7 (line 7)'] : []);
      expect(errorsOf(report)[0]?.count).toBe(name.endsWith('-hard') ? 5 : undefined);
    },
  );

  test('does not verify before its upgrade', async () => {
    const report = await verify(input);
    expect(report.holds).toBe(false);
    expect(problemsOf(report)).toContainEqual(expect.stringMatching(/^(missing-key|table-missing): /));
  });
});

describe.each(['mysql', 'postgres'] as const)('times in SQL for %s, which is not tried,', (engine) => {
  const output = newPath();
  const script = output.replace(/zip$/, 'after-restore.sql');
  let original = '';
  beforeAll(async () => {
    await upgrade(fixture('0.12.3-sqlite3', 'backup.zip'), output, { engine, exact: true });
    original = readFileSync(script, 'utf8');
  });

  /** Edits the first of the rows for a table. */
  function withRow(table: string, edit: (row: string) => readonly string[]): string {
    const lines = original.split('\n');
    const at = lines.findIndex((line) => /^(?:INSERT|COPY)/.test(line) && line.includes(`exact_${table}`)) + 1;
    return lines.toSpliced(at, 1, ...edit(lines[at] ?? '')).join('\n');
  }

  test.each([
    ['unchanged', () => original, []],
    ['changed', () => withRow('issue', (row) => [row.replace(/17/, '18')]), ['Issue']],
    ['left out', () => withRow('comment', () => []), ['Comment']],
    ['twice', () => withRow('repository', (row) => [row, row]), ['Repository']],
    ['of another row', () => withRow('mirror', (row) => [row.replace(/\d/, '99')]), ['Mirror']],
  ])('are compared with the archive: %s', async (_, edited, tables) => {
    writeFileSync(script, edited());
    expect(problemsOf(await verify(output))).toEqual(tables.map((table) => `sql-table-differs: ${table}`));
  });

  test('are compared with the archive: of no row of a table', async () => {
    const sections = original.split(/^(?=-- )/m);
    writeFileSync(script, sections.filter((section) => !section.includes('exact_comment')).join(''));
    expect(problemsOf(await verify(output))).toEqual(['sql-table-differs: Comment']);
  });
});

test.each(['metadata.ini', 'custom/conf/app.ini', 'db/User.json', 'repositories.zip'])(
  'a link in place of %s is found, whose target a restore would take from its content',
  async (name) => {
    const [output, tampered] = [newPath(), newPath()];
    await upgrade(fixture('0.12.3-sqlite3', 'backup.zip'), output);
    const attributes = (entry: string) => (entry === `gogs-backup/${name}` ? 0xa1ff0000 : 0x81a40000);
    const entries = [...(await readEntries(output))];
    writeFileSync(tampered, makeZip(entries.map(([n, content]) => ({ name: n, content, attributes: attributes(n) }))));
    expect(problemsOf(await verify(tampered))).toEqual([`damaged: "gogs-backup/${name}" is a link instead of a file`]);
  },
);

test('the upgrade of gogs dump verifies against it', async () => {
  const [input, output] = [fixture('0.9.141-mysql', 'backup.zip'), newPath()];
  await upgrade(input, output);
  expect(problemsOf(await verify(output, { against: input }))).toEqual([]);
});

test('a backup of the database alone verifies, with a note on how to restore it', async () => {
  const [input, output] = [fixture('0.12.3-sqlite3', 'backup-database-only.zip'), newPath()];
  await upgrade(input, output);
  const report = await verify(output, { against: input });
  expect(problemsOf(report)).toEqual([]);
  expect(report.findings.map(({ code }) => code)).toEqual(['database-only']);
});

test('files whose database became SQL verify, with a note on the tables', async () => {
  const [input, output] = [fixture('0.12.3-sqlite3', 'backup.zip'), newPath()];
  await upgrade(input, output, { sql: `${output}.sql`, engine: 'sqlite3' });
  const report = await verify(output, { filesOnly: true, against: input });
  expect(report.holds).toBe(true);
  expect(report.findings.map(({ code, severity }) => [code, severity])).toEqual([['files-alone', 'info']]);
  for (const options of [{}, { against: input }]) expect((await verify(output, options)).holds).toBe(false);
});

test('redacted tokens verify against the input, if verify gets the option', async () => {
  const [input, output] = [fixture('0.12.3-sqlite3', 'backup.zip'), newPath()];
  await upgrade(input, output, { redactTokens: true });
  expect(problemsOf(await verify(output, { against: input, redactTokens: true }))).toEqual([]);
  expect(problemsOf(await verify(output, { against: input }))[1]).toMatch(/^row-different: AccessToken id \d+: sha1$/);
});

describe('an archive that was tampered with', () => {
  const input = fixture('0.12.3-mysql', 'backup.zip');
  const output = newPath();
  beforeAll(async () => {
    await upgrade(input, output);
  });

  const key = (name: string): RegExp => new RegExp(`"${name}":(?:"(?:[^"\\\\]|\\\\.)*"|[^,}]*),?`);
  const at = (line: number, change: (row: string) => string) => (lines: string[]) =>
    lines.map((row, index) => (index === line ? change(row) : row));
  const without = (line: number) => (lines: string[]) => lines.filter((_, index) => index !== line);

  /** Title, table, change of its rows, expected finding, and whether it is only found with the input. */
  const TAMPERED: [string, string, (lines: string[]) => readonly string[], string, boolean][] = [
    ['a row is missing', 'Issue', without(2), 'row-missing: Issue id 3', true],
    [
      'a row is there twice',
      'Comment',
      (rows) => [...rows, rows[0] as string],
      'row-refused: Comment id 1: UNIQUE constraint failed: comment.id',
      false,
    ],
    [
      'a row was added',
      'Label',
      (rows) => [...rows, (rows[0] as string).replace('"ID":1,', '"ID":901,')],
      'row-unexpected: Label id 901',
      true,
    ],
    [
      'a password hash was changed',
      'User',
      at(0, (row) => row.replace(/("Password":")../, '$1zz')),
      'row-different: user alice (1): passwd',
      true,
    ],
    [
      'a token hash was changed',
      'AccessToken',
      at(1, (row) => row.replace(/("SHA256":")../, '$1zz')),
      'token-hash-mismatch: AccessToken id 2 (line 2)',
      false,
    ],
    [
      'a token hash is not the one an upgrade of the input gives',
      'AccessToken',
      at(1, (row) => row.replace(/("SHA256":")../, '$1zz')),
      'row-different: AccessToken id 2: sha256',
      true,
    ],
    [
      'a key is gone',
      'User',
      at(1, (row) => row.replace(key('Password'), '')),
      'missing-key: User id 2 (line 2): Password',
      false,
    ],
    [
      'a key is gone from a table of gorm',
      'AccessToken',
      at(0, (row) => row.replace(key('SHA256'), '')),
      'missing-key: AccessToken id 1 (line 1): SHA256',
      false,
    ],
    [
      'a value is null',
      'Repository',
      at(0, (row) => row.replace(/"NumIssues":\d+/, '"NumIssues":null')),
      'null-key: Repository id 1 (line 1): NumIssues',
      false,
    ],
    [
      'a number became a text',
      'Issue',
      at(0, (row) => row.replace(/"RepoID":(\d+)/, '"RepoID":"$1"')),
      'unfit-value: Issue id 1 (line 1): RepoID',
      false,
    ],
    [
      'a number is beyond 64 bits',
      'Issue',
      at(0, (row) => row.replace(/"Priority":\d+/, '"Priority":9223372036854775808')),
      'unfit-value: Issue id 1 (line 1): Priority',
      false,
    ],
    [
      'a line too long stands in the middle',
      'Issue',
      at(3, (row) => row.replace('"Content":"', `"Content":"${'x'.repeat(66_000)}`)),
      'row-not-restored: Issue id 4 (line 4)',
      false,
    ],
    [
      'a token is given twice',
      'AccessToken',
      (rows) => [...rows, (rows[0] as string).replace(/"ID":\d+/, '"ID":950')],
      'row-refused: AccessToken id 950: UNIQUE constraint failed: access_token.sha256',
      false,
    ],
    [
      'a line is cut off',
      'Label',
      at(0, (row) => row.slice(0, 20)),
      'unreadable-line: Cannot read Label.json, line 1: the line ends',
      false,
    ],
    [
      'a blank line came in',
      'Label',
      (rows) => [rows[0] as string, '', ...rows.slice(1)],
      'unreadable-line: Cannot read Label.json, line 2',
      false,
    ],
    [
      'a login source has a provider',
      'LoginSource',
      at(0, (row) => row.replace('"Provider":null', '"Provider":{}')),
      'unfit-value: LoginSource id 1 (line 1): Provider',
      false,
    ],
    [
      'the schema version is old',
      'Version',
      at(0, (row) => row.replace('"Version":22', '"Version":19')),
      'schema-version: Version id 1 (line 1)',
      false,
    ],
    [
      'stripping NUL breaks a row',
      'Action',
      at(0, (row) => row.replace('"Content":"', '"Content":"\\\\u0000"').replace('\\\\u0000"', '\\\\u0000')),
      'nul-breaks-row: Action.json, line 1',
      false,
    ],
    [
      'an id is 0',
      'Label',
      at(0, (row) => row.replace('"ID":1,', '"ID":0,')),
      'row-without-id: Label id 0 (line 1)',
      false,
    ],
  ];

  test.each(TAMPERED)('is found out: %s', async (_, type, edit, problem, needsInput) => {
    const tampered = newPath();
    await editTable(output, tampered, type, edit);
    const report = await verify(tampered, needsInput ? { against: input } : {});
    expect(report.holds).toBe(false);
    expect(problemsOf(report)).toContainEqual(expect.stringContaining(problem));
  });

  test('is reported without showing the content of rows', async () => {
    const tampered = newPath();
    await editTable(
      output,
      tampered,
      'User',
      at(0, (row) => row.replace(/("Password":")../, '$1zz')),
    );
    const hash = /"Password":"(\w{8})/.exec((await readEntry(tampered, 'gogs-backup/db/User.json')).toString())?.[1];
    const report = JSON.stringify(await verify(tampered, { against: input }));
    expect(hash).toBeDefined();
    expect(report).toContain('user alice (1)');
    expect(report).not.toContain(hash);
  });

  test.each([
    ['a table has no file', 'gogs-backup/db/Star.json', 'table-missing: Star.json'],
    [
      'there is no metadata.ini',
      'gogs-backup/metadata.ini',
      'no-metadata: The archive has no gogs-backup/metadata.ini',
    ],
  ])('is detected: %s', async (_, name, problem) => {
    const tampered = newPath();
    await repackBackup(output, tampered, { [name]: undefined });
    expect(problemsOf(await verify(tampered))).toContain(problem);
  });

  test('is detected: custom/ is missing, so that the restore would stop halfway', async () => {
    const tampered = newPath();
    const zip = await ZipReader.open(output);
    const gone: Record<string, undefined> = {};
    for (const { name } of zip.entries) if (name.startsWith('gogs-backup/custom/')) gone[name] = undefined;
    await zip.close();
    await repackBackup(output, tampered, gone);
    expect(problemsOf(await verify(tampered)).join()).toContain('no-custom');
  });

  test('is detected: a file is not that of the input', async () => {
    const tampered = newPath();
    const zip = await ZipReader.open(output);
    const names: string[] = [];
    for (const { name } of zip.entries)
      if (name.startsWith('gogs-backup/data/') && !name.endsWith('/')) names.push(name);
    await zip.close();
    const [name = '', other = ''] = names;
    await repackBackup(output, tampered, { [name]: 'something else', [other]: undefined });
    expect((await verify(tampered)).holds).toBe(true);
    const [problem] = errorsOf(await verify(tampered, { against: input }));
    expect(problem?.examples.join()).toContain(`${JSON.stringify(name)} differs from the input`);
    expect(problem?.examples.join()).toContain(`${JSON.stringify(other)} is in the input, but not in the archive`);
  });

  test.each(['gogs-backup/db/Issue.json', 'gogs-backup/repositories.zip', 'gogs-backup/metadata.ini'])(
    'is found out: one bit of %s is flipped',
    async (name) => {
      const tampered = newPath();
      const zip = await ZipReader.open(output);
      const bytes = readFileSync(output);
      for (const entry of zip.entries) {
        if (entry.name !== name) continue;
        const { start, end } = await zip.locate(entry);
        const middle = (start + end) >>> 1;
        bytes[middle] = (bytes[middle] as number) ^ 0x10;
      }
      await zip.close();
      writeFileSync(tampered, bytes);
      const report = await verify(tampered);
      expect(problemsOf(report).join()).toMatch(/^damaged: /);
      expect(problemsOf(report).join()).toContain(name);
    },
  );

  test('is detected: it is truncated', async () => {
    const tampered = newPath();
    writeFileSync(tampered, readFileSync(output).subarray(0, 20_000));
    expect(problemsOf(await verify(tampered)).join()).toMatch(/^damaged: /);
  });

  test('is detected deep within repositories.zip with deep', async () => {
    const tampered = newPath();
    const inner = await readEntry(output, 'gogs-backup/repositories.zip');
    const at = inner.indexOf('objects/pack/') + 400;
    inner[at] = (inner[at] as number) ^ 0xff;
    await repackBackup(output, tampered, { 'gogs-backup/repositories.zip': inner });
    expect((await verify(tampered)).holds).toBe(true);
    expect(problemsOf(await verify(tampered, { deep: true })).join()).toContain('repositories.zip, entry');
  });
});

describe('rows over 64 KiB', () => {
  const input = fixture('0.12.3-mysql-hard', 'backup.zip');

  test('count if their SQL is beside the archive, and are missing otherwise', async () => {
    const output = newPath();
    const { output: written } = await upgrade(input, output);
    const whole = await verify(output, { against: input });
    expect(whole.archive.afterRestoreSql).toBe(written.afterRestoreSql);
    expect(
      whole.tables.filter(({ rowsBySql }) => rowsBySql > 0).map(({ type, rowsBySql }) => [type, rowsBySql]),
    ).toEqual([
      ['Issue', 1],
      ['HookTask', 1],
    ]);
    rmSync(written.afterRestoreSql as string);
    const alone = await verify(output, { against: input });
    expect(errorsOf(alone).map(({ examples }) => examples)).toEqual([
      ['Issue id 7 (line 9)', 'HookTask id 3 (line 4)'],
    ]);
  });

  test.each(['mysql', 'postgres', 'sqlite3'] as const)('count from SQL for %s', async (engine) => {
    const output = newPath();
    await upgrade(input, output, { engine, exact: true });
    const { tables, findings } = await verify(output, { against: input, engine });
    expect(tables.reduce((sum, { rowsBySql }) => sum + rowsBySql, 0)).toBe(2);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  describe.each(['mysql', 'postgres', 'sqlite3'] as const)('do not hold when the SQL for %s', (engine) => {
    let output = '';
    let script = '';
    let sql = '';
    beforeAll(async () => {
      output = newPath();
      script = output.replace(/\.zip$/, '.after-restore.sql');
      await upgrade(input, output, { engine });
      sql = readFileSync(script, 'utf8');
    });

    test.each<readonly [what: string, (sql: string) => string]>([
      ['does not bring the rows to their table', (text) => text.replace(/INSERT INTO .issue. \([^;]*;\n/, '')],
      ['brings them to another table', (text) => text.replace(/INSERT INTO (.)issue. \(/, 'INSERT INTO $1comment$1 (')],
      [
        'brings other values',
        (text) => text.replace('stage."title"', "'x'").replace(/SELECT stage\../, 'SELECT 7 + stage.'),
      ],
      ['takes all of it back', (text) => text.replace(/^COMMIT;$/m, 'ROLLBACK;')],
      ['does more', (text) => `${text}UPDATE ${engine === 'mysql' ? '`user`' : '"user"'} SET is_admin = 1;\n`],
      ['hides more in a comment', (text) => `${text}/*!40000 DELETE FROM star */;\n`],
      [
        'brings one row more',
        (text) =>
          engine === 'postgres'
            ? text.replace(/(\n)(\d+)(\t[^\n]*\n)(\\\.\n)/, '$1$2$3999$3$4')
            : text.replace(/(VALUES\s*\()(\d+)(,(?:[^()']|'(?:[^'\\]|\\.|'')*')*\))/, '$1$2$3,(999$3'),
      ],
    ])('%s', async (_, change) => {
      const changed = change(sql);
      expect(changed).not.toBe(sql);
      writeFileSync(script, changed);
      const { holds, findings } = await verify(output, { engine });
      expect(holds).toBe(false);
      expect(findings.map(({ code }) => code)).toContain(
        changed.includes('999') ? 'sql-row-unexpected' : 'sql-differs',
      );
      writeFileSync(script, sql);
      expect((await verify(output)).holds).toBe(true);
    });
  });
});

describe('the SQL to load after a restore is loaded into the scratch database', () => {
  const input = fixture('0.12.3-mysql-hard', 'backup.zip');
  const output = newPath();
  const script = output.replace(/\.zip$/, '.after-restore.sql');
  let sql = '';
  beforeAll(async () => {
    await upgrade(input, output, { engine: 'sqlite3', exact: true });
    sql = readFileSync(script, 'utf8');
  });
  /** A pattern for the temporary table of a purpose, and the first row of the statement that fills it. */
  const rowOf = (table: string): RegExp =>
    new RegExp(`(INSERT INTO "gogs_backup_upgrade_exact_${table}"[^;]*?VALUES\\s*)\\(\\d+,(\\d+)\\)`);

  test('and leaves every row and time as it was', async () => {
    expect(sql).toMatch(rowOf('issue'));
    const { findings, holds } = await verify(output, { against: input });
    expect(holds).toBe(true);
    expect(findings.map(({ code }) => code)).not.toContain('sql-not-tried');
  });

  test.each<readonly [what: string, change: (sql: string) => string, code: string]>([
    ['gives an issue another time', (text) => text.replace(rowOf('issue'), '$1(1,17)'), 'sql-table-differs: Issue'],
    [
      'leaves the time of a comment as the restore sets it',
      (text) => text.replace(rowOf('comment'), '$1(987654,$2)'),
      'sql-table-differs: Comment',
    ],
    [
      'corrects one repository twice',
      (text) =>
        text.replace(/(INSERT INTO "gogs_backup_upgrade_exact_repository"[^;]*VALUES\s*)(\([^)]*\))/, '$1$2,$2'),
      'sql-refused: ',
    ],
  ])('but fails to verify if it %s', async (_, change, problem) => {
    const changed = change(sql);
    expect(changed).not.toBe(sql);
    writeFileSync(script, changed);
    const found = problemsOf(await verify(output));
    writeFileSync(script, sql);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  test('unless it is for another engine, which the report says', async () => {
    const other = newPath();
    await upgrade(input, other, { engine: 'mysql' });
    const { findings, holds } = await verify(other);
    expect(holds).toBe(true);
    expect(findings.map(({ code }) => code)).toContain('sql-not-tried');
  });
});

describe('compared with its input, additions are differences too', () => {
  const input = fixture('0.12.3-sqlite3', 'backup.zip');
  let output = '';
  beforeAll(async () => {
    output = newPath();
    await upgrade(input, output);
  });

  test.each([
    ['a template', 'gogs-backup/custom/templates/inject/footer.tmpl'],
    ['a table that no release has', 'gogs-backup/db/Evil.json'],
    ['a name that differs by case from a table', 'gogs-backup/db/user.json'],
    ['a file outside the backup', 'elsewhere/x'],
  ])('%s', async (_, name) => {
    const changed = newPath();
    await repackBackup(output, changed, { [name]: '{}' });
    expect(problemsOf(await verify(changed, { against: input }))).toEqual([`file-unexpected: ${JSON.stringify(name)}`]);
  });

  test('a link in place of a file', async () => {
    const bytes = readFileSync(output);
    const at = bytes.lastIndexOf('gogs-backup/data/avatars/1') - 46;
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    bytes.writeUInt32LE(((bytes.readUInt32LE(at + 38) & 0x0fffffff) | 0xa0000000) >>> 0, at + 38);
    const changed = newPath();
    writeFileSync(changed, bytes);
    expect(problemsOf(await verify(changed, { against: input })).join()).toMatch(/avatars.* it is a link/);
  });

  test.each(['custom/conf/app.ini', 'metadata.ini'])('permissions of %s, which is written anew', async (name) => {
    const changed = newPath();
    const bytes = readFileSync(output);
    const at = bytes.lastIndexOf(`gogs-backup/${name}`) - 46;
    bytes.writeUInt32LE((0o100666 << 16) >>> 0, at + 38);
    writeFileSync(changed, bytes);
    expect(problemsOf(await verify(changed, { against: input }))).toEqual([
      `damaged: "gogs-backup/${name}" differs from the input: mode 666 instead of 644`,
    ]);
  });

  test('a setting, unless verify gets it as an option', async () => {
    const changed = newPath();
    await upgrade(input, changed, { set: ['security.SECRET_KEY=hunter2'] });
    const report = await verify(changed, { against: input });
    expect(problemsOf(report)).toEqual(['config-differs: gogs-backup/custom/conf/app.ini: [security] SECRET_KEY']);
    expect(JSON.stringify(report)).not.toContain('hunter2');
    expect((await verify(changed, { against: input, set: ['security.SECRET_KEY=hunter2'] })).holds).toBe(true);
    const kept = newPath();
    await upgrade(input, kept, { keepConfig: true });
    expect((await verify(kept, { against: input })).holds).toBe(false);
    expect((await verify(kept, { against: input, keepConfig: true })).holds).toBe(true);
  });

  test('but not additions by the options of the upgrade', async () => {
    for (const options of [{ engine: 'postgres' }, { rehearsal: true }, { redactTokens: true }] as const) {
      const changed = newPath();
      await upgrade(input, changed, options);
      expect(problemsOf(await verify(changed, { against: input, ...options }))).toEqual([]);
    }
  });
});

describe('upgrade --verify', () => {
  test('reports what was proven', async () => {
    const { verification } = await upgrade(fixture('0.12.3-mysql-hard', 'backup.zip'), newPath(), { verify: true });
    expect(verification).toMatchObject({ holds: true, files: { checked: 'input' } });
    expect(verification?.tables.reduce((sum, { rowsBySql }) => sum + rowsBySql, 0)).toBe(2);
  });

  test('writes nothing if the written data differs from the input', async () => {
    const [input, output, tampered] = [fixture('0.12.3-mysql', 'backup.zip'), newPath(), newPath()];
    await upgrade(input, output);
    await editTable(output, tampered, 'Issue', (rows) => rows.slice(1));
    rmSync(output);
    const unnamed = jest.spyOn(BackupDestination.prototype, 'unnamed');
    unnamed.mockReturnValue({ archive: tampered, afterRestoreSql: undefined });
    try {
      const failing = upgrade(input, output, { verify: true, force: true });
      await expect(failing).rejects.toThrow(VerificationError);
      await expect(failing).rejects.toThrow(/Issue: 5 rows, 6 expected.*Issue id 1/);
      expect(existsSync(output)).toBe(false);
    } finally {
      unnamed.mockRestore();
    }
  });

  test('is refused for an output that cannot be read back', async () => {
    const output = join(folder, 'verified.csv.zip');
    await expect(upgrade(fixture('0.12.3-mysql', 'backup.zip'), output, { verify: true })).rejects.toThrow(UsageError);
    expect(existsSync(output)).toBe(false);
  });
});

describe('the command line', () => {
  test('ends with 0 if the archive verifies, with 8 if it does not, with 3 if it does not exist', async () => {
    const [output, tampered] = [newPath(), newPath()];
    await upgrade(fixture('0.12.3-mysql', 'backup.zip'), output);
    await editTable(output, tampered, 'User', (rows) => rows.map((row) => row.replace(/"Password":"[^"]*",/, '')));
    expect(await main(['verify', output, '--quiet'])).toBe(0);
    expect(await main(['verify', tampered, '--quiet'])).toBe(8);
    expect(await main(['verify', join(folder, 'nowhere.zip'), '--quiet'])).toBe(3);
  });
});

test('a missing archive is an error of the input, not a finding', async () => {
  await expect(verify(join(folder, 'nowhere.zip'))).rejects.toThrow(InputError);
});

test('an existing database file is not touched', async () => {
  const file = join(folder, 'live.db');
  writeFileSync(file, 'precious');
  const archive = fixture('0.12.3-sqlite3', 'gogs-0.13.0-backup.zip');
  await expect(verify(archive, { database: `sqlite:${file}` })).rejects.toThrow(/it exists/);
  expect(readFileSync(file, 'utf8')).toBe('precious');
});

test('a database without a name is rejected', async () => {
  const archive = fixture('0.12.3-sqlite3', 'gogs-0.13.0-backup.zip');
  await expect(verify(archive, { database: 'oracle://x' })).rejects.toThrow(/must begin with/);
});

test.each(['tables.csv.zip', 'tables/'])(
  'CSV, here as %s, is not for a server, and is said to be that',
  async (name) => {
    const output = join(folder, name);
    const input = fixture('0.12.3-mysql', 'backup.zip');
    await upgrade(input, output, { format: name.endsWith('/') ? 'csv' : undefined, checklist: false });
    const verified = verify(output, { against: input });
    await expect(verified).rejects.toThrow(UsageError);
    await expect(verified).rejects.toThrow(/it is CSV, which no server reads/);
  },
);
