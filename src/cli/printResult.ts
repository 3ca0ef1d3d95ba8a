/** Writes a result for programs to standard output. */
import { OutputError } from '../errors.js';

/** Resolves once the text is handed over; rejects when nobody takes it. */
export function printResult(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error)
        reject(new OutputError(`Cannot write the report to standard output: ${error.message}. The rest is done.`));
      else resolve();
    });
  });
}
