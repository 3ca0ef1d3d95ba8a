/** Runs a program to its end and measures it from outside: wall time, processor time and peak memory. */
import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Measurement {
  readonly seconds: number;
  /** User and system time; undefined without GNU time. */
  readonly cpuSeconds: number | undefined;
  /** Peak of the largest process; undefined without GNU time. */
  readonly peakMegabytes: number | undefined;
}

const GNU_TIME = '/usr/bin/time';

export const HAS_GNU_TIME = spawnSync(GNU_TIME, ['-f', '%M', 'true']).status === 0;

/** Throws with the program's own message if it fails. */
export async function measure(command: readonly string[], folder: string): Promise<Measurement> {
  const figures = join(folder, 'figures');
  const [program = '', ...args] = HAS_GNU_TIME ? [GNU_TIME, '-o', figures, '-f', '%U %S %M', ...command] : command;
  const started = performance.now();
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += String(chunk);
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${words.trim()}`);
  if (!HAS_GNU_TIME) return { seconds, cpuSeconds: undefined, peakMegabytes: undefined };
  const [user = 0, system = 0, kilobytes = 0] = (await readFile(figures, 'utf8')).trim().split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, peakMegabytes: kilobytes / 1024 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1, middle + 1);
  return (low + high) / 2;
}
