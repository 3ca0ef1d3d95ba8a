/** The report of a batch as one page of HTML: no script, nothing loaded from anywhere. */

import { formatCount } from '../core/format.js';
import type { BatchReport, BatchResult, BatchStatus } from './BatchReport.js';

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 100rem; margin: 2rem auto; padding: 0 1rem; }
  dl { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; }
  dt { opacity: .7; } dd { margin: 0; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: left; font-weight: 600; margin: 1.5rem 0 .5rem; }
  th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid #8884; }
  td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  td.name { overflow-wrap: anywhere; }
  code { font-size: .8rem; overflow-wrap: anywhere; }
  .failed { color: #c4262e; } @media (prefers-color-scheme: dark) { .failed { color: #ff7b72; } }
`;

const LABELS: Readonly<Record<BatchStatus, string>> = {
  upgraded: 'Upgraded now',
  kept: 'Done before, and whole',
  failed: 'Failed',
  'not begun': 'Not begun',
};

export function renderHtmlReport(report: BatchReport): string {
  const { tool, outDir, shard, inputs, totals, seconds } = report;
  const failed = inputs.filter(({ status }) => status === 'failed' || status === 'not begun');
  const done = inputs.filter(({ summary }) => summary !== null);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${tool.name}: ${inputs.length} backups`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(`${count(inputs.length)} backups into ${outDir}`)}</h1>
<p>${escapeHtml(`${tool.name} ${tool.version}, ${seconds} s${shard === null ? '' : `, share ${shard}`}`)}</p>
<dl>
${(Object.keys(LABELS) as BatchStatus[]).map((status) => `<div><dt>${LABELS[status]}</dt><dd>${count(totals[status])}</dd></div>`).join('\n')}
</dl>
${failed.length === 0 ? '' : table('What is not done', ['Backup', 'Size', 'Why'], failed.map(renderFailure))}
${done.length === 0 ? '' : table('What is done', DONE_HEADINGS, done.map(renderDone))}
</body>
</html>
`;
}

const DONE_HEADINGS = ['Backup', 'From', 'For', 'Rows', 'Changes', 'Findings', 'Seconds', 'Size', 'Output, SHA-256'];

function renderFailure({ input, inputBytes, failure }: BatchResult): string {
  const why = failure === null ? 'Not begun: an input before it failed.' : failure.message;
  return row([name(input), number(kilobytes(inputBytes)), `<td class="failed">${escapeHtml(why)}</td>`]);
}

function renderDone({ input, output, status, summary, seconds, inputBytes, files }: BatchResult): string {
  if (summary === null) return '';
  const { form, gogsVersion, target, alreadyAtTarget, rowsIn, rowsOut, changes, findings } = summary;
  const [main] = files;
  return row([
    name(input),
    cell(`${form}${gogsVersion === null ? '' : ` of ${gogsVersion}`}`),
    cell(`${target}${alreadyAtTarget ? ' (it was already)' : ''}${status === 'kept' ? ', done before' : ''}`),
    number(rowsIn === rowsOut ? count(rowsOut) : `${count(rowsIn)} → ${count(rowsOut)}`),
    details(changes),
    details(findings.map((finding) => `${finding.severity}: ${finding.title} (${count(finding.count)})`)),
    number(String(seconds)),
    number(`${kilobytes(inputBytes)} → ${kilobytes(main?.bytes ?? 0)}`),
    `<td class="name">${escapeHtml(output ?? '')}<br><code>${escapeHtml(main?.sha256 ?? '')}</code></td>`,
  ]);
}

function table(caption: string, headings: readonly string[], rows: readonly string[]): string {
  const head = headings.map((heading) => `<th scope="col">${escapeHtml(heading)}</th>`).join('');
  return `<table>\n<caption>${escapeHtml(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

const row = (cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;
const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`;
const name = (text: string): string => `<td class="name">${escapeHtml(text)}</td>`;
const number = (text: string): string => `<td class="number">${escapeHtml(text)}</td>`;
const count = (value: number): string => formatCount(value);
const kilobytes = (bytes: number): string => `${count(Math.ceil(bytes / 1024))} KB`;

function details(lines: readonly string[]): string {
  if (lines.length === 0) return '<td></td>';
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('');
  return `<td><details><summary>${count(lines.length)}</summary><ul>${items}</ul></details></td>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
