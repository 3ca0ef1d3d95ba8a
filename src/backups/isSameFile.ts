/** Tells whether two paths lead to one file, by whatever name or link. */
import { stat } from 'node:fs/promises';

/** False when one of them does not exist. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all([a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return x !== undefined && y !== undefined && x.dev === y.dev && x.ino === y.ino;
}
