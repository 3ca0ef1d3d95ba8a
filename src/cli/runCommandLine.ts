/** Parses a command line with yargs, and runs its command. */
import { existsSync } from 'node:fs';
import yargs, { type Argv, type CommandModule } from 'yargs';
import { UsageError } from '../core/errors.js';
import { listed } from '../core/language.js';
import { TOOL } from '../core/tool.js';
import type { Command, OptionValues } from './Command.js';
import { camelCase, checkArguments, seeHelp } from './checkArguments.js';
import { ENDING_OPTIONS, optionsOf } from './commonOptions.js';
import { epilogueOf, overallUsageOf, usageOf } from './helpText.js';
import { hideDashes, refuseNamedFiles, showDashes } from './standardStreams.js';
import { texts } from './texts.js';

/** Known about the command line even if it fails. */
export interface Invocation {
  readonly signal: AbortSignal;
  /** Set as soon as it is known. */
  json: boolean;
}

/** Rejects with UsageError, or with the error of the command. Help and version go to standard output. */
export async function runCommandLine(
  args: readonly string[],
  commands: readonly Command[],
  invocation: Invocation,
): Promise<void> {
  const parser = yargs()
    .scriptName(TOOL.name)
    // yargs would translate its own half of the sentences into the system's language.
    .detectLocale(false)
    .locale('en')
    .updateStrings(stringsOfYargs())
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
    .alias(ENDING_OPTIONS)
    .wrap(Math.min(120, process.stdout.columns ?? 80))
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      // Errors of yargs itself concern the command line; all others come from the command.
      if (error !== undefined && error.name !== 'YError') throw error;
      const problem = message.replaceAll(/\s+/g, ' ').trim();
      throw new UsageError(texts().mistakes.withHelp({ problem, help: seeHelp(namedCommand(args, commands)) }));
    });
  const standard = commands.find(({ isDefault }) => isDefault);
  // Otherwise, the first one before the name of a command would take that name for its value. The page of the whole program lists
  // those of the default command alone.
  const ofStandard: Readonly<Record<string, unknown>> = standard === undefined ? {} : optionsOf(standard);
  for (const name of switchesOf(commands)) {
    parser.option(name, { type: 'boolean', global: false, hidden: !(name in ofStandard) });
  }
  const context = { commands, signal: invocation.signal };
  for (const command of commands) parser.command(moduleOf(command, context));
  if (standard !== undefined) {
    parser.usage(overallUsageOf(standard)).command(moduleOf(standard, context, '$0'));
  }
  try {
    refuseInheritedNames(args, namedCommand(args, commands) ?? standard);
    await parser.parseAsync(hideDashes(likeOtherPrograms(args)));
  } catch (chosen) {
    refuseNamedFiles(args);
    if (!(chosen instanceof ChosenCommand)) throw chosen;
    await chosen.run();
  }
}

/**
 * Thrown as soon as the command line is read. If its handler returned or ran the command, yargs would lay out the command's help
 * page, which takes longer than everything else it does.
 */
class ChosenCommand extends Error {
  readonly run: () => Promise<void>;

  constructor(run: () => Promise<void>) {
    super();
    this.run = run;
  }
}

/** yargs looks options up in plain objects, and fails for a name that every object inherits, such as `--constructor`. */
function refuseInheritedNames(args: readonly string[], command: Command | undefined): void {
  for (const arg of args.slice(0, args.includes('--') ? args.indexOf('--') : undefined)) {
    const [, option = ''] = /^--?([^=]+)/.exec(arg) ?? [];
    if (!(option in Object.prototype)) continue;
    throw new UsageError(
      texts().mistakes.noOption({
        command: command?.name ?? TOOL.name,
        option: `--${option}`,
        advice: seeHelp(command),
      }),
    );
  }
}

