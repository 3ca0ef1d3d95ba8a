/** The parts of a help page that yargs does not lay out well. */
import { TOOL } from '../core/tool.js';
import type { Command } from './Command.js';
import { EXIT_CODES } from './exitCodes.js';
import { texts } from './texts.js';

/** The head of the page about the whole program, which is also that of the default command. */
export function overallUsageOf(standard: Command): string {
  const { help } = texts();
  const usage = help.usage({ call: `${TOOL.name} ${argumentsOf(standard)}` });
  return `${usage}\n${help.orCommand({ tool: TOOL.name })}\n\n${standard.summary()}`;
}

/** The head of a command's page. */
export const usageOf = (command: Command): string =>
  `${texts().help.usage({ call: callOf(command) })}\n\n${command.summary()}`;

/** `gogs-backup-upgrade inspect INPUT` */
export const callOf = (command: Command): string => [TOOL.name, command.name, argumentsOf(command)].join(' ').trim();

/** `INPUT OUTPUT`, `[INPUTS...]` */
export function argumentsOf({ arguments: args }: Command): string {
  return Object.entries(args)
    .map(([name, { many }]) => (many ? `[${name.toUpperCase()}...]` : name.toUpperCase()))
    .join(' ');
}

/** The end of a command's page. Examples are never wrapped, so that they can be copied. */
export function epilogueOf(command: Command, commands: readonly Command[]): string {
  const { help } = texts();
  const width = Math.max(...commands.map(({ name }) => name.length));
  const listed = commands.map(({ name, brief }) => `  ${name.padEnd(width)}  ${brief()}`);
  const examples = command.examples.map(([does, args]) => `  ${does()}\n    ${withName(args)}`);
  const codes = exitCodesOf(command).map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning()}`);
  return [
    ...(listed.length === 0 ? [] : [help.commands({ tool: TOOL.name }), ...listed, '']),
    help.examples,
    ...examples,
    '',
    help.exitCodes,
    ...codes,
  ].join('\n');
}

/** The exit codes of a command. */
export const exitCodesOf = ({ exitCodes }: Command): typeof EXIT_CODES =>
  EXIT_CODES.filter(({ code }) => COMMON_CODES.has(code) || exitCodes.includes(code));

/** Replaces `$0` with the name of the program. */
export const withName = (args: string): string => args.replaceAll('$0', TOOL.name);

const COMMON_CODES: ReadonlySet<number> = new Set([0, 1, 2, 130]);
