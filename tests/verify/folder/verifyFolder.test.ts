import { appendFileSync, chmodSync, cpSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { UsageError } from '../../../src/core/errors.js';
import type { Progress } from '../../../src/core/ProgressMeter.js';
import { upgrade, type VerifyReport, verify } from '../../../src/index.js';
import { renderVerification } from '../../../src/reports/renderVerification.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { dockerFolder, packTar } from '../../support/remains.js';

const scratch = temporaryFolder();
let count = 0;
const newPath = (ending = ''): string => join(scratch, `${count++}${ending}`);

const input = fixture('0.12.3-sqlite3', 'backup.zip');
const REPOSITORY = 'git/gogs-repositories/acme/core.git';

describe('a server folder', () => {
  test.each([
    ['0.12.3-sqlite3', { layout: 'docker' }, '0.13'],
    ['0.12.3-mysql-hard', { layout: 'binary', engine: 'sqlite3' }, '0.14'],
    ['0.11.91-postgres', { layout: 'docker' }, '0.14'],
    ['0.9.141-mysql', { layout: 'binary' }, '0.13'],
  ] as const)('made of %s with %j for %s holds against it, rows and files', async (name, options, to) => {
    const [backup, output] = [fixture(name, 'backup.zip'), newPath()];
    await upgrade(backup, output, { ...options, to });
    const progress: Progress[] = [];
    const report = await verify(output, { against: backup, to, onProgress: (step) => progress.push(step) });
    const { doneBytes = 0, totalBytes = 0 } = progress.at(-1) ?? {};
    expect([progress.length > 50, doneBytes / totalBytes > 0.5, doneBytes / totalBytes < 1.5]).toEqual([
      true,
      true,
      true,
    ]);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ holds: true, against: backup, archive: { path: output, format: 'files' } });
    expect(report.files).toMatchObject({ checked: 'input' });
    expect(report.files.count).toBeGreaterThan(20);
  });

  test('made from a tar of the old volume verifies against it', async () => {
    const [volume, archive, output] = [newPath(), newPath('.tar'), newPath()];
    await dockerFolder('0.12.3-sqlite3', volume);
    packTar(volume, archive);
    await upgrade(archive, output, { layout: 'docker' });
    for (const against of [archive, volume]) expect(await verify(output, { against })).toMatchObject({ holds: true });
  });

  test('that was moved verifies for its original place, and its hooks for no other', async () => {
    const output = newPath();
    await upgrade(input, output, { layout: 'binary', installPath: '/srv/gogs' });
    expect(await verify(output, { against: input, installPath: '/srv/gogs' })).toMatchObject({ holds: true });
    const { findings } = await verify(output, { against: input, to: '0.13' });
    expect(findings.map(({ code }) => code)).toEqual(['file-different']);
    expect(findings[0]?.examples[0]).toMatch(/hooks\/\S+": its bytes differ/);
    await expect(verify(input, { against: input, installPath: '/srv/gogs' })).rejects.toThrow(UsageError);
  });

  test('of which only the rows were checked does not claim more', async () => {
    const output = newPath();
    await upgrade(input, output, { layout: 'docker' });
    const report = await verify(output);
    expect(report).toMatchObject({ holds: true, against: null, files: { count: 0, checked: 'nothing' } });
    const text = renderVerification(report, { width: 200, verbose: false, stream: new PassThrough() });
    expect(text).toContain('server folder for Gogs 0.13');
    expect(text).toContain('its files were not checked: --against compares them');
  });
});

