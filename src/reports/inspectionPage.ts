/**
 * What an inspection found, as one page for a browser: no scripts, nothing from elsewhere, light and dark, printable.
 * Whatever comes from the input is escaped, in one place: `html`.
 */

import type { Finding, Severity } from '../core/findings.js';
import { formatBytes, formatCount } from '../core/format.js';
import { type FindingGroup, groupFindings } from '../core/groupFindings.js';
import { printableLines } from '../core/printable.js';
import { formatChange } from '../gogs/settings/upgradeSettings.js';
import type { InspectedTable, InspectReport } from './InspectReport.js';
import type { NextStep } from './nextSteps.js';

/** Markup that is done; everything else is text. */
class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | readonly Part[];

/** Builds markup; what is put in is escaped unless it is markup itself. */
function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.map((text, index) => (index === 0 ? text : markupOf(parts[index - 1] ?? '') + text)).join(''),
  );
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escapeText(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return printableLines(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const count = (value: number): string => formatCount(value);

/** The whole page. */
export function inspectionPage(report: InspectReport): string {
  const { input, target, findings, plan, tool } = report;
  const name = input.path.split(/[\\/]/).at(-1) ?? input.path;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${name}: Gogs backup, inspected</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<p class="kind">Gogs backup, inspected</p>
<h1>${name}</h1>
${verdict(report)}
</header>
<main>
${overview(report)}
<section id="plan">
<h2>What to do, in this order</h2>
<ol class="plan">
${plan.map(renderStep)}
</ol>
</section>
<section id="findings">
<h2>Findings</h2>
${findings.length === 0 ? html`<p>None.</p>` : SEVERITIES.map((severity) => findingsOf(severity, findings))}
</section>
${changes(report)}
${tablesOf(report)}
${filesOf(report)}
</main>
<footer>Made by ${tool.name} ${tool.version} for Gogs ${target.name}, in ${report.seconds} s. The backup was only read.</footer>
</body>
</html>
`.markup;
}

function verdict({ canUpgrade, findings, target }: InspectReport): Html {
  const pressing = findings.filter(({ needsHand }) => needsHand).length;
  if (!canUpgrade) return html`<p class="verdict error">Cannot be upgraded to Gogs ${target.name}</p>`;
  if (pressing > 0) {
    const need = pressing === 1 ? 'finding needs' : 'findings need';
    return html`<p class="verdict warning">Can be upgraded to Gogs ${target.name}; ${count(pressing)} ${need} a hand</p>`;
  }
  return html`<p class="verdict good">Ready to be upgraded to Gogs ${target.name}</p>`;
}

function overview({ input, target, tables, repositories, files }: InspectReport): Html {
  const rows = tables.reduce((sum, { rowsIn }) => sum + rowsIn, 0);
  const filled = tables.filter(({ rowsIn }) => rowsIn > 0).length;
  const entries: [string, string][] = [
    ['Form', input.form],
    ['Made by', `Gogs ${input.gogsVersion ?? '(unknown)'}, schema ${input.schemaVersion}`],
    ['Made on', input.date ?? 'unknown'],
    ['Size', formatBytes(input.bytes)],
    [
      'Database',
      `${input.engine ?? 'unknown'}${target.engine === null || target.engine === input.engine ? '' : ` → ${target.engine}`}`,
    ],
    ['Rows', `${count(rows)} in ${filled} tables`],
    [
      'Repositories',
      repositories === null ? 'none in the input' : `${count(repositories.count)} (${formatBytes(repositories.bytes)})`,
    ],
    ['Files', files.length === 0 ? 'none' : count(files.reduce((sum, { count: number }) => sum + number, 0))],
  ];
  return html`<dl class="overview">
${entries.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>\n`)}
</dl>`;
}

const renderStep = ({ title, command, why }: NextStep): Html =>
  html`<li><strong>${title}</strong>${command === undefined ? '' : html`<pre><code>${command}</code></pre>`}<p>${why}</p></li>\n`;

const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[];
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
    number > examples.length && examples.length > 0 ? html`<li>and ${count(number - examples.length)} more</li>` : '';
  const places = html`<ul class="places">${examples.map((example) => html`<li>${example}</li>`)}${more}</ul>\n`;
  return html`<h4>${title}${number > 1 ? html` <span class="count">${count(number)}</span>` : ''}${
    needsHand ? html` <span class="hand">needs a hand</span>` : ''
  }</h4>
${examples.length === 0 ? '' : places}`;
}

function changes({ tables, settings, target }: InspectReport): Html {
  const changed = tables.filter(
    (table) => table.rowsIn !== table.rowsOut || (table.rowsIn > 0 && table.changes.length > 0),
  );
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

function renderChange({ type, rowsIn, rowsOut, leftOut, changes: notes }: InspectedTable): Html {
  const all = [...Object.entries(leftOut).map(([reason, number]) => `${count(number)} left out: ${reason}`), ...notes];
  return html`<tr><td>${type}</td><td class="number">${count(rowsIn)}</td><td class="number">${count(rowsOut)}</td><td>${all.join(', ')}</td></tr>\n`;
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
  return html`<tr><td>${type}</td><td>${meaning}</td><td class="number">${count(rowsIn)}</td><td class="number">${formatBytes(bytes)}</td><td class="share"><span class="bar" style="width:${share}%"></span></td></tr>\n`;
}

function filesOf({ files, repositories }: InspectReport): Html {
  if (files.length === 0) return html``;
  return html`<section id="files">
<h2>Files</h2>
<table><thead><tr><th>Folder</th><th class="number">Files</th><th class="number">Size</th></tr></thead>
<tbody>${files.map(
    ({ name, count: number, bytes }) =>
      html`<tr><td>${name}</td><td class="number">${count(number)}</td><td class="number">${formatBytes(bytes)}</td></tr>\n`,
  )}${
    repositories === null
      ? ''
      : html`<tr><td>in repositories.zip: ${count(repositories.count)} repositories</td><td class="number">${count(repositories.files)}</td><td class="number">${formatBytes(repositories.bytes)}</td></tr>`
  }</tbody></table>
</section>`;
}

const STYLE = `
:root {
  --text: #1d2329; --soft: #59636e; --page: #f6f7f9; --card: #ffffff; --line: #d8dde3; --code: #eef1f4;
  --error: #b3261e; --warning: #8a5a00; --info: #1f5fa8; --good: #1d6b3a; --bar: #7aa5d6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e3e7ec; --soft: #9aa5b1; --page: #14181d; --card: #1c2229; --line: #323b45; --code: #262e37;
    --error: #ff8a80; --warning: #f0b849; --info: #7fb5f5; --good: #6fce94; --bar: #4a76a8;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 62rem; color: var(--text); background: var(--page);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; color: var(--soft); }
h4 { margin: 0 0 .35rem; font-size: 1rem; }
p { margin: .35rem 0; }
.kind { margin: 0; color: var(--soft); }
.verdict { display: inline-block; margin: .75rem 0 0; padding: .25rem .75rem; border: 1px solid; border-radius: 1rem; font-weight: 600; }
.good { color: var(--good); } .verdict.warning { color: var(--warning); } .verdict.error { color: var(--error); }
.overview { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1px; margin: 1.5rem 0 0; background: var(--line); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
.overview div { padding: .6rem .9rem; background: var(--card); }
dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; font-weight: 600; }
.plan { padding-left: 0; list-style: none; counter-reset: step; }
.plan li { position: relative; padding: .1rem 0 .9rem 2.6rem; counter-increment: step; }
.plan li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 1.8rem; height: 1.8rem; border: 1px solid var(--line); border-radius: 50%; background: var(--card); text-align: center; line-height: 1.7rem; font-weight: 600; }
.plan p { color: var(--soft); }
pre { margin: .4rem 0; padding: .5rem .75rem; background: var(--code); border-radius: .4rem; white-space: pre-wrap; }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; }
.finding { margin: .75rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--info); border-radius: .4rem; break-inside: avoid; }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.count, .hand { padding: 0 .5rem; border-radius: 1rem; background: var(--code); font-size: .85rem; font-weight: 600; }
.hand { color: var(--error); }
.places { margin: .25rem 0; padding-left: 1.2rem; color: var(--soft); font-size: .92rem; }
.source { color: var(--soft); font-size: .82rem; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); font-size: .93rem; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.share { width: 16%; min-width: 4rem; vertical-align: middle; }
.bar { display: block; height: .6rem; border-radius: .3rem; background: var(--bar); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media (min-width: 40rem) { td:first-child { white-space: nowrap; } }
@media (max-width: 40rem) { .share { display: none; } th, td { padding: .3rem .4rem; } }
@media print {
  :root { --text: #000; --soft: #444; --page: #fff; --card: #fff; --line: #bbb; --code: #f2f2f2; --error: #900; --warning: #640; --info: #036; --good: #030; --bar: #888; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  .bar, .finding { print-color-adjust: exact; }
  h2, h3 { break-after: avoid; } tr, .plan li { break-inside: avoid; }
}
`;
