/** Makes SQL of what pg_dump writes for pg_restore alone: -Fc, -Ft and -Fd. */
import { InputError } from '../../core/errors.js';
import { runProgram } from '../../files/runProgram.js';

/** Writes the script to a new file at `target`. `path`: the file or the folder. Throws InputError where pg_restore is missing or refuses. */
export async function restorePgDump(
  name: string,
  path: string,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const problem = await runProgram('pg_restore', ['--no-owner', '--file=-', path], target, signal);
  if (problem === undefined) return;
  const what = `Cannot read ${name}: it is a dump that pg_dump wrote for pg_restore, `;
  if (!problem.installed) {
    throw new InputError(
      `${what}and pg_restore is not installed here. Install the client of PostgreSQL, or make it SQL elsewhere: ` +
        '`pg_restore --no-owner -f dump.sql FILE`.',
    );
  }
  throw new InputError(
    `${what}and pg_restore says: ${problem.complaint}. Is it older than the pg_dump that wrote it, or is the dump cut off? ` +
      'Make it SQL where it was made: `pg_restore --no-owner -f dump.sql FILE`.',
  );
}
