/**
 * The report of a batch as a page for a browser: what needs a hand, what failed, then every backup in a table that can be
 * sorted and filtered.
 */
import type { Severity } from '../core/findings.js';
import { formatBytes, formatCount, formatSeconds } from '../core/format.js';
import { listed } from '../core/language.js';
import { formName } from '../core/SourceForm.js';
import type { BatchReport, BatchResult, UpgradeSummary } from './BatchReport.js';
import { describeBatch, isForeign, needsHand } from './describeBatch.js';
import { type Html, html, htmlPage } from './html.js';
import { htmlOverview, htmlPlaces } from './htmlParts.js';
import { texts } from './texts.js';
import { SEVERITIES, totalOf } from './wording.js';

/** One kind of finding, across all backups. */
interface Kind {
  readonly id: number;
  readonly severity: Severity;
  readonly title: string;
  readonly needsHand: boolean;
  readonly results: BatchResult[];
}

/** `linkTo`: the address of a file of the output folder, relative to the page. */
export function batchPage(report: BatchReport, linkTo: (path: string) => string): string {
  const { tool, outDir, shard, inputs, passedOver, seconds, finishedAt } = report;
  const kinds = kindsOf(inputs);
  const failed = inputs.filter((result) => result.status === 'failed' && !isForeign(result));
  const foreign = inputs.filter(isForeign);
  const words = texts().pages;
  const made = { tool: tool.name, version: tool.version, date: finishedAt, time: formatSeconds(seconds) };
  return htmlPage({
    title: words.upgradedTitle({ count: inputs.length }),
    kind: words.upgraded,
    heading: words.upgradedInto({ count: inputs.length, folder: outDir }),
    verdict: describeBatch(report),
    body: html`${htmlOverview(overview(report))}
${kindsSection(
  'hand',
  texts().needsHand,
  kinds.filter((kind) => kind.needsHand),
  linkTo,
)}
${failed.length === 0 ? '' : failures('failed', texts().batch.failed, failed)}
${foreign.length === 0 ? '' : failures('foreign', texts().batch.foreign, foreign)}
${passedOver.length === 0 ? '' : passedOverSection(passedOver)}
${kindsSection(
  'findings',
  words.otherFindings,
  kinds.filter((kind) => !kind.needsHand),
  linkTo,
)}
${table(inputs, kinds, linkTo)}`,
    footer: shard === null ? words.batchBy(made) : words.shareBy({ ...made, share: shard }),
    style: namesInCards(),
    script: SCRIPT,
  });
}

