/** Upgrades every input of a batch in workers, and continues after failures. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserFacingError } from '../core/errors.js';
import type { BatchResult } from '../reports/BatchReport.js';
import type { BatchState } from './BatchState.js';
import type { Outcome, WorkerSettings } from './messages.js';
import type { NamedInput } from './outputNames.js';
import { DiskSpace, type ResourcePlan } from './resources.js';
import { resultWithoutOutput } from './results.js';
import { texts } from './texts.js';
import { WorkerDied, WorkerProcess } from './WorkerProcess.js';

/** The events of a batch. Workers count from 0. */
export type BatchEvent =
  | { readonly type: 'planned'; readonly inputs: number; readonly bytes: number; readonly workers: number }
  | { readonly type: 'begun'; readonly worker: number; readonly input: string }
  | { readonly type: 'progress'; readonly worker: number; readonly doneBytes: number; readonly totalBytes: number }
  /** The input is tried once more, in a new worker. */
  | { readonly type: 'worker died'; readonly worker: number; readonly input: string; readonly reason: string }
  /** Another batch is working on the input; it is tried again later. */
  | { readonly type: 'waiting'; readonly worker: number; readonly input: string }
  | { readonly type: 'finished'; readonly worker: number; readonly result: BatchResult };

export interface RunInputsOptions {
  readonly state: BatchState;
  readonly settings: WorkerSettings;
  readonly plan: ResourcePlan;
  readonly failFast: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: BatchEvent) => void;
}

/** A worker that has grown beyond this share is replaced between two inputs, when no input is interrupted. */
const RENEW_SHARE = 0.75;
const LOCK_RETRY_MS = 500;

/** Results are in no particular order. Rejects only if the signal is aborted. */
export async function runInputs(inputs: readonly NamedInput[], options: RunInputsOptions): Promise<BatchResult[]> {
  const run = new Run(inputs, options);
  const workers = Array.from({ length: Math.min(options.plan.jobs, inputs.length) }, (_, index) => run.work(index));
  await Promise.all(workers);
  options.signal?.throwIfAborted();
  return run.results();
}

class Run {
  readonly #options: RunInputsOptions;
  /** Largest first, so that the last inputs are small and end at about the same time. */
  readonly #queue: NamedInput[];
  /** Inputs that another batch is working on, and when to try them again. */
  readonly #locked: { readonly input: NamedInput; readonly retryAt: number }[] = [];
  readonly #results: BatchResult[] = [];
  readonly #disk: DiskSpace;
  #stopped = false;

  constructor(inputs: readonly NamedInput[], options: RunInputsOptions) {
    this.#options = options;
    this.#queue = [...inputs].sort((a, b) => a.bytes - b.bytes);
    this.#disk = new DiskSpace(options.state.outDir);
  }

  results(): BatchResult[] {
    return [
      ...this.#results,
      ...[...this.#queue, ...this.#locked.map(({ input }) => input)].map((input) => resultWithoutOutput(input, null)),
    ];
  }

  /** One job slot: a worker, and its replacements. */
  async work(index: number): Promise<void> {
    const place = new WorkPlace(index, this.#options);
    try {
      for (let input = await this.#next(); input !== undefined; input = await this.#next()) {
        this.#options.onEvent({ type: 'begun', worker: index, input: input.path });
        this.#finish(index, input, await this.#upgrade(input, place));
      }
    } finally {
      await place.close();
    }
  }

  async #next(): Promise<NamedInput | undefined> {
    if (this.#ended) return undefined;
    const input = this.#queue.pop();
    if (input !== undefined) return input;
    const locked = this.#locked.shift();
    if (locked === undefined) return undefined;
    await sleep(Math.max(locked.retryAt - performance.now(), 0));
    if (!this.#ended) return locked.input;
    this.#locked.push(locked);
    return undefined;
  }

  get #ended(): boolean {
    return this.#stopped || this.#options.signal?.aborted === true;
  }

  async #upgrade(input: NamedInput, place: WorkPlace): Promise<Outcome> {
    try {
      const release = this.#disk.reserve(input.path, input.bytes);
      try {
        return await place.upgrade(input);
      } finally {
        release();
      }
    } catch (error) {
      if (!(error instanceof UserFacingError)) throw error;
      return { status: 'failed', failure: { kind: error.name, message: error.message }, seconds: 0 };
    }
  }

  #finish(worker: number, input: NamedInput, outcome: Outcome): void {
    if (outcome.status === 'aborted') return;
    if (outcome.status === 'locked') {
      this.#locked.push({ input, retryAt: performance.now() + LOCK_RETRY_MS });
      this.#options.onEvent({ type: 'waiting', worker, input: input.path });
      return;
    }
    const result = resultOf(input, outcome);
    this.#results.push(result);
    if (result.status === 'failed' && this.#options.failFast) this.#stopped = true;
    this.#options.onEvent({ type: 'finished', worker, result });
  }
}

class WorkPlace {
  readonly #index: number;
  readonly #options: RunInputsOptions;
  readonly #abort = (): void => this.#worker?.abort();
  #worker: WorkerProcess | undefined;

  constructor(index: number, options: RunInputsOptions) {
    this.#index = index;
    this.#options = options;
    options.signal?.addEventListener('abort', this.#abort);
  }

  /** Tries an input once more if its worker dies. */
  async upgrade(input: NamedInput): Promise<Outcome> {
    const { state, onEvent, signal } = this.#options;
    let reason = '';
    for (let tries = 0; tries < 2; tries++) {
      if (signal?.aborted) return { status: 'aborted' };
      try {
        return await this.#run(input);
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
        reason = error.message;
        await this.#end();
        // Removes partial output, even after the last attempt.
        (await state.lock(input.output))?.release();
        onEvent({ type: 'worker died', worker: this.#index, input: input.path, reason });
      }
    }
    const message = texts().workers.diedTwice({ input: input.path, reason });
    return { status: 'failed', failure: { kind: 'WorkerDied', message }, seconds: 0 };
  }

  async #run(input: NamedInput): Promise<Outcome> {
    const { plan, settings, onEvent } = this.#options;
    const worker = this.#index;
    this.#worker ??= new WorkerProcess({
      settings,
      maxMemory: plan.workerMemory,
      onProgress: (doneBytes, totalBytes) => onEvent({ type: 'progress', worker, doneBytes, totalBytes }),
    });
    const outcome = await this.#worker.run({ ...input, path: resolve(input.path) });
    if (this.#worker.memory > plan.workerMemory * RENEW_SHARE) await this.#end();
    return outcome;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.end();
  }

  async close(): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#abort);
    await this.#end();
  }
}

function resultOf(
  input: NamedInput,
  outcome: Extract<Outcome, { status: 'upgraded' | 'kept' | 'failed' }>,
): BatchResult {
  if (outcome.status === 'failed') return resultWithoutOutput(input, outcome.failure, outcome.seconds);
  const { record, status } = outcome;
  return {
    input: input.path,
    output: input.output,
    status,
    summary: record.summary,
    inputBytes: record.input.bytes,
    inputSha256: record.input.sha256,
    files: record.files,
    seconds: record.seconds,
    failure: null,
  };
}
