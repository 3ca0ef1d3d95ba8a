/**
 * The report of a batch as a page for a browser: what needs a hand, what failed, then every backup in a table that can be
 * sorted and filtered.
 */
import type { Severity } from '../core/findings.js';
import { formatBytes, formatCount, formatSeconds, plural } from '../core/format.js';
import type { BatchReport, BatchResult, UpgradeSummary } from './BatchReport.js';
import { describeBatch, isForeign, needsHand } from './batchVerdict.js';
import { type Html, html, htmlPage } from './html.js';
import { htmlOverview, htmlPlaces } from './htmlParts.js';
import { SEVERITIES, totalOf } from './wording.js';

/** One kind of finding, across all backups. */
interface Kind {
  readonly id: number;
  readonly severity: Severity;
  readonly title: string;
  readonly needsHand: boolean;
  readonly results: BatchResult[];
}

/** @param linkTo the address of a file of the output folder, relative to the page */
export function batchPage(report: BatchReport, linkTo: (path: string) => string): string {
  const { tool, outDir, shard, inputs, passedOver, seconds, finishedAt } = report;
  const kinds = kindsOf(inputs);
  const failed = inputs.filter((result) => result.status === 'failed' && !isForeign(result));
  const foreign = inputs.filter(isForeign);
  return htmlPage({
    title: `${plural(inputs.length, 'backup')}, upgraded`,
    kind: 'Gogs backups, upgraded',
    heading: `${plural(inputs.length, 'backup')} into ${outDir}`,
    verdict: describeBatch(report),
    body: html`${htmlOverview(overview(report))}
${kindsSection(
  'hand',
  'Needs a hand',
  kinds.filter((kind) => kind.needsHand),
  linkTo,
)}
${failed.length === 0 ? '' : failures('failed', 'Failed', failed)}
${foreign.length === 0 ? '' : failures('foreign', 'Not of Gogs', foreign)}
${passedOver.length === 0 ? '' : passedOverSection(passedOver)}
${kindsSection(
  'findings',
  'Other findings',
  kinds.filter((kind) => !kind.needsHand),
  linkTo,
)}
${table(inputs, kinds, linkTo)}`,
    footer: `Made by ${tool.name} ${tool.version} on ${finishedAt}, in ${formatSeconds(seconds)}${shard === null ? '' : `; share ${shard}`}.`,
    script: SCRIPT,
  });
}

function overview({ totals, inputs }: BatchReport): [string, string][] {
  return [
    ['Upgraded now', formatCount(totals.upgraded)],
    ['Done before, and whole', formatCount(totals.kept)],
    ['Failed', formatCount(totals.failed)],
    ['Not begun', formatCount(totals['not begun'])],
    ['Need a hand', formatCount(inputs.filter(needsHand).length)],
    ['Rows', formatCount(totalOf(inputs, ({ summary }) => summary?.rowsOut ?? 0))],
    ['Size', formatBytes(totalOf(inputs, ({ inputBytes }) => inputBytes))],
  ];
}

function kindsOf(inputs: readonly BatchResult[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const result of inputs) {
    for (const { severity, title, needsHand: pressing } of result.summary?.findings ?? []) {
      const kind = kinds.get(title) ?? { id: kinds.size, severity, title, needsHand: pressing, results: [] };
      kinds.set(title, kind);
      if (kind.results.at(-1) !== result) kind.results.push(result);
    }
  }
  const rank = ({ severity }: Kind): number => SEVERITIES.indexOf(severity);
  return [...kinds.values()].sort((a, b) => rank(a) - rank(b) || b.results.length - a.results.length);
}

/** The number of backups that are named for each kind; the table lists the others. */
const NAMED = 20;

function kindsSection(id: string, heading: string, kinds: readonly Kind[], linkTo: (path: string) => string): Html {
  if (kinds.length === 0) return html``;
  const items = kinds.map(({ severity, title, results, id: kind, needsHand: pressing }) => {
    const named = pressing ? results.slice(0, NAMED) : [];
    const places = named.map((result) => html`${result.input}${stepsLink(result, linkTo)}`);
    return html`<article class="finding ${severity}"><h4>${title} <a class="count" href="#backups" data-kind="${kind}">${plural(results.length, 'backup')}</a></h4>${
      named.length === 0 ? '' : htmlPlaces(places, results.length - named.length)
    }</article>\n`;
  });
  return html`<section id="${id}"><h2>${heading}</h2>\n${items}</section>`;
}

/** A link to the checklist of a backup, if there is one. */
function stepsLink({ files }: BatchResult, linkTo: (path: string) => string): Html {
  const page = files.find(({ path }) => path.endsWith('.next-steps.md'));
  return page === undefined ? html`` : html` · <a href="${linkTo(page.path)}">what to do</a>`;
}

const passedOverSection = (
  passedOver: BatchReport['passedOver'],
): Html => html`<section id="passed-over"><h2>Passed over</h2>
<ul class="places">${passedOver.map(({ kind, count, examples }) => html`<li>${kind}: ${plural(count, 'file')} (${examples.join(', ')}${count > examples.length ? ', …' : ''})</li>`)}</ul></section>`;

