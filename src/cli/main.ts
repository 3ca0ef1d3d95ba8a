/** Runs the command line, and turns errors into a message and an exit code. */
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { NeedsHandError, SomeFailedError, UserFacingError } from '../core/errors.js';
import { type Language, setLanguage } from '../core/language.js';
import { printable, printableJson, printableLines } from '../core/printable.js';
import { TOOL } from '../core/tool.js';
import { OutputIsInputError } from '../files/refuseStandardOutputs.js';
import { COMMANDS } from './commands/commands.js';
import { exitCodeOf } from './exitCodes.js';
import { forgetResult, hasPrintedResult, printResult } from './printResult.js';
import { requestedLanguage } from './requestedLanguage.js';
import { type Invocation, runCommandLine } from './runCommandLine.js';
import { texts } from './texts.js';

/**
 * Runs one command line, given without the program's name. Resolves to the exit code; never rejects. `language`: of messages,
 * unless `--language` gives another.
 */
export async function main(args: readonly string[], language: Language = 'en'): Promise<number> {
  setLanguage(requestedLanguage(args) ?? language);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Interrupted());
  // Only once, so that a second Ctrl-C ends the process immediately.
  for (const signal of SIGNALS) process.once(signal, interrupt);
  // Writers to a closed pipe get the error in a callback; without a listener, the event would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  forgetResult();
  const invocation: Invocation = { signal: stop.signal, json: false };
  try {
    await runCommandLine(args, COMMANDS, invocation);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write(`${texts().nothingHalfWritten}\n`);
      await printFailure(invocation, { code: 'interrupted', message: texts().interrupted, exit: 130 });
      return 130;
    }
    const exit = exitCodeOf(error);
    // The command has already reported this.
    if (error instanceof NeedsHandError || error instanceof SomeFailedError) return exit;
    const barred = error instanceof OutputIsInputError ? error.streams : [];
    if (!barred.includes('stderr')) report(error, process.stderr);
    else if (process.stdout.isTTY) report(error, process.stdout);
    const { code, message } = error instanceof UserFacingError ? error : { code: 'bug', message: String(error) };
    if (!barred.includes('stdout')) await printFailure(invocation, { code, message, exit });
    return exit;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

class Interrupted extends Error {}

interface Failure {
  /** Stable across releases. */
  readonly code: string;
  readonly message: string;
  /** Exit code. */
  readonly exit: number;
}

/** Prints the error for programs that asked for JSON, unless the command printed a report that contains it. */
async function printFailure({ json }: Invocation, error: Failure): Promise<void> {
  if (!json || hasPrintedResult()) return;
  // If standard output fails, there is no one to report it to.
  await printResult(`${printableJson({ error })}\n`).catch(() => undefined);
}

function report(error: unknown, stream: WriteStream): void {
  const { error: word, labelled, bug } = texts();
  const label = styleText('red', word, { stream });
  if (error instanceof UserFacingError) {
    stream.write(`${labelled({ label, message: printable(error.message) })}\n`);
  } else {
    const trace = error instanceof Error ? error.stack : String(error);
    stream.write(
      `${labelled({ label, message: bug({ tool: TOOL.name, version: TOOL.version }) })}\n${printableLines(trace ?? '')}\n`,
    );
  }
}
