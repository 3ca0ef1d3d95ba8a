/**
 * Pages for a browser: self-contained, light and dark, for screens of at least 360 pixels and for print. `html` is the one
 * place that escapes text from the input. The content security policy allows only the page's own style and script, by their
 * hashes, so that nothing else would run even if some markup were not escaped.
 */
import { createHash } from 'node:crypto';
import { currentLanguage } from '../core/language.js';
import { printableLines } from '../core/printable.js';
import type { Verdict } from './Verdict.js';

/** Finished markup; anything else is text. */
export class Html {
  constructor(readonly markup: string) {}
}

export type Part = Html | string | number | readonly Part[];

/** Builds markup; escapes every part that is not markup itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
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

const escapeText = (text: string): string =>
  printableLines(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

export interface PageParts {
  readonly title: string;
  /** The kind of page, shown above its heading. */
  readonly kind: string;
  readonly heading: string;
  readonly verdict: Verdict;
  readonly body: Html;
  readonly footer: string;
  /** Rules for this page alone. */
  readonly style?: string;
  /** Runs in the browser; the page must be usable without it. */
  readonly script?: string;
}

export function htmlPage({ title, kind, heading, verdict, body, footer, style = '', script }: PageParts): string {
  const rules = STYLE + style;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(rules)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="${currentLanguage() === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(rules)}</style>
</head>
<body>
<header>
<p class="kind">${kind}</p>
<h1>${heading}</h1>
<p class="verdict ${verdict.severity}">${verdict.text}</p>
</header>
<main>
${body}
</main>
<footer>${footer}</footer>
${
  script === undefined
    ? ''
    : html`<script>${new Html(script)}</script>
`
}</body>
</html>
`.markup;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

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
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; color: var(--soft); }
h4 { margin: 0 0 .35rem; font-size: 1rem; }
p { margin: .35rem 0; }
.kind { margin: 0; color: var(--soft); }
.verdict { display: inline-block; margin: .75rem 0 0; padding: .25rem .75rem; border: 1px solid; border-radius: 1rem; font-weight: 600; }
.good { color: var(--good); } .verdict.warning { color: var(--warning); } .verdict.error { color: var(--error); }
.overview { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1px; margin: 1.5rem 0 0; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
.overview div { padding: .6rem .9rem; box-shadow: 1px 1px 0 var(--line); }
dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; font-weight: 600; }
.plan { padding-left: 0; list-style: none; counter-reset: step; }
.plan li { position: relative; padding: .1rem 0 .9rem 2.6rem; counter-increment: step; }
.plan li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 1.8rem; height: 1.8rem; border: 1px solid var(--line); border-radius: 50%; background: var(--card); text-align: center; line-height: 1.7rem; font-weight: 600; }
.plan p { color: var(--soft); }
pre { margin: .4rem 0; padding: .5rem .75rem; background: var(--code); border-radius: .4rem; white-space: pre-wrap; }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; }
.finding { margin: .75rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--info); border-radius: .4rem; break-inside: avoid; }
.finding.short { margin: -1px 0 0; padding: .35rem 1rem; border-radius: 0; } .finding.short h4 { margin: 0; font-weight: 400; }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.count, .hand { white-space: nowrap; padding: 0 .5rem; border-radius: 1rem; background: var(--code); font-size: .85rem; font-weight: 600; }
.hand { color: var(--error); }
.places { margin: .25rem 0; padding-left: 1.2rem; color: var(--soft); font-size: .92rem; }
.source { color: var(--soft); font-size: .82rem; }
.scroll { overflow-x: auto; }
.filter { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin: .75rem 0; }
.filter input, .filter select { font: inherit; padding: .3rem .6rem; color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: .4rem; max-width: 100%; min-width: 0; }
.filter input { flex: 1 1 12rem; }
a, summary { color: var(--info); } summary { cursor: pointer; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
th button:hover { text-decoration: underline; }
th[aria-sort="ascending"] button::after { content: " ↑"; } th[aria-sort="descending"] button::after { content: " ↓"; }
.state { font-weight: 600; } .state.failed { color: var(--error); } .state.hand { color: var(--warning); background: none; padding: 0; } .state.done { color: var(--good); }
tr[hidden] { display: none; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); font-size: .93rem; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.share { width: 16%; min-width: 4rem; vertical-align: middle; }
.bar { display: block; width: 100%; height: .6rem; fill: var(--bar); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media (min-width: 40rem) { td:first-child { white-space: nowrap; } }
@media (max-width: 40rem) {
  .overview { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .share { display: none; } th, td { padding: .3rem .4rem; }
  table.cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.cards, table.cards tbody, table.cards tr, table.cards td { display: block; width: 100%; }
  table.cards tr { padding: .4rem 0; border-bottom: 1px solid var(--line); } table.cards tr[hidden] { display: none; }
  table.cards td { border: 0; padding: .1rem .6rem; text-align: left; white-space: normal; }
  table.cards td::before { color: var(--soft); }
  table.cards td:first-child { font-weight: 600; }
  table.cards td[data-name] { display: inline-block; width: auto; }
  table.cards td[data-name]::before { content: attr(data-name) ": "; }
  table.cards td.share { display: none; }
}
@media print {
  :root { --text: #000; --soft: #444; --page: #fff; --card: #fff; --line: #bbb; --code: #f2f2f2; --error: #900; --warning: #640; --info: #036; --good: #030; --bar: #888; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  .filter { display: none; } .bar, .finding { print-color-adjust: exact; }
  h2, h3 { break-after: avoid; } tr, .plan li { break-inside: avoid; }
}
`;
