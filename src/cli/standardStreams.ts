import type { Readable, Writable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import { TOOL } from '../core/tool.js';
import { texts } from './texts.js';

/** The stream for `-`, or the path. Throws UsageError if standard input is a keyboard. */
export function inputBehind(name: string): string | Readable {
  if (name !== '-') return name;
  if (!process.stdin.isTTY) return process.stdin;
  throw new UsageError(texts().mistakes.keyboard({ tool: TOOL.name }));
}

/** The stream for `-`, or the path. Throws UsageError if standard output is a screen and the output is not text. */
export function outputBehind(name: string, isText: boolean): string | Writable {
  if (name !== '-') return name;
  if (isText || !process.stdout.isTTY) return process.stdout;
  throw new UsageError(texts().mistakes.screen);
}
