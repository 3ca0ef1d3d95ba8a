/** A worker of a batch in its own process: upgrades one input after the other, and ends with the batch. */

import { setLanguage } from '../core/language.js';
import { BatchState } from './BatchState.js';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.js';
import { upgradeInput } from './upgradeInput.js';

const REPORT_MS = 200;
/** Time to clean up after the batch is gone. */
const LAST_MS = 5_000;

const stop = new AbortController();
let settings: (WorkerSettings & { readonly state: Promise<BatchState> }) | undefined;
let working = false;
let lastReport = Number.NEGATIVE_INFINITY;

process.on('message', (message: ToWorker) => {
  if (message.type === 'settings') {
    // Messages then name outputs relative to the output folder, which may later be moved.
    process.chdir(message.settings.outDir);
    setLanguage(message.settings.language);
    settings = { ...message.settings, state: BatchState.open('.', message.settings.tempdir) };
  }
  if (message.type === 'abort') stop.abort();
  if (message.type === 'input') void work(message.input);
});

// Also if the batch was killed: nothing must continue unnoticed.
process.on('disconnect', () => {
  stop.abort();
  if (!working) process.exit();
  setTimeout(() => process.exit(1), LAST_MS);
});

// A terminal sends these signals to the whole process group; the batch decides when to stop.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => undefined);

const reportMemory = (): void => send({ type: 'memory', bytes: process.memoryUsage.rss() });
setInterval(reportMemory, REPORT_MS).unref();

async function work(input: Extract<ToWorker, { type: 'input' }>['input']): Promise<void> {
  if (settings === undefined) throw new Error('an input came before the settings');
  working = true;
  // A small input may be done before the first tick.
  reportMemory();
  const { state, force, upgrade } = settings;
  const outcome = await upgradeInput(input, {
    state: await state,
    force,
    upgrade,
    signal: stop.signal,
    onProgress: ({ doneBytes, totalBytes }) => {
      if (!Number.isFinite(totalBytes)) return;
      const now = performance.now();
      if (now - lastReport < REPORT_MS) return;
      lastReport = now;
      send({ type: 'progress', doneBytes, totalBytes });
    },
  });
  working = false;
  if (!process.connected) process.exit();
  send({ type: 'outcome', outcome, memory: process.memoryUsage.rss() });
}

function send(message: FromWorker): void {
  // The channel may close between check and send; `disconnect` handles that.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
