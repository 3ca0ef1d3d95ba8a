/** Shares a machine's cores, memory, open files and disk space out among the workers of a batch. */
import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { OutputError, UsageError } from '../core/errors.js';

export interface ResourceLimits {
  /** Inputs at once. Default: one a core. */
  readonly jobs?: number | undefined;
  /** Bytes of memory for the batch and its workers together. Default: three quarters of what there is. */
  readonly maxMemory?: number | undefined;
  /** Files of backups open at once, in all workers together. Default 1,024. */
  readonly maxOpen?: number | undefined;
}

export interface ResourcePlan {
  readonly jobs: number;
  /** Bytes of memory that one worker may take. */
  readonly workerMemory: number;
}

const MB = 2 ** 20;
/** Resident memory of the batch itself, its lists of inputs included. */
const OWN_MEMORY = 96 * MB;
/** What a worker takes for any one backup, rows of usual length provided. */
const LEAST_WORKER_MEMORY = 192 * MB;
/** Input, output and its SQL, lock, record, spool of long rows, folders being flushed: counted in the code. */
export const FILES_A_WORKER = 8;

/** Fewer jobs rather than workers that cannot live. Throws UsageError when not even one can. */
export function planResources(limits: ResourceLimits): ResourcePlan {
  const maxMemory = limits.maxMemory ?? availableMemory() * 0.75;
  const maxOpen = limits.maxOpen ?? 1_024;
  const byMemory = Math.floor((maxMemory - OWN_MEMORY) / LEAST_WORKER_MEMORY);
  const byFiles = Math.floor(maxOpen / FILES_A_WORKER);
  if (byMemory < 1 && limits.maxMemory !== undefined) {
    throw new UsageError(
      `--max-memory is too low: a batch needs ${(OWN_MEMORY + LEAST_WORKER_MEMORY) / MB}M at least.`,
    );
  }
  if (byFiles < 1) throw new UsageError(`--max-open is too low: a batch needs ${FILES_A_WORKER} at least.`);
  const jobs = Math.max(1, Math.min(limits.jobs ?? availableParallelism(), byMemory, byFiles));
  return { jobs, workerMemory: Math.max(LEAST_WORKER_MEMORY, Math.floor((maxMemory - OWN_MEMORY) / jobs)) };
}

/** In a container, what the container may take. */
function availableMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** Room besides the output itself: records, and what others write meanwhile. */
const SPARE = 64 * MB;

/** Knows what the outputs that are being written will still take. */
export class DiskSpace {
  readonly #folder: string;
  #promised = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Call what is returned when the output is written. Throws OutputError when an output like the input would not fit. */
  async reserve(path: string, bytes: number): Promise<() => void> {
    // Zip to zip, an output is about as large as its input; what was gzipped may come out as text.
    const needed = Math.ceil(bytes * (/\.gz$/i.test(path) ? 10 : 1.1));
    const { bavail, bsize } = await statfs(this.#folder);
    const free = bavail * bsize - this.#promised;
    if (free < needed + SPARE) {
      const [wants, has] = [needed + SPARE, Math.max(0, free)].map((amount) => Math.ceil(amount / MB));
      throw new OutputError(
        `Did not begin ${path}: its output needs about ${wants} MB, and ${this.#folder} has ${has} MB left. ` +
          'Free some space or choose another --out-dir, then run the batch again.',
      );
    }
    this.#promised += needed;
    return () => {
      this.#promised -= needed;
    };
  }
}