const failures = (
  id: string,
  heading: string,
  failed: readonly BatchResult[],
): Html => html`<section id="${id}"><h2>${heading}</h2>
${failed.map(({ input, failure }) => html`<article class="finding error"><h4>${input}</h4><p>${failure?.message ?? ''}</p></article>\n`)}</section>`;

const HEADINGS = ['Backup', 'State', 'From', 'Rows', 'Size', 'Seconds'] as const;

function table(inputs: readonly BatchResult[], kinds: readonly Kind[], linkTo: (path: string) => string): Html {
  const ids = new Map<BatchResult, number[]>();
  for (const { id, results } of kinds) {
    for (const result of results) ids.set(result, [...(ids.get(result) ?? []), id]);
  }
  return html`<section id="backups"><h2>All backups</h2>
<p class="filter" hidden><input type="search" id="text" placeholder="Filter by name or text" aria-label="Filter by name or text"><select id="state" aria-label="State"><option value="">Every state</option>${STATES.map(
    (state) => html`<option>${state}</option>`,
  )}</select><select id="kind" aria-label="Finding"><option value="">Every finding</option>${kinds.map(
    ({ id, title }) => html`<option value="${id}">${title}</option>`,
  )}</select><span id="shown"></span></p>
<table class="cards"><thead><tr>${HEADINGS.map((heading, index) => html`<th scope="col"${index > 2 ? html` class="number"` : ''}>${heading}</th>`)}</tr></thead>
<tbody>
${inputs.map((result) => row(result, ids.get(result) ?? [], linkTo))}</tbody></table>
</section>`;
}

const STATES = ['ready', 'needs a hand', 'failed', 'not begun'] as const;

function stateOf(result: BatchResult): (typeof STATES)[number] {
  if (result.status === 'failed' || result.status === 'not begun') return result.status;
  return needsHand(result) ? 'needs a hand' : 'ready';
}

const CLASSES = { ready: 'done', 'needs a hand': 'hand', failed: 'failed', 'not begun': '' } as const;

function row(result: BatchResult, kinds: readonly number[], linkTo: (path: string) => string): Html {
  const { input, output, summary, inputBytes, seconds, status } = result;
  const state = stateOf(result);
  const rows = summary?.rowsOut ?? 0;
  const name = output === null ? input : html`<a href="${linkTo(output)}">${input}</a>`;
  return html`<tr data-k="${kinds.join(' ')}"><td>${name}${stepsLink(result, linkTo)}</td><td><span class="state ${CLASSES[state]}">${state}</span>${
    status === 'kept' ? ' (before)' : ''
  }</td><td data-name="From">${summary === null ? '' : originOf(summary)}</td><td class="number" data-name="Rows" data-v="${rows}">${
    summary === null ? '' : rowsOf(summary)
  }</td><td class="number" data-name="Size" data-v="${inputBytes}">${formatBytes(inputBytes)}</td><td class="number" data-name="Seconds">${seconds}</td></tr>\n`;
}

const originOf = ({ form, gogsVersion, target, isAtTarget }: UpgradeSummary): string =>
  isAtTarget ? `already ${target}` : `${gogsVersion ?? form} → ${target}`;

const rowsOf = ({ rowsIn, rowsOut }: UpgradeSummary): string =>
  rowsIn === rowsOut ? formatCount(rowsOut) : `${formatCount(rowsIn)} → ${formatCount(rowsOut)}`;

/** Sorts by a column, and filters by text, state and finding. */
const SCRIPT = `
(() => {
  const body = document.querySelector('#backups tbody');
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase(), kinds: row.dataset.k.split(' '), state: row.querySelector('.state').textContent }));
  const [text, state, kind] = ['text', 'state', 'kind'].map((id) => document.getElementById(id));
  const filter = () => {
    let shown = 0;
    for (const each of rows) {
      const fits = each.text.includes(text.value.toLowerCase()) && (state.value === '' || each.state === state.value) && (kind.value === '' || each.kinds.includes(kind.value));
      each.row.hidden = !fits;
      if (fits) shown++;
    }
    document.getElementById('shown').textContent = shown === rows.length ? '' : shown + ' of ' + rows.length;
  };
  for (const control of [text, state, kind]) control.addEventListener('input', filter);
  for (const link of document.querySelectorAll('a[data-kind]')) link.addEventListener('click', () => { kind.value = link.dataset.kind; filter(); });
  const headings = [...document.querySelectorAll('#backups th')];
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener('click', () => {
      const sign = heading.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
      const value = ({ row }) => { const cell = row.cells[column]; return cell.classList.contains('number') ? Number(cell.dataset.v ?? cell.textContent) : cell.textContent; };
      rows.map((each) => [value(each), each]).sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0)).forEach(([, each]) => body.append(each.row));
    });
  });
  document.querySelector('.filter').hidden = false;
})();
`;
