/** Divides a machine's cores, memory, open files and disk space among the workers of a batch. */
import { statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { OutputError, UsageError } from '../core/errors.js';
import { outputError } from '../core/systemErrors.js';
import { texts } from './texts.js';

/** What a batch may use of its machine. */
export interface ResourceLimits {
  /** Concurrent inputs. Default: one per core. */
  readonly jobs?: number | undefined;
  /** Bytes of memory for the batch and its workers together. Default: three quarters of the available memory. */
  readonly maxMemory?: number | undefined;
  /** Backup files open at once, in all workers together. Default 1,024. */
  readonly maxOpen?: number | undefined;
}

export interface ResourcePlan {
  readonly jobs: number;
  /** Bytes of memory that one worker may use. */
  readonly workerMemory: number;
}

const MB = 2 ** 20;
/** Resident memory of the batch itself, including its lists of inputs. */
const OWN_MEMORY = 96 * MB;
/** What a worker needs for any backup with rows of usual length. */
const LEAST_WORKER_MEMORY = 192 * MB;
/** Input, output and its SQL, lock, record, spool of long rows, folders being flushed: counted in the code. */
export const FILES_A_WORKER = 8;

/** Reduces the number of jobs if memory or open files do not suffice. Throws UsageError if they do not suffice for one. */
export function planResources(limits: ResourceLimits): ResourcePlan {
  const maxMemory = limits.maxMemory ?? availableMemory() * 0.75;
  const maxOpen = limits.maxOpen ?? 1_024;
  const byMemory = Math.floor((maxMemory - OWN_MEMORY) / LEAST_WORKER_MEMORY);
  const byFiles = Math.floor(maxOpen / FILES_A_WORKER);
  if (byMemory < 1 && limits.maxMemory !== undefined) {
    throw new UsageError(texts().memoryTooLow({ megabytes: (OWN_MEMORY + LEAST_WORKER_MEMORY) / MB }));
  }
  if (byFiles < 1) throw new UsageError(texts().openTooLow({ files: FILES_A_WORKER }));
  const jobs = Math.max(1, Math.min(limits.jobs ?? availableParallelism(), byMemory, byFiles));
  return { jobs, workerMemory: Math.max(LEAST_WORKER_MEMORY, Math.floor((maxMemory - OWN_MEMORY) / jobs)) };
}

/** In a container, the container's limit. */
function availableMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** Room besides the outputs: records, and the writes of other programs. */
const SPARE = 64 * MB;

/** Tracks the space that the outputs in progress will still need. */
export class DiskSpace {
  readonly #folder: string;
  #promised = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Call the returned function once the output is written. Throws OutputError if an output as large as the input would not fit.
   */
  reserve(path: string, bytes: number): () => void {
    // From zip to zip, an output is about as large as its input; gzipped SQL may be written uncompressed.
    const needed = Math.ceil(bytes * (/\.gz$/i.test(path) ? 10 : 1.1));
    const { bavail, bsize } = statsOf(this.#folder);
    const free = bavail * bsize - this.#promised;
    if (free < needed + SPARE) {
      const [wanted = 0, left = 0] = [needed + SPARE, Math.max(0, free)].map((amount) => Math.ceil(amount / MB));
      throw new OutputError(texts().noSpace({ input: path, needed: wanted, folder: this.#folder, free: left }));
    }
    this.#promised += needed;
    return () => {
      this.#promised -= needed;
    };
  }
}

/** Throws OutputError if the folder is gone. */
function statsOf(folder: string): { bavail: number; bsize: number } {
  try {
    return statfsSync(folder);
  } catch (error) {
    throw outputError(folder, error);
  }
}
