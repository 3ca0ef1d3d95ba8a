/** Shows progress: a bar on a terminal, otherwise a plain line every few seconds. */
import type { WriteStream } from 'node:tty';
import { cutToWidth } from '../core/displayWidth.js';
import { formatBytes, formatSeconds } from '../core/format.js';
import type { Progress } from '../core/ProgressMeter.js';
import { printable } from '../core/printable.js';
import { texts } from './texts.js';

const REDRAW_SECONDS = 0.1;
const PLAIN_SECONDS = 10;
const BAR_WIDTH = 24;

export class ProgressLine {
  readonly #stream: WriteStream;
  /** In seconds. `performance.now()` would load ten modules of Node. */
  readonly #started = process.uptime();
  #shown = process.uptime();
  #drawn = false;

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  readonly show = (progress: Progress): void => {
    const now = process.uptime();
    if (now - this.#shown < (this.#stream.isTTY ? REDRAW_SECONDS : PLAIN_SECONDS)) return;
    this.#shown = now;
    const text = this.#text(progress, now - this.#started);
    if (!this.#stream.isTTY) {
      this.#stream.write(`${text}\n`);
      return;
    }
    this.#stream.write(`\r\x1b[K${cutToWidth(text, this.#stream.columns - 1)}`);
    this.#drawn = true;
  };

  /** Clears the line. Can be called more than once. */
  end(): void {
    if (this.#drawn) this.#stream.write('\r\x1b[K');
    this.#drawn = false;
  }

  #text({ current, doneBytes, totalBytes }: Progress, seconds: number): string {
    if (!Number.isFinite(totalBytes)) return `${formatBytes(doneBytes)}  ${printable(current)}`;
    const share = totalBytes === 0 ? 1 : Math.min(1, doneBytes / totalBytes);
    const left = share > 0.02 ? formatSeconds(Math.ceil((seconds / share) * (1 - share))) : undefined;
    const done = { done: formatBytes(doneBytes), total: formatBytes(totalBytes) };
    const { of, ofWithLeft } = texts().progress;
    const amount = left === undefined ? of(done) : ofWithLeft({ ...done, left });
    const filled = Math.round(share * BAR_WIDTH);
    const bar = this.#stream.isTTY ? `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ` : '';
    return `${bar}${Math.floor(share * 100)} %  ${amount}  ${printable(current)}`;
  }
}
