/** Starts the command line: finds the command, runs it, and turns errors into a message and an exit code. */
import { styleText } from 'node:util';
import { UsageError, UserFacingError } from '../core/errors.js';
import { TOOL } from '../core/tool.js';
import { printable } from '../reports/printable.js';
import { quickUpgrade, upgradeCommand } from './commands/upgrade.js';
import { EXIT_CODES, exitCodeOf } from './exitCodes.js';
import { hideDashes } from './standardStreams.js';

const EPILOGUE = `Exit codes:\n${EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`).join('\n')}`;

/** Runs one command line, without the program's name. Resolves to the exit code; never rejects. */
export async function main(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Interrupted());
  // Once: whoever insists by a second Ctrl-C is obeyed at once.
  for (const signal of SIGNALS) process.once(signal, interrupt);
  // Whoever writes to a pipe that nobody reads is told by its own callback; unheard, the event would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    await (quickUpgrade(args, stop.signal) ?? runWithYargs(args, stop.signal));
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

/** What it loads takes about as long as upgrading a small backup, which does without. */
async function runWithYargs(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { default: yargs } = await import('yargs');
  const { batchCommand } = await import('./commands/batch.js');
  const { inspectCommand } = await import('./commands/inspect.js');
  const { verifyCommand } = await import('./commands/verify.js');
  await yargs()
    .scriptName(TOOL.name)
    .command(upgradeCommand(signal))
    .command(batchCommand(signal))
    .command(inspectCommand(signal))
    .command(verifyCommand(signal))
    .strict()
    .check(refuseRepetition)
    .epilogue(EPILOGUE)
    .version(TOOL.version)
    .alias({ h: 'help', V: 'version' })
    .wrap(Math.min(120, process.stdout.columns ?? 100))
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${usageProblem(message)} See ${TOOL.name} --help.`);
    })
    .parseAsync(hideDashes(args));
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What may be given more than once. */
const LISTS: ReadonlySet<string> = new Set(['_', 'set', 'inputs']);

/** yargs makes a list of whatever is given twice. */
function refuseRepetition(given: Readonly<Record<string, unknown>>): true {
  const twice = Object.keys(given).find((name) => Array.isArray(given[name]) && !LISTS.has(name));
  if (twice !== undefined) throw new UsageError(`--${twice} is given twice. Give it once.`);
  return true;
}

/** Says in our words what yargs says in its own. */
function usageProblem(message: string): string {
  if (message.startsWith('Not enough non-option arguments')) return 'An input and an output are needed.';
  if (message.startsWith('Unknown argument'))
    return `${message.replace(/^Unknown arguments?: /, 'There is no option or argument ')}.`;
  return `${message.replaceAll(/\s*\n\s*/g, ' ').trim()}.`;
}

class Interrupted extends Error {}

function report(error: unknown): void {
  const label = styleText('red', 'error:', { stream: process.stderr });
  if (error instanceof UserFacingError) {
    process.stderr.write(`${label} ${printable(error.message)}\n`);
  } else {
    const trace = error instanceof Error ? error.stack : String(error);
    process.stderr.write(
      `${label} this is a bug in ${TOOL.name} ${TOOL.version}. Please report it with these lines:\n${trace?.split('\n').map(printable).join('\n')}\n`,
    );
  }
}
