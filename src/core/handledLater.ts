/**
 * Marks the failure of a promise as handled until it is awaited later; otherwise it would end the process as an unhandled
 * rejection. Returns the promise; the caller that awaits it gets the error.
 */
export function handledLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
