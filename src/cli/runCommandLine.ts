/** Has yargs read a command line, and runs the command that it names. */
import { existsSync } from 'node:fs';
import yargs, { type Argv, type CommandModule } from 'yargs';
import { UsageError } from '../core/errors.js';
import { TOOL } from '../core/tool.js';
import type { Command, OptionValues } from './Command.js';
import { COMMON_OPTIONS, camelCase, checkArguments, seeHelp } from './checkArguments.js';
import { epilogueOf, overallUsageOf, usageOf } from './helpText.js';
import { hideDashes, showDashes } from './standardStreams.js';

/** What has to be known even when it fails. */
export interface Invocation {
  readonly signal: AbortSignal;
  /** Set as soon as it is known. */
  json: boolean;
}

/** Rejects with UsageError, or with what the command rejects with. Help and version go to standard output. */
export async function runCommandLine(
  args: readonly string[],
  commands: readonly Command[],
  invocation: Invocation,
): Promise<void> {
  const parser = yargs()
    .scriptName(TOOL.name)
    // All English: yargs would take the system's language for its own half of the sentences.
    .detectLocale(false)
    .locale('en')
    .updateStrings(STRINGS)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-positional-numbers': false,
    })
    .middleware((parsed) => {
      invocation.json = parsed['json'] === true;
    }, true)
    .version(TOOL.version)
    .alias(COMMON_OPTIONS)
    .wrap(Math.min(120, process.stdout.columns ?? 80))
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      // Errors of yargs itself are about the command line; all others come from the command.
      if (error !== undefined && error.name !== 'YError') throw error;
      throw new UsageError(`${message.replaceAll(/\s+/g, ' ').trim()} ${seeHelp(namedCommand(args, commands))}`);
    });
  for (const command of commands) parser.command(moduleOf(command, commands, invocation.signal));
  const standard = commands.find(({ isDefault }) => isDefault);
  if (standard !== undefined) {
    parser.usage(overallUsageOf(standard)).command(moduleOf(standard, commands, invocation.signal, '$0'));
  }
  await parser.parseAsync(hideDashes(likeOtherPrograms(args)));
}

/** `help`, `help inspect`, and `-v` alone, which is the version for many and otherwise lacks everything. */
function likeOtherPrograms(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === 'help' && !existsSync(first)) return [...rest, '--help'];
  return first === '-v' && rest.length === 0 ? ['--version'] : args;
}

const namedCommand = (args: readonly string[], commands: readonly Command[]): Command | undefined =>
  commands.find(({ name }) => args.find((arg) => !arg.startsWith('-')) === name);

/** Our words for what yargs says. */
const STRINGS = {
  'Not enough arguments following: %s': '--%s needs a value.',
  'Invalid values:': ' ',
  'Argument: %s, Given: %s, Choices: %s': '--%s cannot be %s; it can be %s.',
};

/** `name`: under which it is called; `$0` when none is given, and its page is the one about the whole program. */
function moduleOf(
  command: Command,
  commands: readonly Command[],
  signal: AbortSignal,
  name = command.name,
): CommandModule {
  // All optional for yargs: `checkArguments` says better what is missing.
  const places = Object.entries(command.arguments).map(([place, { many }]) => (many ? `[${place}..]` : `[${place}]`));
  const isNamed = name === command.name;
  return {
    command: [name, ...places].join(' '),
    // `epilogueOf` lists the commands in less room.
    describe: false,
    builder: (parser: Argv) => {
      if (isNamed) parser.usage(usageOf(command));
      return build(parser, command, commands).epilogue(epilogueOf(command, isNamed ? [] : commands));
    },
    handler: async (parsed) => {
      const args = Object.keys(command.arguments).map((place) => [place, showDashes(parsed[place])] as const);
      const options = Object.entries(command.options).map(([option, { type }]) => {
        const value = showDashes(parsed[option]);
        return [camelCase(option), type === 'number' && value !== undefined ? Number(value) : value] as const;
      });
      await command.run(
        // `checkArguments` has looked at their types.
        Object.fromEntries(args) as Parameters<Command['run']>[0],
        Object.fromEntries(options) as OptionValues<Command['options']>,
        signal,
      );
    },
  };
}

function build(parser: Argv, command: Command, commands: readonly Command[]): Argv {
  for (const [name, { describe, many = false }] of Object.entries(command.arguments)) {
    parser.positional(name, {
      type: 'string',
      array: many,
      describe,
      ...(many ? { default: [], defaultDescription: 'none' } : {}),
    });
  }
  for (const [name, option] of Object.entries(command.options)) {
    parser.option(name, {
      ...option,
      // `checkArguments` says it better, and after it has looked for misspelt options.
      demandOption: false,
      requiresArg: option.type !== 'boolean',
      // yargs-parser counts a number 1 that is given twice: 2.
      ...(option.type === 'number' ? { string: true } : {}),
    });
  }
  return parser.check((parsed) => {
    if (parsed['help'] !== true && parsed['version'] !== true) checkArguments(command, parsed, commands);
    return true;
  }, false);
}