describe('changes in a folder are reported with their place:', () => {
  const original = newPath();
  beforeAll(async () => {
    await upgrade(input, original, { layout: 'docker' });
  });

  async function verifyAfter(change: (path: (name: string) => string) => void): Promise<VerifyReport> {
    const copy = newPath();
    cpSync(original, copy, { recursive: true, preserveTimestamps: true });
    change((name) => join(copy, name));
    return verify(copy, { against: input, to: '0.13' });
  }

  /** `code: place` */
  const problemsOf = ({ findings }: VerifyReport): string[] =>
    findings.flatMap(({ code, examples }) => examples.map((example) => `${code}: ${example}`)).sort();

  test('removed or added files and rows, settings, keys', async () => {
    const report = await verifyAfter((path) => {
      rmSync(path(`${REPOSITORY}/HEAD`));
      rmSync(path(`${REPOSITORY}/refs/tags`), { recursive: true });
      rmSync(path('gogs/data/avatars/1'));
      writeFileSync(path(`${REPOSITORY}/hooks/post-update`), '#!/bin/sh\n');
      symlinkSync('/etc', path('gogs/public'));
      appendFileSync(path('gogs/conf/app.ini'), '\n[security]\nINSTALL_LOCK = false\n');
      appendFileSync(path('git/.ssh/authorized_keys'), 'ssh-ed25519 AAAA\n');
      const database = new sqlite.Database(path('gogs/data/gogs.db'));
      database.exec('UPDATE user SET is_admin = 1 WHERE id = 2; DELETE FROM star WHERE id = 1');
      database.close();
    });
    expect(report.holds).toBe(false);
    expect(problemsOf(report)).toEqual([
      'config-differs: [security] INSTALL_LOCK',
      expect.stringMatching(/^file-different: "git\/\.ssh\/authorized_keys": it goes on after \d+ bytes$/),
      `file-missing: "${REPOSITORY}/HEAD"`,
      `file-missing: "${REPOSITORY}/refs/tags"`,
      'file-missing: "gogs/data/avatars/1"',
      `file-unexpected: "${REPOSITORY}/hooks/post-update"`,
      'file-unexpected: "gogs/public"',
      'row-different: user bob (2): is_admin',
      'row-missing: star id 1',
      'table-differs: star: 5 rows, 6 expected',
      'table-differs: user: 7 rows, 7 expected',
    ]);
  });

  test('files with other content', async () => {
    const report = await verifyAfter((path) => {
      appendFileSync(path('gogs/data/avatars/1'), 'x');
      writeFileSync(path(`${REPOSITORY}/description`), 'y');
      writeFileSync(path(`${REPOSITORY}/hooks/post-receive`), '#!/bin/sh\n');
      chmodSync(path(`${REPOSITORY}/hooks/update`), 0o644);
      renameSync(path(`${REPOSITORY}/HEAD`), path('git/HEAD'));
      symlinkSync('../../../HEAD', path(`${REPOSITORY}/HEAD`));
    });
    expect(report.holds).toBe(false);
    expect(problemsOf(report)).toEqual([
      `file-different: "${REPOSITORY}/HEAD": it is a link instead of a file`,
      `file-different: "${REPOSITORY}/description": its bytes differ from byte 0 on`,
      `file-different: "${REPOSITORY}/hooks/post-receive": its bytes differ from byte 0 on`,
      `file-different: "${REPOSITORY}/hooks/update": mode 644 instead of 755`,
      expect.stringMatching(/^file-different: "gogs\/data\/avatars\/1": it goes on after \d+ bytes$/),
      'file-unexpected: "git/HEAD"',
    ]);
  });

  test('a program with the set-user-ID bit', async () => {
    const report = await verifyAfter((path) => chmodSync(path(`${REPOSITORY}/hooks/pre-receive`), 0o4755));
    expect(problemsOf(report)).toEqual([`file-different: "${REPOSITORY}/hooks/pre-receive": mode 4755 instead of 755`]);
  });

  test('a file with only another time is mentioned, and the folder verifies', async () => {
    const report = await verifyAfter((path) => utimesSync(path(`${REPOSITORY}/HEAD`), 1e9, 1e9));
    expect([report.holds, problemsOf(report)]).toEqual([true, [`file-time: "${REPOSITORY}/HEAD"`]]);
  });
});

test('--verify compares the files of a folder before it gets its name', async () => {
  const { verification } = await upgrade(input, newPath(), { layout: 'docker', verify: true });
  expect(verification).toMatchObject({ holds: true, archive: { format: 'files' }, files: { checked: 'input' } });
  expect(verification?.files.count).toBeGreaterThan(100);
});
