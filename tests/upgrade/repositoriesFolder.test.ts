import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { upgrade, verify } from '../../src/index.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';

const scratch = temporaryFolder();
const input = fixture('0.12.3-sqlite3', 'backup.zip');
const ELSEWHERE = { set: ['repository.ROOT=/data/git/gogs-repositories'] };

const codes = (findings: readonly { readonly code: string; readonly examples: readonly string[] }[]): string[] =>
  findings.filter(({ code }) => code === 'repositories-folder').flatMap(({ examples }) => examples);

test('a ROOT whose last part is not the folder in repositories.zip is reported by the upgrade and by verify', async () => {
  const output = join(scratch, 'elsewhere.zip');
  const place = '"repositories", and ROOT ends in "gogs-repositories"';
  expect(codes((await upgrade(input, output, ELSEWHERE)).findings)).toEqual([place]);
  const report = await verify(output);
  expect(codes(report.findings)).toEqual([place]);
  expect(report.holds).toBe(false);
});

test('a matching one is not, wherever it is, and a server folder needs none', async () => {
  const output = join(scratch, 'same.zip');
  expect(codes((await upgrade(input, output, { set: ['repository.ROOT=/srv/git/repositories'] })).findings)).toEqual(
    [],
  );
  expect(codes((await verify(output)).findings)).toEqual([]);
  expect(codes((await upgrade(input, join(scratch, 'folder'), { layout: 'docker' })).findings)).toEqual([]);
});

test('--verify leaves it to the checklist, which moves the folder', async () => {
  const output = join(scratch, 'moved.zip');
  const report = await upgrade(input, output, { set: ['repository.ROOT=/srv/git/all repos'], verify: true });
  expect(codes(report.findings)).toHaveLength(1);
  expect(report.verification?.holds).toBe(true);
  expect(report.nextSteps.map(({ command }) => command)).toContain("mv /srv/git/repositories '/srv/git/all repos'");
});
