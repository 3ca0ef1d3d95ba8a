/** Starts the command line: runs it, and turns errors into a message and an exit code. */
import { styleText } from 'node:util';
import { UserFacingError } from '../core/errors.js';
import { printable, printableLines } from '../core/printable.js';
import { TOOL } from '../core/tool.js';
import { COMMANDS } from './commands/allCommands.js';
import { exitCodeOf } from './exitCodes.js';
import { type Invocation, runCommandLine } from './runCommandLine.js';

/** Runs one command line, without the program's name. Resolves to the exit code; never rejects. */
export async function main(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Interrupted());
  // Once: whoever insists by a second Ctrl-C is obeyed at once.
  for (const signal of SIGNALS) process.once(signal, interrupt);
  // Whoever writes to a pipe that nobody reads is told by its own callback; unheard, the event would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const invocation: Invocation = { signal: stop.signal, json: false };
  try {
    await runCommandLine(args, COMMANDS, invocation);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write('Interrupted: nothing is left half-written.\n');
      return 130;
    }
    report(error);
    return exitCodeOf(error);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

class Interrupted extends Error {}

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
