/** Shows the progress of a batch: bars for the whole and for each worker on a terminal, otherwise one line per input. */

import { basename } from 'node:path';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { BatchEvent } from '../batch/runInputs.js';
import { formatBytes, formatCount, formatSeconds, plural } from '../core/format.js';
import { printable } from '../core/printable.js';
import type { BatchResult } from '../reports/BatchReport.js';

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
        this.#line(`${printable(event.input)}: its worker died: ${printable(event.reason)}; trying once more`);
        break;
      case 'waiting':
        this.#bars?.workers[event.worker]?.update(0, { input: 'waiting for another batch' });
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
    return {
      rate: `${(this.#done / seconds).toFixed(1)} a second, ${formatBytes(Math.round(this.#doneBytes / seconds))}/s`,
      left: left === 0 ? '' : `, ${formatSeconds(left)} left`,
      failures: failed === 0 ? '' : styleText('red', `, ${failed} failed`, { stream: this.#stream }),
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
    this.#stream.write(
      `${formatCount(this.#done)} of ${plural(this.#inputs, 'input')} done. Run the same command again to continue: what is done is kept.\n`,
    );
  }
}

function describe({ input, status, summary, files, seconds, failure }: BatchResult): string {
  const name = printable(input);
  if (failure !== null) return `failed    ${name}: ${printable(failure.message)}`;
  if (summary === null) return `${status} ${name}`;
  const { gogsVersion, form, target, isAtTarget, rowsOut, ready, findings } = summary;
  const from = gogsVersion ?? form;
  const change = isAtTarget ? `already ${target}` : `${from} → ${target}`;
  const noticed = findings.length === 0 ? '' : `, ${plural(findings.length, 'finding')}`;
  const hand = ready ? '' : '; needs a hand';
  const size = formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0));
  return `${status.padEnd(9)} ${name}: ${change}, ${plural(rowsOut, 'row')}${noticed}, ${size}, ${formatSeconds(seconds)}${hand}`;
}

const percent = (done: number, total: number): number =>
  total === 0 ? 100 : Math.floor(Math.min(1, done / total) * 100);
