/** The entry point of the program and, when started by WorkerProcess, of a batch worker. */
import { readFileSync } from 'node:fs';
import { systemLanguage } from './systemLanguage.js';

// Every file, even a temporary one, is readable only by its owner.
process.umask(0o077);

/** Not in a catalogue, because no catalogue can be loaded if files cannot be opened. */
const CANNOT_START = {
  en: 'error: Cannot start: this process may not open enough files. Allow more: `ulimit -n 256`.',
  zh: '错误：无法启动：此进程允许打开的文件太少。请允许更多：`ulimit -n 256`。',
};

void start();

async function start(): Promise<void> {
  try {
    await loadOneByOne();
    if (process.connected && (await isWorker())) {
      await import('../batch/worker.js');
    } else {
      const { main } = await import('./main.js');
      process.exitCode = await main(process.argv.slice(2), systemLanguage());
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EMFILE')) throw error;
    process.stderr.write(`${CANNOT_START[systemLanguage()]}\n`);
    process.exitCode = 6;
  }
}

/** Loads the name on demand: with a limit of 19 files, a module can import one other at a time. */
async function isWorker(): Promise<boolean> {
  const { WORKER_MARK } = await import('../batch/workerMark.js');
  return process.env[WORKER_MARK] !== undefined;
}

/**
 * If a process may open only a few files, Node must not open all files of the bundle at once: see packaging/writeLoadOrder.ts.
 */
async function loadOneByOne(): Promise<void> {
  if (mostOpenFiles() > 256) return;
  for (const file of loadOrder()) await import(new URL(file, import.meta.url).href);
}

function mostOpenFiles(): number {
  try {
    const [, limit] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Replaced by the bundler if the program consists of many files. */
declare const LOAD_ORDER: string;

function loadOrder(): string[] {
  if (typeof LOAD_ORDER === 'undefined') return [];
  return JSON.parse(readFileSync(new URL(LOAD_ORDER, import.meta.url), 'utf8')) as string[];
}
