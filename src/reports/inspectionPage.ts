/**
 * The report of an inspection as a page for a browser: self-contained, without scripts, light and dark, printable. `html` is
 * the one place that escapes text from the input.
 */

import type { Finding, Severity } from '../core/findings.js';
import { formatBytes, formatCount, formatSeconds } from '../core/format.js';
import { inBrackets, listed } from '../core/language.js';
import { formName } from '../core/SourceForm.js';
import { formatChange } from '../gogs/settings/upgradeSettings.js';
import { describeInspection } from './describeInspection.js';
import { type Html, html, htmlPage, type Part } from './html.js';
import { type HtmlColumn, htmlFindings, htmlOverview, htmlSteps, htmlTable } from './htmlParts.js';
import type { InspectedTable, InspectReport } from './InspectReport.js';
import { texts } from './texts.js';
import { describeChanges, fileGroupName, isChanged, SEVERITIES, totalOf } from './wording.js';

/** The report of an inspection as a page for a browser. */
export function inspectionPage(report: InspectReport): string {
  const { input, target, findings, plan, tool, seconds } = report;
  const words = texts().pages;
  const pressing = findings.filter(({ needsHand }) => needsHand);
  const others = findings.filter(({ needsHand }) => !needsHand);
  return htmlPage({
    title: words.inspectedTitle({ name: baseName(input.path) }),
    kind: words.inspected,
    heading: baseName(input.path),
    verdict: describeInspection(report),
    body: html`${htmlOverview(overview(report))}
${pressing.length === 0 ? '' : html`<section id="hand"><h2>${texts().needsHand}</h2>\n${htmlFindings(pressing)}</section>`}
<section id="plan">
<h2>${words.inThisOrder}</h2>
${htmlSteps(plan)}
</section>
<section id="findings">
<h2>${pressing.length === 0 ? words.findings : words.otherFindings}</h2>
${others.length === 0 ? html`<p>${words.none}</p>` : SEVERITIES.map((level) => findingsOf(level, others))}
</section>
${changes(report)}
${tablesOf(report)}
${filesOf(report)}`,
    footer: words.inspectedBy({
      tool: tool.name,
      version: tool.version,
      release: target.name,
      time: formatSeconds(seconds),
    }),
  });
}

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

function overview({ input, target, tables, repositories, files }: InspectReport): [string, Part][] {
  const rows = tables.reduce((sum, { rowsIn }) => sum + rowsIn, 0);
  const filled = tables.filter(({ rowsIn }) => rowsIn > 0).length;
  const words = texts().pages;
  const engine = input.engine ?? words.unknown;
  return [
    [words.form, formName(input.form)],
    [
      words.madeBy,
      words.madeByGogs({ version: input.gogsVersion ?? words.unknownInBrackets, schema: input.schemaVersion }),
    ],
    [words.madeOn, input.date === null ? words.unknown : breakable(input.date)],
    [words.size, formatBytes(input.bytes)],
    [
      words.database,
      target.engine === null || target.engine === input.engine ? engine : `${engine} → ${target.engine}`,
    ],
    [words.rows, words.rowsInTables({ rows, tables: filled })],
    [
      words.repositories,
      repositories === null
        ? words.noRepositories
        : formatCount(repositories.count) + inBrackets(formatBytes(repositories.bytes)),
    ],
    [words.files, files.length === 0 ? words.noFiles : formatCount(totalOf(files, ({ count }) => count))],
  ];
}

/** A narrow cell breaks `2026-11-22T13:32:59Z` between date and time. */
const breakable = (date: string): Html =>
  html`${date.split('T').flatMap((part, index) => (index === 0 ? [part] : [html`T<wbr>`, part]))}`;

function findingsOf(severity: Severity, findings: readonly Finding[]): Html {
  const own = findings.filter((finding) => finding.severity === severity);
  if (own.length === 0) return html``;
  const { errors, warnings, goodToKnow } = texts().pages;
  return html`<h3>${{ error: errors, warning: warnings, info: goodToKnow }[severity]}</h3>\n${htmlFindings(own)}`;
}

function changes({ tables, settings, target }: InspectReport): Html {
  const changed = tables.filter(isChanged);
  return html`<section id="changes">
<h2>${texts().pages.wouldChange({ release: target.name })}</h2>
${changed.length + settings.length === 0 ? html`<p>${texts().pages.nothing}</p>` : ''}
${changed.length === 0 ? '' : htmlTable(changeColumns(), changed)}
${settings.length === 0 ? '' : html`<h3>app.ini</h3><ul>${settings.map((change) => html`<li>${formatChange(change)}</li>`)}</ul>`}
</section>`;
}

function changeColumns(): readonly HtmlColumn<InspectedTable>[] {
  const words = texts().pages;
  return [
    { heading: words.table, cell: ({ type }) => type },
    { heading: words.rowsIn, kind: 'number', cell: ({ rowsIn }) => formatCount(rowsIn) },
    { heading: words.rowsOut, kind: 'number', cell: ({ rowsOut }) => formatCount(rowsOut) },
    { heading: words.changes, cell: describeChanges },
  ];
}

function tablesOf({ tables, otherTables }: InspectReport): Html {
  const largest = Math.max(1, ...tables.map(({ bytes }) => bytes));
  return html`<section id="tables">
<h2>${texts().pages.tables}</h2>
${htmlTable(tableColumns(largest), tables)}
${
  otherTables.length === 0
    ? ''
    : html`<p>${texts().pages.otherTables({ names: listed(otherTables.map(({ name }) => name)) })}</p>`
}
</section>`;
}

function tableColumns(largest: number): readonly HtmlColumn<InspectedTable>[] {
  const words = texts().pages;
  return [
    { heading: words.table, cell: ({ type }) => type },
    { heading: words.meaning, cell: ({ meaning }) => meaning },
    { heading: words.rows, kind: 'number', cell: ({ rowsIn }) => formatCount(rowsIn) },
    { heading: words.size, kind: 'number', cell: ({ bytes }) => formatBytes(bytes) },
    {
      heading: html`<span class="hidden">${words.share}</span>`,
      kind: 'share',
      cell: ({ bytes }) => bar(bytes / largest),
    },
  ];
}

function bar(part: number): Html {
  const share = Math.round(part * 1000) / 10;
  return html`<svg class="bar" role="img" aria-label="${share} %"><rect width="${share}%" height="100%"></rect></svg>`;
}

function filesOf({ files, repositories }: InspectReport): Html {
  if (files.length === 0) return html``;
  const inside = repositories && {
    name: texts().pages.inRepositories({ count: repositories.count }),
    count: repositories.files,
    bytes: repositories.bytes,
  };
  return html`<section id="files">
<h2>${texts().pages.files}</h2>
${htmlTable(fileColumns(), inside === null ? files : [...files, inside])}
</section>`;
}

function fileColumns(): readonly HtmlColumn<{
  readonly name: string;
  readonly count: number;
  readonly bytes: number;
}>[] {
  const words = texts().pages;
  return [
    { heading: words.folder, cell: ({ name }) => fileGroupName(name) },
    { heading: words.files, kind: 'number', cell: ({ count }) => formatCount(count) },
    { heading: words.size, kind: 'number', cell: ({ bytes }) => formatBytes(bytes) },
  ];
}
