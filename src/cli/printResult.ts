/** Prints a result for programs to standard output. */
import { OutputError } from '../core/errors.js';
import { reasonOf } from '../core/systemErrors.js';
import { texts } from './texts.js';

let printed = false;

/** Whether a result was printed since `forgetResult`. */
export const hasPrintedResult = (): boolean => printed;

export function forgetResult(): void {
  printed = false;
}

/** Resolves once the text is written; rejects if the reader is gone. */
export function printResult(text: string): Promise<void> {
  const { stdout } = process;
  printed = true;
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      stdout.off('error', settle).off('drain', settle);
      if (error === undefined) resolve();
      else reject(new OutputError(texts().mistakes.notPrinted({ reason: reasonOf(error) })));
    };
    stdout.on('error', settle).on('drain', settle);
    // Does not use write's own callback, because programs that wrap the stream, such as test runners, do not call it.
    if (stdout.write(text)) setImmediate(settle);
  });
}
