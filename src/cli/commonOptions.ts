/** Options of every command. */
import { LANGUAGES } from '../core/language.js';
import type { Command, CommandOption } from './Command.js';
import { texts } from './texts.js';

/** Options that print something and exit, with their letters. */
export const ENDING_OPTIONS = { help: 'h', version: 'V' } as const;

/** `main` has already read it. */
const LANGUAGE_OPTION = {
  language: { type: 'string', choices: LANGUAGES, describe: () => texts().options.language },
} as const satisfies Record<string, CommandOption>;

/** The options of a command by name, including the common ones except ENDING_OPTIONS. */
export const optionsOf = ({ options }: Command): Readonly<Record<string, CommandOption>> => ({
  ...options,
  ...LANGUAGE_OPTION,
});
