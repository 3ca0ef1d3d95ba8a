/**
 * What an inspection found, as one page for a browser: no scripts, nothing from elsewhere, light and dark, printable.
 * Whatever comes from the input is escaped, in one place: `html`.
 */

import type { Finding, Severity } from '../core/findings.js';
import { formatBytes, formatCount, formatSeconds, plural } from '../core/format.js';
import { type FindingGroup, groupFindings } from '../core/groupFindings.js';
import { formatChange } from '../gogs/settings/upgradeSettings.js';
import { type Html, html, htmlPage, overviewOf } from './html.js';
import type { InspectedTable, InspectReport } from './InspectReport.js';
import { describeVerdict } from './inspectionVerdict.js';
import type { NextStep } from './steps/NextStep.js';
import { describeChanges, isChanged, SEVERITIES } from './wording.js';

export function inspectionPage(report: InspectReport): string {
  const { input, target, findings, plan, tool, seconds } = report;
  const { severity, text } = describeVerdict(report);
  return htmlPage({
    title: `${baseName(input.path)}: Gogs backup, inspected`,
    kind: 'Gogs backup, inspected',
    heading: baseName(input.path),
    verdict: { severity, text },
    body: html`${overviewOf(overview(report))}
<section id="plan">
<h2>What to do, in this order</h2>
<ol class="plan">
${plan.map(renderStep)}
</ol>
</section>
<section id="findings">
<h2>Findings</h2>
${findings.length === 0 ? html`<p>None.</p>` : SEVERITIES.map((level) => findingsOf(level, findings))}
</section>
${changes(report)}
${tablesOf(report)}
${filesOf(report)}`,
    footer: `Made by ${tool.name} ${tool.version} for Gogs ${target.name}, in ${formatSeconds(seconds)}. The backup was only read.`,
  });
}

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

function overview({ input, target, tables, repositories, files }: InspectReport): [string, string][] {
  const rows = tables.reduce((sum, { rowsIn }) => sum + rowsIn, 0);
  const filled = tables.filter(({ rowsIn }) => rowsIn > 0).length;
  return [
    ['Form', input.form],
    ['Made by', `Gogs ${input.gogsVersion ?? '(unknown)'}, schema ${input.schemaVersion}`],
    ['Made on', input.date ?? 'unknown'],
    ['Size', formatBytes(input.bytes)],
    [
      'Database',
      `${input.engine ?? 'unknown'}${target.engine === null || target.engine === input.engine ? '' : ` → ${target.engine}`}`,
    ],
    ['Rows', `${formatCount(rows)} in ${plural(filled, 'table')}`],
    [
      'Repositories',
      repositories === null
        ? 'none in the input'
        : `${formatCount(repositories.count)} (${formatBytes(repositories.bytes)})`,
    ],
    ['Files', files.length === 0 ? 'none' : formatCount(files.reduce((sum, { count: number }) => sum + number, 0))],
  ];
}

const renderStep = ({ title, command, why }: NextStep): Html =>
  html`<li><strong>${title}</strong>${command === undefined ? '' : html`<pre><code>${command}</code></pre>`}<p>${why}</p></li>\n`;

const HEADINGS = {
  error: 'Errors: something is lost or fails unless someone acts',
  warning: 'Warnings: look at them',
  info: 'Good to know',
} as const satisfies Record<Severity, string>;

function findingsOf(severity: Severity, findings: readonly Finding[]): Html {
  const own = findings.filter((finding) => finding.severity === severity);
  if (own.length === 0) return html``;
  return html`<h3>${HEADINGS[severity]}</h3>\n${groupFindings(own).map(renderGroup)}`;
}

function renderGroup(group: FindingGroup): Html {
  const [{ code, severity, consequence, remedy, source }] = group;
  return html`<article class="finding ${severity}">
${group.map(renderFinding)}<p>${consequence}</p>
<p><b>What to do:</b> ${remedy}</p>
<p class="source"><code>${code}</code> · ${source}</p>
</article>
`;
}

function renderFinding({ title, count: number, examples, needsHand }: Finding): Html {
  const more =
    number > examples.length && examples.length > 0
      ? html`<li>and ${formatCount(number - examples.length)} more</li>`
      : '';
  const places = html`<ul class="places">${examples.map((example) => html`<li>${example}</li>`)}${more}</ul>\n`;
  return html`<h4>${title}${number > 1 ? html` <span class="count">${formatCount(number)}</span>` : ''}${
    needsHand ? html` <span class="hand">needs a hand</span>` : ''
  }</h4>
${examples.length === 0 ? '' : places}`;
}

function changes({ tables, settings, target }: InspectReport): Html {
  const changed = tables.filter(isChanged);
  return html`<section id="changes">
<h2>What an upgrade to Gogs ${target.name} would change</h2>
${changed.length + settings.length === 0 ? html`<p>Nothing.</p>` : ''}
${
  changed.length === 0
    ? ''
    : html`<table><thead><tr><th>Table</th><th class="number">Rows in</th><th class="number">Rows out</th><th>Changes</th></tr></thead>
<tbody>${changed.map(renderChange)}</tbody></table>`
}
${settings.length === 0 ? '' : html`<h3>app.ini</h3><ul>${settings.map((change) => html`<li>${formatChange(change)}</li>`)}</ul>`}
</section>`;
}

function renderChange(table: InspectedTable): Html {
  const { type, rowsIn, rowsOut } = table;
  return html`<tr><td>${type}</td><td class="number">${formatCount(rowsIn)}</td><td class="number">${formatCount(rowsOut)}</td><td>${describeChanges(table)}</td></tr>\n`;
}

function tablesOf({ tables, otherTables }: InspectReport): Html {
  const largest = Math.max(1, ...tables.map(({ bytes }) => bytes));
  return html`<section id="tables">
<h2>Tables</h2>
<table><thead><tr><th>Table</th><th>What it holds</th><th class="number">Rows</th><th class="number">Size</th><th class="share"><span class="hidden">Share</span></th></tr></thead>
<tbody>${tables.map((table) => renderTable(table, largest))}</tbody></table>
${
  otherTables.length === 0
    ? ''
    : html`<p>Not of Gogs, and not carried over: ${otherTables.map(({ name }) => name).join(', ')}.</p>`
}
</section>`;
}

function renderTable({ type, meaning, rowsIn, bytes }: InspectedTable, largest: number): Html {
  const share = Math.round((bytes / largest) * 1000) / 10;
  return html`<tr><td>${type}</td><td>${meaning}</td><td class="number">${formatCount(rowsIn)}</td><td class="number">${formatBytes(bytes)}</td><td class="share"><svg class="bar" role="img" aria-label="${share} %"><rect width="${share}%" height="100%"></rect></svg></td></tr>\n`;
}

function filesOf({ files, repositories }: InspectReport): Html {
  if (files.length === 0) return html``;
  return html`<section id="files">
<h2>Files</h2>
<table><thead><tr><th>Folder</th><th class="number">Files</th><th class="number">Size</th></tr></thead>
<tbody>${files.map(
    ({ name, count: number, bytes }) =>
      html`<tr><td>${name}</td><td class="number">${formatCount(number)}</td><td class="number">${formatBytes(bytes)}</td></tr>\n`,
  )}${
    repositories === null
      ? ''
      : html`<tr><td>in repositories.zip: ${formatCount(repositories.count)} repositories</td><td class="number">${formatCount(repositories.files)}</td><td class="number">${formatBytes(repositories.bytes)}</td></tr>`
  }</tbody></table>
</section>`;
}
