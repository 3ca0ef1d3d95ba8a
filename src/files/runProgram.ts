/** Runs another program and keeps its output in a file. */
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { outputError } from '../core/systemErrors.js';

/** Why a program failed: it is not installed, or what it wrote to standard error. */
export type ProgramProblem = { readonly installed: false } | { readonly installed: true; readonly complaint: string };

/** Standard output goes to a new file at `target` that only the owner can read. */
export async function runProgram(
  program: string,
  args: readonly string[],
  target: string,
  signal: AbortSignal | undefined,
): Promise<ProgramProblem | undefined> {
  const file = await open(target, 'wx', 0o600).catch((error: unknown) => {
    throw outputError(target, error);
  });
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: process.env,
    ...(signal === undefined ? {} : { signal }),
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(0, 1000);
  });
  const ended = new Promise<number | null | Error>((resolve) => {
    child.on('error', resolve).on('close', resolve);
  });
  await pipeline(child.stdout, file.createWriteStream()).catch((error: unknown) => {
    child.kill();
    throw outputError(target, error);
  });
  const end = await ended;
  signal?.throwIfAborted();
  if (end instanceof Error || (typeof end === 'object' && end !== null)) return { installed: false };
  return end === 0 ? undefined : { installed: true, complaint: complaint.trim().split('\n')[0] ?? '' };
}
