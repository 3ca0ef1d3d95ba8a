/** Where the program starts. */
import { main } from './main.js';

// Every file is for its owner alone, temporary ones too.
process.umask(0o077);
process.exitCode = await main(process.argv.slice(2));
