/** The checklist for after the upgrade, as Markdown. */
import type { NextStep } from './nextSteps.js';

/** @param output name of the archive */
export function nextStepsPage(output: string, target: string, steps: readonly NextStep[]): string {
  const items = steps.map(({ title, command, why }, index) => {
    const number = `${index + 1}. `;
    const indent = ' '.repeat(number.length);
    const block =
      command === undefined
        ? ''
        : `\n${indent}\`\`\`sh\n${indent}${command.replace(/[\r\n]+/g, ' ')}\n${indent}\`\`\`\n`;
    return `${number}**${plain(title)}**${block === '' ? '  ' : '\n'}${block}\n${indent}${plain(why)}\n`;
  });
  return `# What to do with ${plain(output)}\n\nA backup for Gogs ${target}. In this order, on the new server:\n\n${items.join('\n')}`;
}

/** Names come from the input: nothing in them is to be taken for markup. */
const plain = (text: string): string => text.replace(/[\\`*[<]/g, '\\$&').replace(/[\r\n]+/g, ' ');
