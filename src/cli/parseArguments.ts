/** Parses the arguments of a command. */
import { parseArgs } from 'node:util';
import type { Command, CommandOption } from './Command.js';
import { ENDING_OPTIONS, optionsOf } from './commonOptions.js';

/** True for an option without a value; several values as an array. */
export type OptionValue = string | true | readonly (string | true)[];

export interface ParsedArguments {
  /** Whether the name of the command was typed. */
  readonly isNamed: boolean;
  /** Values by the names that were typed, known or not; letters of known options are replaced by names. With default values. */
  readonly options: ReadonlyMap<string, OptionValue>;
  /** Positional arguments by name. */
  readonly places: ReadonlyMap<string, string | readonly string[]>;
  /** Words beyond the positional arguments. */
  readonly extra: readonly string[];
}

type Options = Readonly<Record<string, CommandOption>>;

/** The command that the first word names, or else the default command. */
export function commandOf(args: readonly string[], commands: readonly Command[]): Command {
  const standard = commands.filter(({ isDefault }) => isDefault);
  // Which options take a value is only known with the command.
  const options = Object.assign({}, ...[...commands, ...standard].map(optionsOf)) as Options;
  const [first] = wordsIn(tokensOf(args, options));
  const [command] = [...commands.filter(({ name }) => name === first), ...standard];
  if (command === undefined) throw new Error('no command is the default one');
  return command;
}

/** Accepts everything: `checkArguments` reports what is wrong. */
export function parseArguments(args: readonly string[], command: Command): ParsedArguments {
  const known = optionsOf(command);
  const tokens = tokensOf(args, known);
  const options = new Map<string, OptionValue>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name } = token;
    const value = valueIn(token, known[name]);
    const before = options.get(name);
    const repeated = before === undefined || value === true ? value : [before, value].flat();
    options.set(name, known[name]?.array === true ? [repeated].flat() : repeated);
  }
  for (const [name, { default: usual }] of Object.entries(known)) {
    if (typeof usual === 'string' && !options.has(name)) options.set(name, usual);
  }
  const words = wordsIn(tokens);
  const isNamed = words[0] === command.name;
  const rest = isNamed ? words.slice(1) : words;
  const places = Object.entries(command.arguments).flatMap(([name, { many }]) => {
    const value = many === true ? rest.splice(0) : rest.shift();
    return value === undefined ? [] : [[name, value] as const];
  });
  return { isNamed, options, places: new Map(places), extra: rest };
}

/** Options and words in the order in which they were typed. */
type Token = ReturnType<typeof tokensOf>[number];

function tokensOf(args: readonly string[], options: Options) {
  const known = Object.entries(options).map(([name, { type, alias }]) => {
    const [short] = [alias ?? []].flat();
    return [name, { type: type === 'boolean' ? type : 'string', ...(short === undefined ? {} : { short }) }] as const;
  });
  const ending = Object.entries(ENDING_OPTIONS).map(([name, short]) => [name, { type: 'boolean', short }] as const);
  return parseArgs({
    args: [...args],
    options: Object.fromEntries([...known, ...ending]),
    strict: false,
    tokens: true,
  }).tokens;
}

const wordsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));

/** The value of an option, empty if it is missing. */
function valueIn(
  { rawName, value, inlineValue }: Extract<Token, { kind: 'option' }>,
  option?: CommandOption,
): string | true {
  if (option === undefined || option.type === 'boolean') return value ?? true;
  // In `-j=4`, Node takes the sign for a part of the value.
  if (inlineValue === true) return rawName.startsWith('--') ? value : value.replace(/^=/, '');
  // Another option; `-` is standard input or output.
  return value === undefined || /^-[^\d]/.test(value) ? '' : value;
}
