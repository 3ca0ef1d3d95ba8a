/** Completion for fish, with descriptions. */
import { TOOL } from '../../core/tool.js';
import type { Value, Vocabulary, Word } from './vocabularyOf.js';

export function fishCompletion(commands: readonly Vocabulary[]): string {
  const others = commands.filter(({ isDefault }) => !isDefault).map(({ command }) => command);
  const lines = [
    `# fish completion for ${TOOL.name}`,
    ...commands.map(({ command, brief }) => line('__fish_use_subcommand', `-a ${command} -d ${quoted(brief)}`)),
  ];
  for (const { command, isDefault, words, places } of commands) {
    // Without a command name, the options of the default command apply.
    const when = isDefault
      ? `not __fish_seen_subcommand_from ${others.join(' ')}`
      : `__fish_seen_subcommand_from ${command}`;
    lines.push(...words.map((word) => line(when, wordOf(word))));
    for (const { value } of places) {
      if (typeof value !== 'string') lines.push(line(when, `-f -a ${quoted(value.join(' '))}`));
    }
  }
  return `${lines.join('\n')}\n`;
}

const line = (when: string, what: string): string => `complete -c ${TOOL.name} -n ${quoted(when)} ${what}`;

function wordOf({ name, letter, describe, value }: Word): string {
  const short = letter === undefined ? '' : `-s ${letter} `;
  return `${short}-l ${name}${argumentOf(value)} -d ${quoted(describe)}`;
}

function argumentOf(value: Value | undefined): string {
  if (value === undefined) return '';
  if (value === 'file') return ' -r -F';
  if (value === 'folder') return " -x -a '(__fish_complete_directories)'";
  return value === 'text' ? ' -x' : ` -x -a ${quoted(value.join(' '))}`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
