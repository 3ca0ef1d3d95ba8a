/**
 * Lets the batches of a test file share their worker processes, because starting one takes ten times as long as upgrading a small
 * backup. A worker accepts new settings at any time; one that was told to abort, or has died, is not used again.
 */
import childProcess, { type ChildProcess, type ForkOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll } from '@jest/globals';
import { BASELINE_WASM } from './fixtures.js';

const { fork } = childProcess;
const idle: ChildProcess[] = [];

/** A worker process for the duration of one batch. */
class Worker extends EventEmitter {
  /** Does not end with the batch. */
  readonly stderr = null;
  #process: ChildProcess | undefined;
  #isReusable = true;

  constructor(worker: ChildProcess) {
    super();
    this.#process = worker;
    for (const event of ['message', 'exit', 'error']) {
      worker.removeAllListeners(event).on(event, (...values) => {
        if (event !== 'message') this.#process = undefined;
        this.emit(event, ...values);
      });
    }
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get connected(): boolean {
    return this.#process?.connected === true;
  }

  send(message: { type: string }, callback: () => void): void {
    if (message.type === 'abort') this.#isReusable = false;
    this.#process?.send(message, callback);
  }

  kill(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  disconnect(): void {
    const worker = this.#process;
    if (worker === undefined) return;
    if (!this.#isReusable) {
      worker.disconnect();
      return;
    }
    this.#process = undefined;
    // A dead one leaves the list.
    worker.removeAllListeners('exit').once('exit', () => idle.splice(idle.indexOf(worker), 1));
    idle.push(worker);
    this.emit('exit', 0, null);
  }
}

function reuse(script: string, args: readonly string[], options: ForkOptions): Worker {
  const worker = idle.pop();
  if (worker !== undefined) return new Worker(worker);
  const started = fork(script, args, {
    ...options,
    execArgv: [...(options.execArgv ?? []), BASELINE_WASM],
  });
  started.stderr?.resume();
  return new Worker(started);
}

export function reuseWorkers(): void {
  forkWith(reuse);
  afterAll(() => {
    forkWith(fork);
    for (const worker of idle) worker.disconnect();
  });
}

/** Also for modules that have imported it already. */
function forkWith(start: unknown): void {
  Object.assign(childProcess, { fork: start });
  syncBuiltinESMExports();
}
