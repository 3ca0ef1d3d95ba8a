/** The checklist beside an output, as Markdown: what needs a hand, the steps in order, and everything that was found. */
import type { Finding } from '../core/findings.js';
import { groupFindings } from '../core/groupFindings.js';
import { type OutputFormat, outputFormatName } from '../core/outputFormats.js';
import { formatChange, type SettingChange } from '../gogs/settings/upgradeSettings.js';
import { markdownCode, markdownText } from './markdown.js';
import type { Shell } from './shellWords.js';
import type { NextStep } from './steps/NextStep.js';
import { describePlaces, titleWithCount } from './wording.js';

/** What the page is about. */
export interface PageSubject {
  /** Name of the output. */
  readonly output: string;
  readonly format: OutputFormat;
  /** Minor version of Gogs. */
  readonly target: string;
}

export interface PageContent {
  readonly steps: readonly NextStep[];
  readonly findings: readonly Finding[];
  readonly settings: readonly SettingChange[];
  /** What the commands are for. */
  readonly shell: Shell;
}

export function nextStepsPage({ output, format, target }: PageSubject, content: PageContent): string {
  const { steps, settings, shell } = content;
  const findings = content.findings.filter(({ code }) => code !== 'setting-renamed');
  const pressing = findings.filter(({ needsHand }) => needsHand);
  const warnings = findings.filter(({ needsHand, severity }) => !needsHand && severity !== 'info');
  const infos = findings.filter(({ needsHand, severity }) => !needsHand && severity === 'info');
  return [
    `# What to do with ${markdownText(output)}\n`,
    `${format === 'zip' ? 'A backup' : outputFormatName(format)} for Gogs ${target}.\n`,
    ...section('Needs a hand', pressing.length === 0 ? [] : renderFindings(pressing, '- [ ] ')),
    ...section(
      'On the new server, in this order',
      steps.map((step, index) => renderStep(step, index, shell)),
    ),
    ...section('Warnings', renderFindings(warnings, '- ')),
    ...section('Good to know', renderFindings(infos, '- ')),
    ...section(
      'Changes to app.ini',
      settings.length === 0 ? [] : [settings.map((change) => `- ${markdownText(formatChange(change))}\n`).join('')],
    ),
  ].join('\n');
}

const section = (heading: string, parts: readonly string[]): string[] =>
  parts.length === 0 ? [] : [`## ${heading}\n`, ...parts];

function renderStep({ title, command, why }: NextStep, index: number, shell: Shell): string {
  const number = `${index + 1}. `;
  const indent = ' '.repeat(number.length);
  const block = command === undefined ? '' : `\n${markdownCode(shell === 'posix' ? 'sh' : shell, command, indent)}`;
  return `${number}**${markdownText(title)}**\n${block}\n${indent}${markdownText(why)}\n`;
}

function renderFindings(findings: readonly Finding[], bullet: string): string[] {
  return groupFindings(findings).map((group) => {
    const [{ consequence, remedy, code }] = group;
    const titles = group.map((finding) => {
      const places = describePlaces(finding);
      return `**${markdownText(titleWithCount(finding))}**${places === '' ? '' : `: ${markdownText(places)}`}`;
    });
    return `${bullet}${titles.join('  \n  ')}  \n  ${markdownText(`${consequence} ${remedy}`.trim())} (\`${code}\`)\n`;
  });
}
