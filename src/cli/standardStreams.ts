import type { Readable, Writable } from 'node:stream';
import { OutputError, UsageError } from '../core/errors.js';
import { TOOL } from '../core/tool.js';
import { exactStatOf, openFileStatOf } from '../files/statOf.js';
import { texts } from './texts.js';

/**
 * `-` on the command line means standard input or output, and words after `--` are never options. yargs loses both for named
 * arguments, so such words get a prefix that cannot occur in a path.
 */
const MARK = '\0';

export function hideDashes(args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const hide = (arg: string): string => (arg.startsWith('-') ? `${MARK}${arg}` : arg);
  return [...args.slice(0, end).map((arg) => (arg === '-' ? hide(arg) : arg)), ...args.slice(end + 1).map(hide)];
}

/** Removes the prefix from a value of the command line. */
export function showDashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(showDashes);
  return typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : value;
}

/** The stream for `-`, or the path. Throws UsageError if standard input is a keyboard, OutputIsInputError if the output goes into it. */
export function inputBehind(name: string): string | Readable {
  refuseAsOutput(name);
  if (name !== '-') return name;
  if (!process.stdin.isTTY) return process.stdin;
  throw new UsageError(texts().mistakes.keyboard({ tool: TOOL.name }));
}

/** Nothing may be printed then, not even the error as JSON. */
export class OutputIsInputError extends OutputError {}

/** Whatever a command prints would change its input: `>> old.zip`. */
function refuseAsOutput(name: string): void {
  const input = name === '-' ? openFileStatOf(process.stdin.fd) : exactStatOf(name);
  const output = openFileStatOf(process.stdout.fd);
  if (input?.isFile() !== true || output === undefined) return;
  if (input.dev === output.dev && input.ino === output.ino)
    throw new OutputIsInputError(texts().mistakes.outputIsInput);
}

/** The stream for `-`, or the path. Throws UsageError if standard output is a screen and the output is not text. */
export function outputBehind(name: string, isText: boolean): string | Writable {
  if (name !== '-') return name;
  if (isText || !process.stdout.isTTY) return process.stdout;
  throw new UsageError(texts().mistakes.screen);
}
