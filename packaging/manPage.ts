/** The manual page, built from the same data as the help. https://man7.org/linux/man-pages/man7/groff_man.7.html */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, CommandOption } from '../src/cli/Command.js';
import { COMMANDS } from '../src/cli/commands/commands.js';
import { EXIT_CODES } from '../src/cli/exitCodes.js';
import { argumentsOf, exitCodesOf, withName } from '../src/cli/helpText.js';
import { texts } from '../src/cli/texts.js';
import { repository } from './repository.js';

const { name, version, description } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly description: string;
};

export const MAN_PAGE = join(repository, 'man', `${name}.1`);

export function writeManPage(): void {
  mkdirSync(join(repository, 'man'), { recursive: true });
  writeFileSync(MAN_PAGE, manPage());
}

/** In man's markup, lines that begin with a dot are requests, and all others are text. */
export function manPage(commands: readonly Command[] = COMMANDS): string {
  const standard = commands.filter(({ isDefault }) => isDefault);
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    // No hyphenation.
    '.nh',
    '.SH NAME',
    `${text(name)} \\- ${text(description)}`,
    '.SH SYNOPSIS',
    ...standard.flatMap((command) => ['.B', text(name), `${text(argumentsOf(command))} [options]`, '.br']),
    '.B',
    text(name),
    'COMMAND [options]',
    ...commands.flatMap(sectionOf),
    '.SH OPTIONS OF EVERY COMMAND',
    ...tagged('--language en|zh', sentence(texts().options.language)),
    ...tagged('-h, --help', 'Show help.'),
    ...tagged('-V, --version', 'Show the version.'),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(({ code, meaning }) => tagged(String(code), sentence(meaning()))),
    '.SH EXAMPLES',
    ...commands.flatMap(({ examples }) =>
      examples.flatMap(([does, args]) => [
        '.PP',
        `${text(does())}:`,
        '.PP',
        '.nf',
        '.RS',
        text(withName(args)),
        '.RE',
        '.fi',
      ]),
    ),
    '',
  ].join('\n');
}

function sectionOf(command: Command): string[] {
  const { name: own, summary, arguments: args, options } = command;
  const codes = exitCodesOf(command).map(({ code }) => code);
  return [
    `.SH ${own.toUpperCase()}`,
    '.B',
    text(`${name} ${own}`),
    `${text(argumentsOf(command))} [options]`,
    '.PP',
    text(sentence(summary())),
    ...Object.entries(args).flatMap(([place, { describe }]) => tagged(place.toUpperCase(), sentence(describe()))),
    ...Object.entries(options).flatMap(([option, rules]) => tagged(spellingOf(option, rules), described(rules))),
    '.PP',
    `Exit status: ${codes.join(', ')}.`,
  ];
}

/** `-j, --jobs NUMBER` */
function spellingOf(option: string, { alias, choices, value }: CommandOption): string {
  const names = [...[alias ?? []].flat().map((letter) => `-${letter}`), `--${option}`].join(', ');
  const taken = choices?.join('|') ?? value;
  return taken === undefined ? names : `${names} ${taken}`;
}

const described = ({ describe, default: standard }: CommandOption): string =>
  standard === undefined ? sentence(describe()) : `${sentence(describe())} Default ${standard}.`;

const tagged = (tag: string, content: string): string[] => ['.TP', `.B ${text(tag)}`, text(content)];

const sentence = (words: string): string => (/[.…]$/.test(words) ? words : `${words}.`);

/** Escapes text. A dash is written as a minus sign, so that options can be copied and searched for. */
const text = (words: string): string =>
  words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(
      /[^\0-\x7f]/gu,
      (character) => `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^[.']/, '\\&$&');
