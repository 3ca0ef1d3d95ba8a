/** Programs that pack files for tests. Tests of a missing program are skipped with a message. */
import { spawnSync } from 'node:child_process';

export function hasProgram(program: string): boolean {
  const found = spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!found) process.stderr.write(`left out: ${program} is not installed\n`);
  return found;
}
