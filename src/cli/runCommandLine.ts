/** Parses a command line, and runs its command. */
import { existsSync } from 'node:fs';
import { TOOL } from '../core/tool.js';
import type { Command, OptionValues } from './Command.js';
import { camelCase, checkArguments } from './checkArguments.js';
import { commandOf, type ParsedArguments, parseArguments } from './parseArguments.js';

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
  const words = likeOtherPrograms(args);
  const command = commandOf(words, commands);
  const parsed = parseArguments(words, command);
  invocation.json = parsed.options.get('json') === true;
  if (parsed.options.has('help')) {
    // Loaded on demand, because laying out a page takes more code than everything else here.
    const { printHelp } = await import('./printHelp.js');
    await printHelp(command, parsed.isNamed ? [] : commands);
  } else if (parsed.options.has('version')) {
    console.log(TOOL.version);
  } else {
    checkArguments(command, parsed, commands);
    await run(command, parsed, invocation.signal);
  }
}

/** Accepts `help`, `help inspect`, and `-v` alone, which many programs use for the version. */
function likeOtherPrograms(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === 'help' && !existsSync(first)) return [...rest, '--help'];
  return first === '-v' && rest.length === 0 ? ['--version'] : args;
}

function run(command: Command, { options, places }: ParsedArguments, signal: AbortSignal): Promise<void> {
  const values = Object.entries(command.options).map(([option, { type }]) => {
    const value = options.get(option);
    return [camelCase(option), type === 'number' && value !== undefined ? Number(value) : value] as const;
  });
  return command.run(
    // `checkArguments` has checked their types.
    Object.fromEntries(places) as Parameters<Command['run']>[0],
    Object.fromEntries(values) as OptionValues<Command['options']>,
    signal,
  );
}
