/** Tells a running process from one that is gone, even if its id has been reused since. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../core/systemErrors.js';

export interface ProcessIdentity {
  /** Where the process id is valid: the machine since its last boot, and on Linux the container. */
  readonly host: string;
  readonly pid: number;
  /** When it started, in the system's own units; empty if the system does not tell. */
  readonly started: string;
}

export function ownIdentity(): ProcessIdentity {
  return { host: hostIdentity(), pid: process.pid, started: processState(process.pid)?.started ?? '' };
}

/** Undefined if unknown, because the process belongs to another machine or container. */
export function isRunning({ host, pid, started }: ProcessIdentity): boolean | undefined {
  if (host !== hostIdentity()) return undefined;
  const state = processState(pid);
  if (state !== undefined) return state.started === started && !state.isZombie;
  // Without /proc, or if the process is not listed there.
  return process.platform !== 'linux' && answers(pid);
}

let cachedHost: string | undefined;

function hostIdentity(): string {
  cachedHost ??= [hostname(), read('/proc/sys/kernel/random/boot_id'), readLink('/proc/self/ns/pid')].join(' ').trim();
  return cachedHost;
}

/** proc(5): fields 3 (state) and 22 (start time in ticks since boot), after the name in parentheses. */
function processState(pid: number): { started: string; isZombie: boolean } | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === '') return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { started: fields[19] ?? '', isZombie: fields[0] === 'Z' || fields[0] === 'X' };
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
