/**
 * What an error of Node's own modules says. Tells by properties, not by class: where modules run in a context of their own,
 * as under jest, Node's errors are of another class of the same name.
 */

/** `ENOENT`, `Z_DATA_ERROR` and so on; undefined for an error without a code. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = isObject(error) && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function errorMessage(error: unknown): string {
  return isObject(error) && 'message' in error ? String(error.message) : String(error);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
