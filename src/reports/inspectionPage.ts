/**
 * The report of an inspection as a page for a browser: self-contained, without scripts, light and dark, printable. `html` is
 * the one place that escapes text from the input.
 */

import type { Finding, Severity } from '../core/findings.js';
import { formatBytes, formatCount, formatSeconds, plural } from '../core/format.js';
import { formatChange } from '../gogs/settings/upgradeSettings.js';
import { type Html, html, htmlPage } from './html.js';
import { type HtmlColumn, htmlFindings, htmlOverview, htmlSteps, htmlTable } from './htmlParts.js';
import type { InspectedTable, InspectReport } from './InspectReport.js';
import { describeInspection } from './inspectionVerdict.js';
import { describeChanges, isChanged, SEVERITIES } from './wording.js';

export function inspectionPage(report: InspectReport): string {
  const { input, target, findings, plan, tool, seconds } = report;
  return htmlPage({
    title: `${baseName(input.path)}: Gogs backup, inspected`,
    kind: 'Gogs backup, inspected',
    heading: baseName(input.path),
    verdict: describeInspection(report),
    body: html`${htmlOverview(overview(report))}
<section id="plan">
<h2>What to do, in this order</h2>
${htmlSteps(plan)}
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
    ['Files', files.length === 0 ? 'none' : formatCount(files.reduce((sum, { count }) => sum + count, 0))],
  ];
}

const HEADINGS = {
  error: 'Errors: something is lost or fails unless someone acts',
  warning: 'Warnings: look at them',
  info: 'Good to know',
} as const satisfies Record<Severity, string>;

function findingsOf(severity: Severity, findings: readonly Finding[]): Html {
  const own = findings.filter((finding) => finding.severity === severity);
  if (own.length === 0) return html``;
  return html`<h3>${HEADINGS[severity]}</h3>\n${htmlFindings(own)}`;
}

function changes({ tables, settings, target }: InspectReport): Html {
  const changed = tables.filter(isChanged);
  return html`<section id="changes">
<h2>What an upgrade to Gogs ${target.name} would change</h2>
${changed.length + settings.length === 0 ? html`<p>Nothing.</p>` : ''}
${changed.length === 0 ? '' : htmlTable(CHANGE_COLUMNS, changed)}
${settings.length === 0 ? '' : html`<h3>app.ini</h3><ul>${settings.map((change) => html`<li>${formatChange(change)}</li>`)}</ul>`}
</section>`;
}

const CHANGE_COLUMNS: readonly HtmlColumn<InspectedTable>[] = [
  { heading: 'Table', cell: ({ type }) => type },
  { heading: 'Rows in', kind: 'number', cell: ({ rowsIn }) => formatCount(rowsIn) },
  { heading: 'Rows out', kind: 'number', cell: ({ rowsOut }) => formatCount(rowsOut) },
  { heading: 'Changes', cell: describeChanges },
];

function tablesOf({ tables, otherTables }: InspectReport): Html {
  const largest = Math.max(1, ...tables.map(({ bytes }) => bytes));
  return html`<section id="tables">
<h2>Tables</h2>
${htmlTable(tableColumns(largest), tables)}
${
  otherTables.length === 0
    ? ''
    : html`<p>Not of Gogs, and not carried over: ${otherTables.map(({ name }) => name).join(', ')}.</p>`
}
</section>`;
}

const tableColumns = (largest: number): readonly HtmlColumn<InspectedTable>[] => [
  { heading: 'Table', cell: ({ type }) => type },
  { heading: 'What it holds', cell: ({ meaning }) => meaning },
  { heading: 'Rows', kind: 'number', cell: ({ rowsIn }) => formatCount(rowsIn) },
  { heading: 'Size', kind: 'number', cell: ({ bytes }) => formatBytes(bytes) },
  { heading: html`<span class="hidden">Share</span>`, kind: 'share', cell: ({ bytes }) => bar(bytes / largest) },
];

function bar(part: number): Html {
  const share = Math.round(part * 1000) / 10;
  return html`<svg class="bar" role="img" aria-label="${share} %"><rect width="${share}%" height="100%"></rect></svg>`;
}

function filesOf({ files, repositories }: InspectReport): Html {
  if (files.length === 0) return html``;
  const inside = repositories && {
    name: `in repositories.zip: ${formatCount(repositories.count)} repositories`,
    count: repositories.files,
    bytes: repositories.bytes,
  };
  return html`<section id="files">
<h2>Files</h2>
${htmlTable(FILE_COLUMNS, inside === null ? files : [...files, inside])}
</section>`;
}

const FILE_COLUMNS: readonly HtmlColumn<{ readonly name: string; readonly count: number; readonly bytes: number }>[] = [
  { heading: 'Folder', cell: ({ name }) => name },
  { heading: 'Files', kind: 'number', cell: ({ count }) => formatCount(count) },
  { heading: 'Size', kind: 'number', cell: ({ bytes }) => formatBytes(bytes) },
];
