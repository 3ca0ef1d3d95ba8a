import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseString } from 'fast-csv';
import { checkReportPath, writeBatchReport } from '../../src/batch/writeBatchReport.js';
import { UsageError } from '../../src/core/errors.js';
import { OutputGate } from '../../src/files/OutputGate.js';
import type { BatchReport, BatchResult } from '../../src/reports/BatchReport.js';
import { batchPage } from '../../src/reports/batchPage.js';
import { temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const gate = await OutputGate.open({ inputs: [], replace: true });
const HOSTILE = '<script>alert("1")</script>, \'x\' & "y"\nz.zip';

const done: BatchResult = {
  input: HOSTILE,
  output: HOSTILE,
  status: 'upgraded',
  summary: {
    ...{ form: 'gogs backup', gogsVersion: HOSTILE, schemaVersion: 19, target: '0.13', isAtTarget: false },
    ...{ rowsIn: 3, rowsOut: 2, changes: [HOSTILE] },
    ready: false,
    findings: [{ code: 'long-row', severity: 'warning', title: HOSTILE, needsHand: true, count: 2 }],
  },
  inputBytes: 10,
  inputSha256: 'ab',
  files: [{ path: HOSTILE, bytes: 11, sha256: 'cd' }],
  seconds: 0.5,
  failure: null,
};
const failed: BatchResult = {
  ...done,
  ...{ output: null, status: 'failed', summary: null, inputSha256: null, files: [] },
  failure: { kind: 'InputError', message: HOSTILE },
};
const report: BatchReport = {
  reportVersion: 1,
  tool: { name: 'gogs-backup-upgrade', version: '1' },
  outDir: HOSTILE,
  shard: '1/2',
  inputs: [done, failed],
  passedOver: [{ kind: HOSTILE, count: 7, examples: [HOSTILE] }],
  totals: { upgraded: 1, kept: 0, failed: 1, 'not begun': 0 },
  needHand: 1,
  seconds: 1,
  finishedAt: '2026-11-26T03:00:00Z',
};

test('in CSV every value reads back unchanged, with one line per input', async () => {
  const path = join(folder, 'report.csv');
  await writeBatchReport(path, report, gate);
  const rows: Record<string, string>[] = [];
  await new Promise((resolve, reject) => {
    parseString(readFileSync(path, 'utf8'), { headers: true })
      .on('data', (row: Record<string, string>) => rows.push(row))
      .on('end', resolve)
      .on('error', reject);
  });
  expect(rows).toMatchObject([
    { input: HOSTILE, status: 'upgraded', rows_in: '3', rows_out: '2', output_sha256: 'cd', error: '' },
    { input: HOSTILE, status: 'failed', rows_in: '', error: 'InputError', error_message: HOSTILE },
  ]);
});

test('in JSON it is the object that the library returns', async () => {
  const path = join(folder, 'report.json');
  await writeBatchReport(path, report, gate);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(report);
});

test('in HTML, text from outside is never markup, and nothing is loaded', () => {
  const page = batchPage(report, encodeURIComponent);
  expect(page.match(/<script/g)?.length).toBe(1);
  expect(page.replace(/<style>.*?<\/style>|<script>.*?<\/script>/gs, '')).not.toMatch(
    /\ssrc=|url\(|https?:|javascript:/,
  );
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;, &#39;x&#39; &amp; &quot;y&quot;');
  expect(page).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
});

test('a report of an unknown kind is rejected before any work', () => {
  expect(() => checkReportPath('report.xlsx')).toThrow(UsageError);
  expect(() => checkReportPath('report.HTML')).not.toThrow();
});

test('in CSV no name becomes a formula in a spreadsheet', async () => {
  const path = join(folder, 'formulas.csv');
  const names = ['=cmd|"/c calc"!A1', '@SUM(A1)', '+1', '-1', '\t=1', ' =1'];
  const inputs = names.map((input) => ({ ...failed, input, failure: { kind: 'InputError', message: input } }));
  await writeBatchReport(path, { ...report, inputs }, gate);
  const rows: Record<string, string>[] = [];
  await new Promise((resolve, reject) => {
    parseString(readFileSync(path, 'utf8'), { headers: true })
      .on('data', (row: Record<string, string>) => rows.push(row))
      .on('end', resolve)
      .on('error', reject);
  });
  expect(rows.map(({ input }) => input)).toEqual(names.map((name) => `'${name}`));
  expect(rows.map(({ error_message: message }) => message)).toEqual(names.map((name) => `'${name}`));
});
