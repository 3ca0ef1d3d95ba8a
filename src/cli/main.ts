/** Starts the command line: runs it, and turns errors into a message and an exit code. */
import { styleText } from 'node:util';
import { NeedsHandError, SomeFailedError, UserFacingError } from '../core/errors.js';
import { printable, printableLines } from '../core/printable.js';
import { TOOL } from '../core/tool.js';
import { COMMANDS } from './commands/allCommands.js';
import { exitCodeOf } from './exitCodes.js';
import { forgetResult, hasPrintedResult, printResult } from './printResult.js';
import { type Invocation, runCommandLine } from './runCommandLine.js';

/** Runs one command line, without the program's name. Resolves to the exit code; never rejects. */
export async function main(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Interrupted());
  // Once: whoever insists by a second Ctrl-C is obeyed at once.
  for (const signal of SIGNALS) process.once(signal, interrupt);
  // Whoever writes to a pipe that nobody reads is told by its own callback; unheard, the event would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  forgetResult();
  const invocation: Invocation = { signal: stop.signal, json: false };
  try {
    await runCommandLine(args, COMMANDS, invocation);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write('Interrupted: nothing is left half-written.\n');
      await printFailure(invocation, { code: 'interrupted', message: 'Interrupted.', exit: 130 });
      return 130;
    }
    const exit = exitCodeOf(error);
    // The command has said so, and printed its report.
    if (error instanceof NeedsHandError || error instanceof SomeFailedError) return exit;
    report(error);
    const { code, message } = error instanceof UserFacingError ? error : { code: 'bug', message: String(error) };
    await printFailure(invocation, { code, message, exit });
    return exit;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

class Interrupted extends Error {}

interface Failure {
  /** Stays the same from release to release. */
  readonly code: string;
  readonly message: string;
  /** Exit code. */
  readonly exit: number;
}

/** For programs, which asked for JSON; unless they have a report that says what failed. */
async function printFailure({ json }: Invocation, error: Failure): Promise<void> {
  if (!json || hasPrintedResult()) return;
  // Nobody is left to be told when standard output takes nothing.
  await printResult(`${JSON.stringify({ error }, undefined, 2)}\n`).catch(() => undefined);
}

function report(error: unknown): void {
  const label = styleText('red', 'error:', { stream: process.stderr });
  if (error instanceof UserFacingError) {
    process.stderr.write(`${label} ${printable(error.message)}\n`);
  } else {
    const trace = error instanceof Error ? error.stack : String(error);
    process.stderr.write(
      `${label} this is a bug in ${TOOL.name} ${TOOL.version}. Please report it with these lines:\n${printableLines(trace ?? '')}\n`,
    );
  }
}
