import type { Readable, Writable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import { TOOL } from '../core/tool.js';
import { identityOf, identityOfOpenFile } from '../files/identityOf.js';
import { refuseStandardOutputs } from '../files/refuseStandardOutputs.js';
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

/** The stream for `-`, or the path. Throws UsageError if standard input is a keyboard. */
export function inputBehind(name: string): string | Readable {
  if (name !== '-') return name;
  if (!process.stdin.isTTY) return process.stdin;
  throw new UsageError(texts().mistakes.keyboard({ tool: TOOL.name }));
}

/**
 * Throws OutputIsInputError if standard output or standard error goes into a file that any word names: even the message that the
 * command line is wrong would change it.
 */
export function refuseNamedFiles(args: readonly string[]): void {
  const words = args.flatMap((arg) => [arg, arg.slice(arg.indexOf('=') + 1)]);
  refuseStandardOutputs((identity) =>
    words.some((word) => (word === '-' ? identityOfOpenFile(0) : identityOf(word)) === identity),
  );
}

/** The stream for `-`, or the path. Throws UsageError if standard output is a screen and the output is not text. */
export function outputBehind(name: string, isText: boolean): string | Writable {
  if (name !== '-') return name;
  if (isText || !process.stdout.isTTY) return process.stdout;
  throw new UsageError(texts().mistakes.screen);
}
