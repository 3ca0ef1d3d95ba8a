/** Shows the progress of a batch: bars for the whole and for each worker on a terminal, otherwise one line per input. */

import { basename } from 'node:path';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { BatchEvent } from '../batch/runInputs.js';
import { displayWidth, padEnd } from '../core/displayWidth.js';
import { formatBytes, formatSeconds } from '../core/format.js';
import { printable } from '../core/printable.js';
import { formName } from '../core/SourceForm.js';
import type { BatchResult } from '../reports/BatchReport.js';
import { texts } from './texts.js';

const WHOLE_FORMAT = '{bar} {value}/{total}  {rate}{left}{failures}';
const WORKER_FORMAT = '{bar} {percentage} %  {input}';

export class BatchProgress {
  readonly #stream: WriteStream;
  readonly #started = performance.now();
  #bars: { readonly all: MultiBar; readonly whole: SingleBar; readonly workers: SingleBar[] } | undefined;
  #inputs = 0;
  #bytes = 0;
  #done = 0;
  #doneBytes = 0;
  readonly #failures: string[] = [];

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  readonly show = (event: BatchEvent): void => {
    switch (event.type) {
      case 'planned':
        this.#plan(event);
        break;
      case 'begun':
        this.#bars?.workers[event.worker]?.update(0, { input: printable(basename(event.input)) });
        break;
      case 'progress':
        this.#bars?.workers[event.worker]?.update(percent(event.doneBytes, event.totalBytes));
        break;
      case 'worker died':
        this.#line(texts().progress.workerDied({ input: printable(event.input), reason: printable(event.reason) }));
        break;
      case 'waiting':
        this.#bars?.workers[event.worker]?.update(0, { input: texts().progress.waiting });
        break;
      case 'finished':
        this.#finish(event.result, event.worker);
        break;
    }
  };

  #plan({ inputs, bytes, workers }: Extract<BatchEvent, { type: 'planned' }>): void {
    this.#inputs = inputs;
    this.#bytes = bytes;
    if (!this.#stream.isTTY) return;
    const all = new MultiBar({
      stream: this.#stream,
      fps: 8,
      barsize: 24,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      format: WHOLE_FORMAT,
      clearOnComplete: true,
      hideCursor: true,
      linewrap: false,
      emptyOnZero: true,
    });
    const whole = all.create(inputs, 0, { rate: '', left: '', failures: '' });
    const create = (): SingleBar => all.create(100, 0, { input: '' }, { format: WORKER_FORMAT });
    this.#bars = { all, whole, workers: Array.from({ length: workers }, create) };
  }

  #finish(result: BatchResult, worker: number): void {
    this.#done++;
    this.#doneBytes += result.inputBytes;
    const text = describe(result);
    if (result.status === 'failed') {
      this.#failures.push(text);
      this.#line(text);
    } else if (this.#bars === undefined) {
      this.#line(text);
    }
    this.#bars?.workers[worker]?.update(100);
    this.#bars?.whole.update(this.#done, this.#pace());
  }

  #pace(): { rate: string; left: string; failures: string } {
    const seconds = (performance.now() - this.#started) / 1000;
    const share = this.#bytes === 0 ? this.#done / this.#inputs : this.#doneBytes / this.#bytes;
    const left = share === 0 ? 0 : Math.ceil((seconds / share) * Math.max(0, 1 - share));
    const failed = this.#failures.length;
    const { progress } = texts();
    const bytes = formatBytes(Math.round(this.#doneBytes / seconds));
    return {
      rate: progress.rate({ inputs: (this.#done / seconds).toFixed(1), bytes }),
      left: left === 0 ? '' : progress.left({ time: formatSeconds(left) }),
      failures: failed === 0 ? '' : styleText('red', progress.failures({ count: failed }), { stream: this.#stream }),
    };
  }

  #line(text: string): void {
    if (this.#bars === undefined) this.#stream.write(`${text}\n`);
    else this.#bars.all.log(`${text}\n`);
  }

  /** Removes the bars. Can be called more than once. */
  stop(): void {
    this.#bars?.all.stop();
    this.#bars = undefined;
  }

  /** Reports how far an interrupted batch got, and how to continue. */
  interrupted(): void {
    this.stop();
    if (this.#inputs === 0) return;
    this.#stream.write(`${texts().progress.doneSoFar({ done: this.#done, inputs: this.#inputs })}\n`);
  }
}

function describe({ input, status, summary, files, seconds, failure }: BatchResult): string {
  const { progress } = texts();
  const width = Math.max(...(['upgraded', 'kept', 'failed'] as const).map((name) => displayWidth(progress[name])));
  const label = padEnd(progress[status], width + 1);
  const name = printable(input);
  if (failure !== null) return `${label} ${progress.failure({ input: name, message: printable(failure.message) })}`;
  if (summary === null) return `${label} ${name}`;
  const { gogsVersion, form, target, isAtTarget, rowsOut: rows, ready, findings } = summary;
  const line = {
    input: name,
    change: isAtTarget ? progress.alreadyAt({ release: target }) : `${gogsVersion ?? formName(form)} → ${target}`,
    rows,
    size: formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0)),
    time: formatSeconds(seconds),
  };
  const text =
    findings.length === 0 ? progress.input(line) : progress.inputWithFindings({ ...line, findings: findings.length });
  return `${label} ${ready ? text : progress.needsHand({ line: text })}`;
}

const percent = (done: number, total: number): number =>
  total === 0 ? 100 : Math.floor(Math.min(1, done / total) * 100);
