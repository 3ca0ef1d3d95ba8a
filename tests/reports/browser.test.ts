/** Pages in a real browser. Needs Chromium; without it, the tests say so and pass. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inspect } from '../../src/inspect/inspect.js';
import type { BatchReport, BatchResult } from '../../src/reports/BatchReport.js';
import { batchPage } from '../../src/reports/batchPage.js';
import { inspectionPage } from '../../src/reports/inspectionPage.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (browser === undefined) process.stderr.write('No Chromium is installed, so no browser has read the pages.\n');
const inBrowser = browser === undefined ? test.skip : test;

let pages = 0;
/** The document after its scripts ran, at a width in pixels. */
function domOf(page: string, width: number): string {
  const path = join(folder, `page-${++pages}.html`);
  writeFileSync(path, page);
  const options = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'browser')}`];
  return execFileSync(String(browser), [...options, `--window-size=${width},800`, '--dump-dom', `file://${path}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString('utf8');
}

const result = (input: string, findings: boolean): BatchResult => ({
  input,
  output: `${input}.zip`,
  status: 'upgraded',
  summary: {
    ...{ form: 'gogs backup', gogsVersion: '0.12.3', schemaVersion: 19, target: '0.13', isAtTarget: false },
    ...{ rowsIn: 1_234_567, rowsOut: 1_234_566, changes: [] },
    ready: !findings,
    findings: findings
      ? [
          {
            code: 'long-row',
            severity: 'warning',
            title: 'Rows of Issue are longer than a restore reads',
            needsHand: true,
            count: 2,
          },
        ]
      : [],
  },
  ...{ inputBytes: 123_456_789, inputSha256: 'ab', seconds: 0.5, failure: null },
  files: [
    { path: `${input}.zip`, bytes: 11, sha256: 'cd' },
    { path: `${input}.next-steps.md`, bytes: 11, sha256: 'cd' },
  ],
});
const inputs = [
  result('b'.repeat(200), true),
  result('a/short', false),
  {
    ...result('c/failed', false),
    status: 'failed' as const,
    summary: null,
    failure: { kind: 'InputError', message: 'x'.repeat(300) },
  },
];
const report: BatchReport = {
  ...{
    reportVersion: 1,
    tool: { name: 'gogs-backup-upgrade', version: '1' },
    outDir: `/srv/${'o'.repeat(100)}`,
    shard: null,
  },
  ...{ inputs, totals: { upgraded: 2, kept: 0, failed: 1, 'not begun': 0 }, passedOver: [], needHand: 1, seconds: 1 },
  finishedAt: '2026-11-26T03:00:00Z',
};
const pageOf = {
  inspection: async () => inspectionPage(await inspect(fixture('0.12.3-mysql-hard', 'backup.zip'))),
  batch: async () => batchPage(report, encodeURIComponent),
};
const KINDS = ['inspection', 'batch'] as const;

describe.each(KINDS)('the page of the %s', (kind) => {
  inBrowser(
    'needs no scrolling sideways on a phone',
    async () => {
      // Browser windows cannot be that narrow, but a frame can.
      const content = (await pageOf[kind]()).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      const measure =
        'const { clientWidth, scrollWidth } = document.querySelector("iframe").contentDocument.documentElement;' +
        'document.documentElement.dataset.widths = [clientWidth, scrollWidth];';
      const dom = domOf(
        `<!doctype html><iframe srcdoc="${content}" style="width: 360px; height: 20000px; border: 0"></iframe>` +
          `<script>addEventListener("load", () => { ${measure} });</script>`,
        800,
      );
      expect(/data-widths="([\d,]+)"/.exec(dom)?.[1]).toBe('360,360');
    },
    60_000,
  );

  inBrowser(
    'runs nothing but its own script, even if markup should get into it',
    async () => {
      const evil =
        '<script>document.documentElement.dataset.evil = 1</script>' +
        '<img src=x onerror="document.documentElement.dataset.evil = 1"><style>body { display: none }</style>';
      const dom = domOf((await pageOf[kind]()).replace('<main>', `<main>${evil}`), 800);
      expect(dom).toContain('<main>');
      expect(dom).not.toContain('data-evil=');
    },
    60_000,
  );
});

inBrowser(
  'the page of a batch can be sorted and filtered',
  async () => {
    const page = await pageOf.batch();
    const act =
      '<script>document.querySelector("#backups th button").click();' +
      'document.getElementById("state").value = "needs a hand";' +
      'document.getElementById("state").dispatchEvent(new Event("input"));</script>';
    const dom = domOf(
      page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '').replace('</body>', `${act}</body>`),
      800,
    );
    expect(dom).toContain('1 of 3');
    expect(dom).toContain('aria-sort="ascending"');
    const rows = [...dom.matchAll(/<tr data-k="[^"]*"( hidden="")?><td><a href="[^"]*">(\w)/g)];
    expect(rows.map(([, hidden, name]) => `${name}${hidden === undefined ? '' : ' hidden'}`)).toEqual([
      'a hidden',
      'b',
      'c hidden',
    ]);
  },
  60_000,
);

test('the page of an inspection begins with what needs a hand, and names it once', async () => {
  const page = await pageOf.inspection();
  expect([...page.matchAll(/<h2>([^<]*)/g)].map(([, heading]) => heading).slice(0, 3)).toEqual([
    'Needs a hand',
    'What to do, in this order',
    'Other findings',
  ]);
  expect(page.match(/Rows of Issue are longer than a restore reads/g)).toHaveLength(1);
});

test('the page of a batch of 5,000 backups stays small', () => {
  const many = Array.from({ length: 5000 }, (_, index) => result(`2021/backup-of-server-${index}`, index % 3 === 0));
  const page = batchPage({ ...report, inputs: many }, (path) => `../upgraded/${path}`);
  expect(page.length).toBeLessThan(2_000_000);
});
