/** The words that shells complete, derived from the commands. */
import type { Command, CommandOption } from '../Command.js';
import { ENDING_OPTIONS, optionsOf } from '../commonOptions.js';
import { texts } from '../texts.js';

/** `choices`: one of them. `text`: a value that no shell can complete. */
export type Value = readonly string[] | 'file' | 'folder' | 'text';

export interface Word {
  /** Without dashes. */
  readonly name: string;
  readonly letter: string | undefined;
  readonly describe: string;
  /** Undefined for an option without a value. */
  readonly value: Value | undefined;
  readonly isRepeatable: boolean;
}

export interface Place {
  readonly name: string;
  readonly value: Value;
  /** Accepts any number of values. */
  readonly isMany: boolean;
}

/** The words that can follow a command. */
export interface Vocabulary {
  readonly command: string;
  readonly brief: string;
  readonly isDefault: boolean;
  readonly words: readonly Word[];
  readonly places: readonly Place[];
}

export function vocabularyOf(command: Command): Vocabulary {
  const { name, brief, isDefault, arguments: args } = command;
  const own = Object.entries(optionsOf(command)).map(([option, rules]) => ({
    name: option,
    letter: [rules.alias].flat()[0],
    describe: rules.describe(),
    value: valueOfOption(rules),
    isRepeatable: rules.array === true,
  }));
  const ending = Object.entries(ENDING_OPTIONS).map(([option, letter]) => ({
    name: option,
    letter,
    describe: texts().options[option as keyof typeof ENDING_OPTIONS],
    value: undefined,
    isRepeatable: false,
  }));
  return {
    command: name,
    brief: brief(),
    isDefault: isDefault === true,
    words: [...own, ...ending],
    places: Object.entries(args).map(([place, { choices, many }]) => ({
      name: place,
      value: choices ?? ('file' as const),
      isMany: many === true,
    })),
  };
}

/** Undefined for an option without a value. */
function valueOfOption({ type, choices, value }: CommandOption): Value | undefined {
  if (choices !== undefined) return choices;
  if (type === 'boolean') return undefined;
  return value === 'FILE' ? 'file' : value === 'FOLDER' ? 'folder' : 'text';
}
