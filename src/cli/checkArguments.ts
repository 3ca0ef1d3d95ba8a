/** Rejects wrong arguments that yargs accepts, in sentences that name the command and say what to do. */
import { existsSync } from 'node:fs';
import { UsageError } from '../core/errors.js';
import { listed } from '../core/language.js';
import { TOOL } from '../core/tool.js';
import type { Command } from './Command.js';
import { ENDING_OPTIONS, optionsOf } from './commonOptions.js';
import { argumentsOf, callOf } from './helpText.js';
import { suggest } from './suggest.js';
import { texts } from './texts.js';

/** The result of yargs: options under the names that were typed, arguments by name, the rest in `_`. */
export type ParsedArguments = Readonly<Record<string, unknown>> & { readonly _: readonly (string | number)[] };

/** Names that people know from other programs. */
const OTHER_WORDS: ReadonlyMap<string, () => string> = new Map([
  ['dry-run', () => texts().mistakes.dryRun({ tool: TOOL.name })],
  ['overwrite', () => texts().mistakes.overwrite],
]);

/** Throws UsageError for arguments that are misspelt, missing, or given twice. */
export function checkArguments(command: Command, parsed: ParsedArguments, commands: readonly Command[]): void {
  refuseUnknownCommand(command, parsed, commands);
  refuseUnknownOptions(command, parsed, commands);
  const { mistakes } = texts();
  for (const [name, { type, array, demandOption }] of Object.entries(optionsOf(command))) {
    const value = parsed[name];
    // Without a value it is true; yargs takes every value but `true` for false.
    if (value === false) throw misuse(command, mistakes.takesNoValue({ option: name }));
    if (Array.isArray(value) && array !== true) throw misuse(command, mistakes.givenTwice({ option: name }));
    if ([value].flat().includes('')) throw misuse(command, mistakes.needsValue({ option: name }));
    if (type === 'number' && value !== undefined && !isCount(value)) {
      throw misuse(command, mistakes.notANumber({ option: name, value: String(value) }));
    }
    if (demandOption === true && value === undefined)
      throw misuse(command, mistakes.optionMissing({ command: command.name, option: name }));
  }
  refuseWrongChoice(command, parsed, optionsOf(command), '--');
  refuseWrongCount(command, parsed);
  refuseWrongChoice(command, parsed, command.arguments);
}

/** Without a command name the command is an upgrade, so a misspelt name looks like its input. */
function refuseUnknownCommand(command: Command, parsed: ParsedArguments, commands: readonly Command[]): void {
  const [first] = Object.keys(command.arguments);
  if (command.isDefault !== true || first === undefined || isNamed(command, parsed)) return;
  const word = parsed[first];
  if (typeof word !== 'string' || !/^[A-Za-z-]+$/.test(word) || existsSync(word)) return;
  const guess = suggest(word, [...commands.map(({ name }) => name), 'help']);
  if (guess !== undefined) throw new UsageError(texts().mistakes.noCommand({ word, guess, help: seeHelp() }));
}

function refuseUnknownOptions(command: Command, parsed: ParsedArguments, commands: readonly Command[]): void {
  const known = knownNames(command);
  const name = Object.keys(parsed).find((typed) => !known.has(typed));
  if (name === undefined) return;
  const dashed = `${name.length === 1 ? '-' : '--'}${name}`;
  const elsewhere = commands.filter(({ options }) => Object.hasOwn(options, name)).map((other) => other.name);
  const guess = suggest(kebabCase(name), [...Object.keys(optionsOf(command)), ...Object.keys(ENDING_OPTIONS)]);
  const { mistakes } = texts();
  const advice =
    OTHER_WORDS.get(name)?.() ??
    (elsewhere.length > 0
      ? mistakes.belongsTo({ commands: elsewhere.join(mistakes.and) })
      : guess === undefined
        ? seeHelp(command)
        : mistakes.didYouMean({ option: guess }));
  throw new UsageError(mistakes.noOption({ command: command.name, option: dashed, advice }));
}

function refuseWrongCount(command: Command, parsed: ParsedArguments): void {
  const names = Object.entries(command.arguments);
  const missing = names.filter(([name, { many }]) => many !== true && parsed[name] === undefined).map(([name]) => name);
  const { mistakes } = texts();
  if (missing.length > 0) {
    const needed = missing.map((name) => (/^[aeiou]/.test(name) ? mistakes.an({ name }) : mistakes.a({ name })));
    throw misuse(
      command,
      mistakes.needs({ command: command.name, needed: needed.join(mistakes.and), call: callOf(command) }),
    );
  }
  const extra = parsed._.slice(isNamed(command, parsed) ? 1 : 0);
  if (extra.length > 0) {
    throw misuse(
      command,
      mistakes.takes({ command: command.name, places: argumentsOf(command), extra: extra.join(' ') }),
    );
  }
}

/** Whether the command's name was typed. yargs leaves it in `_`. */
const isNamed = ({ name }: Command, { _ }: ParsedArguments): boolean => _[0] === name;

function knownNames(command: Command): ReadonlySet<string> {
  const names = Object.entries(optionsOf(command)).flatMap(([name, { alias }]) => [name, ...[alias ?? []].flat()]);
  const common = Object.entries(ENDING_OPTIONS).flat();
  return new Set([...names, ...common, ...Object.keys(command.arguments), '_', '$0']);
}

function refuseWrongChoice(
  command: Command,
  parsed: ParsedArguments,
  expected: Readonly<Record<string, { readonly choices?: readonly string[] }>>,
  dashes = '',
): void {
  for (const [name, { choices }] of Object.entries(expected)) {
    const value = parsed[name];
    if (choices === undefined || typeof value !== 'string' || choices.includes(value)) continue;
    const words = { name: `${dashes}${name}`, value: JSON.stringify(value), choices: listed(choices) };
    throw misuse(command, texts().mistakes.cannotBe(words));
  }
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(Number(value)) && Number(value) >= 1;

export const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Converts `maxRowBytes`, the library's name, to `max-row-bytes`, the option's name. */
const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const misuse = (command: Command, problem: string): UsageError =>
  new UsageError(texts().mistakes.withHelp({ problem, help: seeHelp(command) }));

export const seeHelp = (command?: Command): string =>
  texts().help.see({
    command: command === undefined || command.isDefault ? TOOL.name : `${TOOL.name} ${command.name}`,
  });
