/**
 * For a promise that is awaited later: until then its failure must not count as unhandled, which would end the process.
 * Returns the promise; whoever awaits it gets the error.
 */
export function handledLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
