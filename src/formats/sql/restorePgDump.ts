/** Makes SQL of what pg_dump writes for pg_restore alone: -Fc, -Ft and -Fd. */
import { InputError } from '../../core/errors.js';
import { runProgram } from '../../files/runProgram.js';
import { texts } from './texts.js';

/** Writes the script to a new file at `target`. `path`: the file or the folder. Throws InputError where pg_restore is missing or refuses. */
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
