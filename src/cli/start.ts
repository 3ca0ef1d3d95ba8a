/** Where the program starts; and, as WorkerProcess starts it, a worker of a batch. */
import { WORKER_MARK } from '../batch/workerMark.js';

// Every file is for its owner alone, temporary ones too.
process.umask(0o077);

if (process.connected && process.env[WORKER_MARK] !== undefined) {
  void import('../batch/worker.js');
} else {
  void import('./main.js').then(async ({ main }) => {
    process.exitCode = await main(process.argv.slice(2));
  });
}