function overview({ totals, inputs }: BatchReport): [string, string][] {
  const words = texts().pages;
  return [
    [words.upgradedNow, formatCount(totals.upgraded)],
    [words.doneBefore, formatCount(totals.kept)],
    [words.failed, formatCount(totals.failed)],
    [words.notBegun, formatCount(totals['not begun'])],
    [words.needHand, formatCount(inputs.filter(needsHand).length)],
    [words.rows, formatCount(totalOf(inputs, ({ summary }) => summary?.rowsOut ?? 0))],
    [words.size, formatBytes(totalOf(inputs, ({ inputBytes }) => inputBytes))],
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

/** The number of backups that are named at once for each kind. */
const NAMED = 20;

function kindsSection(id: string, heading: string, kinds: readonly Kind[], linkTo: (path: string) => string): Html {
  if (kinds.length === 0) return html``;
  const items = kinds.map(({ severity, title, results, id: kind, needsHand: pressing }) => {
    const named = pressing ? results.slice(0, NAMED) : [];
    const places = named.map((result) => html`${result.input}${stepsLink(result, linkTo)}`);
    return html`<article class="finding ${severity}${named.length === 0 ? ' short' : ''}"><h4>${title} <a class="count" href="#backups" data-kind="${kind}">${texts().pages.backups({ count: results.length })}</a></h4>${
      named.length === 0 ? '' : htmlPlaces(places, results.length - named.length)
    }</article>\n`;
  });
  return html`<section id="${id}"><h2>${heading}</h2>\n${items}</section>`;
}

/** A link to the checklist of a backup, if there is one. */
function stepsLink({ files }: BatchResult, linkTo: (path: string) => string): Html {
  const page = files.find(({ path }) => path.endsWith('.next-steps.md'));
  return page === undefined ? html`` : html` · <a href="${linkTo(page.path)}">${texts().pages.whatToDoLink}</a>`;
}

const passedOverSection = (
  passedOver: BatchReport['passedOver'],
): Html => html`<section id="passed-over"><h2>${texts().batch.passedOver}</h2>
<ul class="places">${passedOver.map(({ kind, count, examples }) => html`<li>${texts().batch.filesOfKind({ kind, count, examples: listed(count > examples.length ? [...examples, '…'] : examples) })}</li>`)}</ul></section>`;

function failures(id: string, heading: string, failed: readonly BatchResult[]): Html {
  const [shown, more] = [failed.slice(0, NAMED), failed.slice(NAMED)];
  return html`<section id="${id}"><h2>${heading}</h2>
${shown.map(failure)}${
  more.length === 0
    ? ''
    : html`<details><summary>${texts().pages.andMore({ count: more.length })}</summary>
${more.map(failure)}</details>`
}</section>`;
}

const failure = ({ input, failure: found }: BatchResult): Html =>
  html`<article class="finding error"><h4>${input}</h4><p>${found?.message ?? ''}</p></article>\n`;

function table(inputs: readonly BatchResult[], kinds: readonly Kind[], linkTo: (path: string) => string): Html {
  const ids = new Map<BatchResult, number[]>();
  for (const { id, results } of kinds) {
    for (const result of results) ids.set(result, [...(ids.get(result) ?? []), id]);
  }
  const words = texts().pages;
  return html`<section id="backups"><h2>${words.allBackups}</h2>
<p class="filter" hidden><input type="search" id="text" placeholder="${words.filter}" aria-label="${words.filter}"><select id="state" aria-label="${words.state}"><option value="">${words.everyState}</option>${STATES.map(
    (state) => html`<option>${words.states[state]}</option>`,
  )}</select><select id="kind" aria-label="${words.finding}"><option value="">${words.everyFinding}</option>${kinds.map(
    ({ id, title }) => html`<option value="${id}">${title}</option>`,
  )}</select><span id="shown" data-text="${words.shown({ shown: 'SHOWN', all: 'ALL' })}"></span></p>
<table class="cards"><thead><tr>${headings().map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${inputs.map((result) => row(result, ids.get(result) ?? [], linkTo))}</tbody></table>
</section>`;
}

function headings(): string[] {
  const words = texts().pages;
  return [words.backup, words.state, words.from, words.rows, words.size, words.seconds];
}

/** The numbers are in the columns from the fourth on. On a phone, each cell has its heading before it, except for the first two. */
const namesInCards = (): string => `
#backups :is(th, td):nth-child(n+4) { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) {
  #backups td:nth-child(n+4) { text-align: left; white-space: normal; }
${headings()
  .map((heading, index) =>
    index < 2 ? '' : `  #backups td:nth-child(${index + 1})::before { content: ${JSON.stringify(`${heading}: `)}; }\n`,
  )
  .join('')}}
`;

const STATES = ['ready', 'hand', 'failed', 'not begun'] as const;

function stateOf(result: BatchResult): (typeof STATES)[number] {
  if (result.status === 'failed' || result.status === 'not begun') return result.status;
  return needsHand(result) ? 'hand' : 'ready';
}

const CLASSES = { ready: 'done', hand: 'hand', failed: 'failed', 'not begun': '' } as const;

function row(result: BatchResult, kinds: readonly number[], linkTo: (path: string) => string): Html {
  const { input, output, summary, inputBytes, seconds, status } = result;
  const state = stateOf(result);
  const words = texts().pages;
  const rows = summary?.rowsOut ?? 0;
  const name = output === null ? input : html`<a href="${linkTo(output)}">${input}</a>`;
  return html`<tr data-k="${kinds.join(' ')}"><td>${name}${stepsLink(result, linkTo)}</td><td><span class="state ${CLASSES[state]}">${words.states[state]}</span>${
    status === 'kept' ? ` ${words.before}` : ''
  }</td><td>${summary === null ? '' : originOf(summary)}</td><td data-v="${rows}">${
    summary === null ? '' : rowsOf(summary)
  }</td><td data-v="${inputBytes}">${formatBytes(inputBytes)}</td><td>${seconds.toFixed(1)}</td></tr>\n`;
}

const originOf = ({ form, gogsVersion, target, isAtTarget }: UpgradeSummary): string =>
  isAtTarget ? texts().pages.alreadyAt({ release: target }) : `${gogsVersion ?? formName(form)} → ${target}`;

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
    const counter = document.getElementById('shown');
    counter.textContent = shown === rows.length ? '' : counter.dataset.text.replace('SHOWN', shown).replace('ALL', rows.length);
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
      const value = ({ row }) => { const cell = row.cells[column]; return column > 2 ? Number(cell.dataset.v ?? cell.textContent) : cell.textContent; };
      rows.map((each) => [value(each), each]).sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0)).forEach(([, each]) => body.append(each.row));
    });
  });
  document.querySelector('.filter').hidden = false;
})();
`;
