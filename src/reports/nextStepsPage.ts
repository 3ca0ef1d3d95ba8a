/** The checklist for after the upgrade, as Markdown. */
import { FORMAT_NAMES, type OutputFormat } from '../core/outputFormats.js';
import type { NextStep } from './nextSteps.js';

/** What the page is about. */
export interface PageSubject {
  /** Name of the output. */
  readonly output: string;
  readonly format: OutputFormat;
  /** Minor version of Gogs. */
  readonly target: string;
}

export function nextStepsPage({ output, format, target }: PageSubject, steps: readonly NextStep[]): string {
  const items = steps.map(({ title, command, why }, index) => {
    const number = `${index + 1}. `;
    const indent = ' '.repeat(number.length);
    const block =
      command === undefined
        ? ''
        : `\n${indent}\`\`\`sh\n${indent}${command.replace(/[\r\n]+/g, ' ')}\n${indent}\`\`\`\n`;
    return `${number}**${plain(title)}**${block === '' ? '  ' : '\n'}${block}\n${indent}${plain(why)}\n`;
  });
  return `# What to do with ${plain(output)}\n\nFor Gogs ${target}, as ${format === 'zip' ? 'a ' : ''}${FORMAT_NAMES[format]}. In this order, on the new server:\n\n${items.join('\n')}`;
}

/** Names come from the input: nothing in them is to be taken for markup. */
const plain = (text: string): string => text.replace(/[\\`*[<]/g, '\\$&').replace(/[\r\n]+/g, ' ');
