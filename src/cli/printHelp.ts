/** Prints help pages, which yargs lays out. */
import yargs, { type Argv } from 'yargs';
import { listed } from '../core/language.js';
import { TOOL } from '../core/tool.js';
import type { Command } from './Command.js';
import { ENDING_OPTIONS, optionsOf } from './commonOptions.js';
import { epilogueOf, overallUsageOf, usageOf } from './helpText.js';
import { texts } from './texts.js';

/** Prints the page of a command to standard output. `commands`: all, if the page describes the whole program. */
export async function printHelp(command: Command, commands: readonly Command[]): Promise<void> {
  const parser = yargs()
    .scriptName(TOOL.name)
    // yargs would translate its own half of the sentences into the system's language.
    .detectLocale(false)
    .locale('en')
    .updateStrings(stringsOfYargs())
    .version(TOOL.version)
    .alias(ENDING_OPTIONS)
    .wrap(Math.min(120, process.stdout.columns ?? 80))
    .exitProcess(false);
  const places = Object.entries(command.arguments).map(([place, { many }]) => (many ? `[${place}..]` : `[${place}]`));
  // `false`: `epilogueOf` lists the commands in less space.
  const add = (name: string, usage: (page: Argv) => Argv): Argv =>
    parser.command([name, ...places].join(' '), false, (page) =>
      describe(usage(page), command).epilogue(epilogueOf(command, commands)),
    );
  if (commands.length === 0) {
    await add(command.name, (page) => page.usage(usageOf(command))).parseAsync([command.name, '--help']);
  } else {
    parser.usage(overallUsageOf(command));
    await add('$0', (page) => page).parseAsync(['--help']);
  }
}

/** The texts of yargs that can appear, in the language in use. */
function stringsOfYargs(): Record<string, string> {
  const { help, options } = texts();
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
  };
}

function describe(page: Argv, command: Command): Argv {
  for (const [name, { describe, many = false }] of Object.entries(command.arguments)) {
    page.positional(name, {
      type: 'string',
      array: many,
      describe: describe(),
      ...(many ? { default: [], defaultDescription: texts().help.none } : {}),
    });
  }
  // yargs would join choices in English, so they are part of the description.
  for (const [name, { describe, group, choices, ...option }] of Object.entries(optionsOf(command))) {
    page.option(name, {
      ...option,
      describe:
        choices === undefined ? describe() : `${describe()} ${texts().help.choices({ choices: listed(choices) })}`,
      ...(group === undefined ? {} : { group: group() }),
      demandOption: false,
      // The page says "number", but yargs would say it twice.
      ...(option.type === 'number' ? { string: true } : {}),
    });
  }
  return page;
}
