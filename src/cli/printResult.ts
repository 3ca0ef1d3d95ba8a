/** Writes a result for programs to standard output. */
import { OutputError } from '../core/errors.js';
import { reasonOf } from '../core/systemErrors.js';

let printed = false;

/** Whether a result went to standard output since `forgetResult`. */
export const hasPrintedResult = (): boolean => printed;

export function forgetResult(): void {
  printed = false;
}

/** Resolves once the text is handed over; rejects when nobody takes it. */
export function printResult(text: string): Promise<void> {
  const { stdout } = process;
  printed = true;
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      stdout.off('error', settle).off('drain', settle);
      if (error === undefined) resolve();
      else reject(new OutputError(`Cannot write the report to standard output: ${reasonOf(error)}. The rest is done.`));
    };
    stdout.on('error', settle).on('drain', settle);
    // Not write's own callback: programs that wrap the stream, such as test runners, do not call it.
    if (stdout.write(text)) setImmediate(settle);
  });
}
