/** The batch's end of a worker. A worker that dies takes nothing with it but the input it was at. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';
import { reasonOf } from '../core/systemErrors.js';
import type { FromWorker, Outcome, ToWorker, WorkerSettings } from './messages.js';
import type { NamedInput } from './outputNames.js';
import { WORKER_MARK } from './workerMark.js';

export interface WorkerProcessOptions {
  readonly settings: WorkerSettings;
  /** Bytes of memory after which it is killed. */
  readonly maxMemory: number;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
}

/** The worker is gone, and the input it was at is not done. */
export class WorkerDied extends Error {}

/** Put in place where everything is bundled: there, the program is its own worker. */
declare const WORKER_SCRIPT: string;
const SCRIPT = new URL(typeof WORKER_SCRIPT === 'undefined' ? 'worker.js' : WORKER_SCRIPT, import.meta.url);
/** What lies outside of JavaScript's heap: Node itself, buffers of files and zlib. */
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
        this.#died(signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`);
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
    this.#process.on('message', (message) => this.#hear(message as FromWorker));
    this.#tell({ type: 'settings', settings: options.settings });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Bytes, as last heard. */
  get memory(): number {
    return this.#memory;
  }

  /** One input at a time. Throws WorkerDied. */
  async run(input: NamedInput): Promise<Outcome> {
    const result = await new Promise<Outcome | WorkerDied>((resolve) => {
      this.#settle = resolve;
      if (this.#death !== undefined) this.#died(this.#death);
      this.#tell({ type: 'input', input });
    });
    if (result instanceof WorkerDied) throw result;
    return result;
  }

  /** Gives up the input it is at and clears up; a worker that does not hear is killed. */
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

  #hear(message: FromWorker): void {
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
        // One that was killed may still have had an outcome under way; its exit counts.
        if (this.#death === undefined) this.#finish(message.outcome);
        break;
    }
  }

  #killForMemory(): void {
    const [took, limit] = [this.#memory, this.#options.maxMemory].map((bytes) => Math.round(bytes / 2 ** 20));
    this.#death = `it took ${took} MB of memory and its share is ${limit} MB; raise --max-memory or lower --jobs`;
    this.#process.kill('SIGKILL');
  }

  #died(reason: string): void {
    this.#death ??= `${reason}${this.#lastWords()}`;
    this.#finish(new WorkerDied(this.#death));
  }

  /** The line in which Node or V8 says what was wrong. */
  #lastWords(): string {
    const lines = this.#stderr.split('\n').map((line) => line.trim());
    const line = lines.find((text) => /FATAL|Error/.test(text)) ?? lines.find((text) => text !== '');
    return line === undefined ? '' : `: ${line}`;
  }

  #finish(result: Outcome | WorkerDied): void {
    this.#settle?.(result);
    this.#settle = undefined;
  }

  #tell(message: ToWorker): void {
    // A closed channel means that it died; `exit` sees to that.
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }
}

function forkWorker(nodeOption: string): ChildProcess {
  const stdio: ['ignore', 'ignore', 'pipe', 'ipc'] = ['ignore', 'ignore', 'pipe', 'ipc'];
  const env = { ...process.env, [WORKER_MARK]: '1' };
  if (!isSea()) return fork(fileURLToPath(SCRIPT), [], { execArgv: [nodeOption], stdio, env });
  // A single executable is its own script, and takes options for Node from the environment alone.
  const nodeOptions = [process.env['NODE_OPTIONS'], nodeOption].join(' ').trim();
  return fork(process.execPath, [], { execArgv: [], stdio, env: { ...env, NODE_OPTIONS: nodeOptions } });
}