/** Accepts `help`, `help inspect`, and `-v` alone, which many programs use for the version. */
function likeOtherPrograms(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === 'help' && !existsSync(first)) return [...rest, '--help'];
  return first === '-v' && rest.length === 0 ? ['--version'] : args;
}

/** Options that take no value, and their letters. */
const switchesOf = (commands: readonly Command[]): ReadonlySet<string> =>
  new Set(
    commands.flatMap((command) =>
      Object.entries(optionsOf(command)).flatMap(([name, { type, alias }]) =>
        type === 'boolean' ? [name, ...[alias ?? []].flat()] : [],
      ),
    ),
  );

const namedCommand = (args: readonly string[], commands: readonly Command[]): Command | undefined =>
  commands.find(({ name }) => args.find((arg) => !arg.startsWith('-')) === name);

/** The texts of yargs that can appear, in the language in use. `%s` stands for a value from yargs. */
function stringsOfYargs(): Record<string, string> {
  const { help, mistakes, options } = texts();
  return {
    'Options:': help.options,
    'Positionals:': help.positionals,
    'default:': help.default,
    boolean: help.boolean,
    string: help.string,
    number: help.number,
    array: help.array,
    'Show help': options.help,
    'Show version number': options.version,
    'Not enough arguments following: %s': mistakes.needsValue({ option: '%s' }),
  };
}

interface ModuleContext {
  readonly commands: readonly Command[];
  readonly signal: AbortSignal;
}

/** `name`: the name of the command, or `$0` for the default command, whose page describes the whole program. */
function moduleOf(command: Command, { commands, signal }: ModuleContext, name = command.name): CommandModule {
  // All optional for yargs, because `checkArguments` reports missing ones more clearly.
  const places = Object.entries(command.arguments).map(([place, { many }]) => (many ? `[${place}..]` : `[${place}]`));
  const isNamed = name === command.name;
  return {
    command: [name, ...places].join(' '),
    // `epilogueOf` lists the commands in less space.
    describe: false,
    builder: (parser: Argv) => {
      if (isNamed) parser.usage(usageOf(command));
      return build(parser, command, commands).epilogue(epilogueOf(command, isNamed ? [] : commands));
    },
    handler: (parsed) => {
      const args = Object.keys(command.arguments).map((place) => [place, showDashes(parsed[place])] as const);
      const options = Object.entries(command.options).map(([option, { type }]) => {
        const value = showDashes(parsed[option]);
        return [camelCase(option), type === 'number' && value !== undefined ? Number(value) : value] as const;
      });
      throw new ChosenCommand(() =>
        command.run(
          // `checkArguments` has checked their types.
          Object.fromEntries(args) as Parameters<Command['run']>[0],
          Object.fromEntries(options) as OptionValues<Command['options']>,
          signal,
        ),
      );
    },
  };
}

function build(parser: Argv, command: Command, commands: readonly Command[]): Argv {
  for (const [name, { describe, many = false }] of Object.entries(command.arguments)) {
    parser.positional(name, {
      type: 'string',
      array: many,
      describe: describe(),
      ...(many ? { default: [], defaultDescription: texts().help.none } : {}),
    });
  }
  // yargs would join choices in English, so they are part of the description, and `checkArguments` holds to them.
  for (const [name, { describe, group, choices, ...option }] of Object.entries(optionsOf(command))) {
    parser.option(name, {
      ...option,
      describe:
        choices === undefined ? describe() : `${describe()} ${texts().help.choices({ choices: listed(choices) })}`,
      ...(group === undefined ? {} : { group: group() }),
      // `checkArguments` reports a missing option more clearly, and only after it has looked for misspelt ones.
      demandOption: false,
      requiresArg: option.type !== 'boolean',
      // yargs-parser counts a repeated number 1, and returns 2.
      ...(option.type === 'number' ? { string: true } : {}),
    });
  }
  return parser.check((parsed) => {
    if (parsed['help'] !== true && parsed['version'] !== true) checkArguments(command, parsed, commands);
    return true;
  }, false);
}
