/** Runs before every test file. */
import { pathToFileURL } from 'node:url';
import { setLanguage } from '../../src/core/language.js';
import { PROGRAM } from './fixtures.js';
import { reuseWorkers } from './reuseWorkers.js';

// The modules of the program stay loaded, so that the last file may have left another.
setLanguage('en');

// Batches start the bundle as their workers, as in the published program.
Object.assign(globalThis, { WORKER_SCRIPT: pathToFileURL(PROGRAM).href });
reuseWorkers();
