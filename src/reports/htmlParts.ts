/** The parts of pages for a browser: overviews, steps, findings, tables. */
import type { Finding } from '../core/findings.js';
import { formatCount } from '../core/format.js';
import { type FindingGroup, groupFindings } from '../core/groupFindings.js';
import { type Html, html, type Part } from './html.js';
import type { NextStep } from './steps/NextStep.js';
import { texts } from './texts.js';

/** Terms and their values, side by side. */
export const htmlOverview = (entries: readonly (readonly [string, Part])[]): Html =>
  html`<dl class="overview">
${entries.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>\n`)}
</dl>`;

/** A numbered list. */
export const htmlSteps = (steps: readonly NextStep[]): Html => html`<ol class="plan">
${steps.map(
  ({ title, command, why }) =>
    html`<li><strong>${title}</strong>${command === undefined ? '' : html`<pre><code>${command}</code></pre>`}<p>${why}</p></li>\n`,
)}
</ol>`;

/** Each finding with its places. Findings with the same consequence and remedy share one explanation. */
export const htmlFindings = (findings: readonly Finding[]): Html[] => groupFindings(findings).map(findingGroup);

function findingGroup(group: FindingGroup): Html {
  const [{ code, severity, consequence, remedy, source }] = group;
  return html`<article class="finding ${severity}">
${group.map(findingTitle)}<p>${consequence}</p>
<p><b>${texts().pages.whatToDo}</b> ${remedy}</p>
<p class="source"><code>${code}</code> · ${source}</p>
</article>
`;
}

function findingTitle({ title, count, examples, needsHand }: Finding): Html {
  const places = html`${htmlPlaces(examples, count - examples.length)}\n`;
  return html`<h4>${title}${count > 1 ? html` <span class="count">${formatCount(count)}</span>` : ''}${
    needsHand ? html` <span class="hand">${texts().pages.needsHand}</span>` : ''
  }</h4>
${examples.length === 0 ? '' : places}`;
}

/** `more`: the number of places that are not listed. */
export const htmlPlaces = (places: readonly Part[], more: number): Html =>
  html`<ul class="places">${places.map((place) => html`<li>${place}</li>`)}${more > 0 ? html`<li>${texts().pages.andMore({ count: more })}</li>` : ''}</ul>`;

/** A column of a table. */
export interface HtmlColumn<Row> {
  readonly heading: Part;
  /** How the column is formatted. */
  readonly kind?: 'number' | 'share';
  readonly cell: (row: Row) => Part;
}

/** On a phone, a row becomes a card, in which numbers have their heading before them. */
export function htmlTable<Row>(columns: readonly HtmlColumn<Row>[], rows: readonly Row[]): Html {
  const classOf = ({ kind }: HtmlColumn<Row>): Part => (kind === undefined ? '' : html` class="${kind}"`);
  const nameOf = ({ kind, heading }: HtmlColumn<Row>): Part => (kind === 'number' ? html` data-name="${heading}"` : '');
  return html`<table class="cards"><thead><tr>${columns.map((column) => html`<th${classOf(column)}>${column.heading}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map((column) => html`<td${classOf(column)}${nameOf(column)}>${column.cell(row)}</td>`)}</tr>\n`,
  )}</tbody></table>`;
}
