/** The entry point of the program and, when started by WorkerProcess, of a batch worker. */
import { WORKER_MARK } from '../batch/workerMark.js';

// Every file, even a temporary one, is readable only by its owner.
process.umask(0o077);

if (process.connected && process.env[WORKER_MARK] !== undefined) {
  void import('../batch/worker.js');
} else {
  void import('./main.js').then(async ({ main }) => {
    process.exitCode = await main(process.argv.slice(2));
  });
}
