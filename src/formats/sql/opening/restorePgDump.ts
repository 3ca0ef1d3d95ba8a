/** Converts dumps that only pg_restore can read (-Fc, -Ft and -Fd) to SQL. */
import { InputError } from '../../../core/errors.js';
import { runProgram } from '../../../files/runProgram.js';
import { texts } from '../texts.js';

/**
 * Writes the script to a new file at `target`. `path`: the file or folder. Throws InputError if pg_restore is missing or fails.
 */
export async function restorePgDump(
  name: string,
  path: string,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const problem = await runProgram('pg_restore', ['--no-owner', '--file=-', path], target, signal);
  if (problem === undefined) return;
  const { noPgRestore, pgRestoreFailed } = texts();
  throw new InputError(
    problem.installed ? pgRestoreFailed({ name, complaint: problem.complaint }) : noPgRestore({ name }),
  );
}
