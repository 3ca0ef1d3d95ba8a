/** Programs that pack files for tests. Where one is missing, what needs it is left out, with a line that says so. */
import { spawnSync } from 'node:child_process';

export function hasProgram(program: string): boolean {
  const found = spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!found) process.stderr.write(`left out: ${program} is not installed\n`);
  return found;
}
