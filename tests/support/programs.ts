/** Programs that pack or unpack files for tests. What needs a missing program is left out with a message. */
import { spawnSync } from 'node:child_process';

export function hasProgram(program: string): boolean {
  const found = spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!found) process.stderr.write(`left out: ${program} is not installed\n`);
  return found;
}

/** Runs a program; undefined if it is not installed. `output`: standard output and errors. */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd?: string,
): { status: number; output: string } | undefined {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', ...(cwd && { cwd }) });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') {
    process.stderr.write(`left out: ${program} is not installed\n`);
    return undefined;
  }
  if (error !== undefined) throw error;
  return { status: status ?? -1, output: stdout + stderr };
}
