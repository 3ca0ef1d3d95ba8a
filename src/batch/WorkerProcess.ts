/** The batch's side of a worker process. If a worker dies, only its current input is affected. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';
import { reasonOf } from '../core/systemErrors.js';
import type { FromWorker, Outcome, ToWorker, WorkerSettings } from './messages.js';
import type { NamedInput } from './outputNames.js';
import { texts } from './texts.js';
import { WORKER_MARK } from './workerMark.js';

export interface WorkerProcessOptions {
  readonly settings: WorkerSettings;
  /** Memory limit in bytes; a worker that exceeds it is killed. */
  readonly maxMemory: number;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
}

/** The worker died before it finished its input. */
export class WorkerDied extends Error {}

/** Replaced by the bundler: the bundled program is its own worker. */
declare const WORKER_SCRIPT: string;
const SCRIPT = new URL(typeof WORKER_SCRIPT === 'undefined' ? 'worker.js' : WORKER_SCRIPT, import.meta.url);
/** The share of JavaScript's heap; the rest is for Node itself and the buffers of files and zlib. */
const HEAP_SHARE = 0.5;
const STDERR_KEPT = 2_000;
const ABORT_MS = 10_000;

export class WorkerProcess {
  readonly #process: ChildProcess;
  readonly #options: WorkerProcessOptions;
  readonly #exited: Promise<void>;
  #settle: ((result: Outcome | WorkerDied) => void) | undefined;
  #stderr = '';
  #death: string | undefined;
  #memory = 0;

  constructor(options: WorkerProcessOptions) {
    this.#options = options;
    const heap = Math.max(64, Math.floor((options.maxMemory * HEAP_SHARE) / 2 ** 20));
    this.#process = forkWorker(`--max-old-space-size=${heap}`);
    this.#exited = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        this.#died(
          signal === null ? texts().workers.exited({ code: String(code) }) : texts().workers.signalled({ signal }),
        );
        resolve();
      });
      this.#process.once('error', (error) => {
        this.#died(reasonOf(error));
        resolve();
      });
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    this.#process.on('message', (message) => this.#handleMessage(message as FromWorker));
    this.#tell({ type: 'settings', settings: options.settings });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Bytes, as last reported. */
  get memory(): number {
    return this.#memory;
  }

  /** Runs one input at a time. Throws WorkerDied. */
  async run(input: NamedInput): Promise<Outcome> {
    const result = await new Promise<Outcome | WorkerDied>((resolve) => {
      this.#settle = resolve;
      if (this.#death !== undefined) this.#died(this.#death);
      this.#tell({ type: 'input', input });
    });
    if (result instanceof WorkerDied) throw result;
    return result;
  }

  /** Aborts the current input and cleans up; a worker that does not respond is killed. */
  abort(): void {
    this.#tell({ type: 'abort' });
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), ABORT_MS);
    void this.#exited.then(() => clearTimeout(timer));
  }

  async end(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    await this.#exited;
    if (this.#process.stderr?.readableEnded === false) await once(this.#process.stderr, 'close');
  }

  #handleMessage(message: FromWorker): void {
    switch (message.type) {
      case 'progress':
        this.#options.onProgress(message.doneBytes, message.totalBytes);
        break;
      case 'memory':
        this.#memory = message.bytes;
        if (message.bytes > this.#options.maxMemory) this.#killForMemory();
        break;
      case 'outcome':
        this.#memory = message.memory;
        // A killed worker may have an outcome in transit; its exit takes precedence.
        if (this.#death === undefined) this.#finish(message.outcome);
        break;
    }
  }

  #killForMemory(): void {
    const [used = 0, share = 0] = [this.#memory, this.#options.maxMemory].map((bytes) => Math.round(bytes / 2 ** 20));
    this.#death = texts().workers.tooMuchMemory({ used, share });
    this.#process.kill('SIGKILL');
  }

  #died(reason: string): void {
    this.#death ??= this.#withLastWords(reason);
    this.#finish(new WorkerDied(this.#death));
  }

  /** The line in which Node or V8 reported the cause. */
  #withLastWords(reason: string): string {
    const lines = this.#stderr.split('\n').map((line) => line.trim());
    const line = lines.find((text) => /FATAL|Error/.test(text)) ?? lines.find((text) => text !== '');
    return line === undefined ? reason : texts().workers.lastWords({ reason, line });
  }

  #finish(result: Outcome | WorkerDied): void {
    this.#settle?.(result);
    this.#settle = undefined;
  }

  #tell(message: ToWorker): void {
    // A closed channel means that it died, which the `exit` event handles.
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }
}

function forkWorker(nodeOption: string): ChildProcess {
  const stdio: ['ignore', 'ignore', 'pipe', 'ipc'] = ['ignore', 'ignore', 'pipe', 'ipc'];
  const env = { ...process.env, [WORKER_MARK]: '1' };
  if (!isSea()) return fork(fileURLToPath(SCRIPT), [], { execArgv: [nodeOption], stdio, env });
  // A single executable starts itself, and accepts Node options only from the environment.
  const nodeOptions = [process.env['NODE_OPTIONS'], nodeOption].join(' ').trim();
  return fork(process.execPath, [], { execArgv: [], stdio, env: { ...env, NODE_OPTIONS: nodeOptions } });
}
