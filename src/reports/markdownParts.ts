/** The parts of pages in Markdown: sections, steps, findings. */

import type { Finding } from '../core/findings.js';
import { groupFindings } from '../core/groupFindings.js';
import { sentences } from '../core/language.js';
import type { Shell } from '../core/shellWord.js';
import { markdownCode, markdownText } from './markdown.js';
import type { NextStep } from './steps/NextStep.js';
import { texts } from './texts.js';
import { describePlaces, titleWithCount } from './wording.js';

/** Empty if there are no parts. */
export const markdownSection = (heading: string, parts: readonly string[]): string[] =>
  parts.length === 0 ? [] : [`## ${heading}\n`, ...parts];

/** A numbered list. */
export const markdownSteps = (steps: readonly NextStep[], shell: Shell): string[] =>
  steps.map(({ title, command, why }, index) => {
    const number = `${index + 1}. `;
    const indent = ' '.repeat(number.length);
    const block = command === undefined ? '' : `\n${markdownCode(shell === 'posix' ? 'sh' : shell, command, indent)}`;
    return `${number}**${markdownText(title)}**\n${block}\n${indent}${markdownText(why)}\n`;
  });

/** `bullet`: `- `, or `- [ ] ` for items to tick off. */
export const markdownFindings = (findings: readonly Finding[], bullet: string): string[] =>
  groupFindings(findings).map((group) => {
    const [{ consequence, remedy, code }] = group;
    const titles = group.map((finding) => {
      const places = describePlaces(finding);
      const title = `**${markdownText(titleWithCount(finding))}**`;
      return places === '' ? title : texts().labelled({ label: title, text: markdownText(places) });
    });
    const text = texts().withCode({ text: markdownText(sentences(consequence, remedy)), code: `\`${code}\`` });
    return `${bullet}${titles.join('  \n  ')}  \n  ${text}\n`;
  });

export const markdownList = (items: readonly string[]): string[] =>
  items.length === 0 ? [] : [items.map((item) => `- ${markdownText(item)}\n`).join('')];
