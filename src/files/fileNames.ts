/** Derives names from other names, within the length limit of file systems. */
import { createHash, randomBytes } from 'node:crypto';
import { basename } from 'node:path';

/** The longest name on common file systems, in bytes. */
const MAX_NAME_BYTES = 255;
/** `.0123456789ab.part` */
const TEMPORARY_ENDING = /\.[0-9a-f]{12}\.part$/;

/** A new temporary name beside `path`, for a file that is renamed to `path` once it is whole. */
export function temporaryPathOf(path: string): string {
  const ending = `.${randomBytes(6).toString('hex')}.part`;
  return withName(path, `.${shorten(basename(path), Buffer.byteLength(ending) + 1)}${ending}`);
}

/** Whether `name` is a temporary name for the final name `wanted`. */
export function isTemporaryNameOf(name: string, wanted: string): boolean {
  const [ending] = TEMPORARY_ENDING.exec(name) ?? [];
  if (ending === undefined) return false;
  return name === `.${shorten(wanted, Buffer.byteLength(ending) + 1)}${ending}`;
}

/** Appends `ending` to `path`; a name that would be too long is shortened, always in the same way. */
export const pathWithEnding = (path: string, ending: string): string =>
  withName(path, `${shorten(basename(path), Buffer.byteLength(ending))}${ending}`);

/** Keeps the folder as written: `./a` stays in `./`. */
const withName = (path: string, name: string): string => path.slice(0, path.length - basename(path).length) + name;

/** Leaves room for this many bytes. Replaces the removed part by a checksum of the whole name. */
function shorten(name: string, room: number): string {
  if (Buffer.byteLength(name) + room <= MAX_NAME_BYTES) return name;
  const mark = `~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  let end = name.length;
  while (Buffer.byteLength(name.slice(0, end)) + mark.length + room > MAX_NAME_BYTES) end--;
  // Do not split a surrogate pair.
  if (/[\ud800-\udbff]$/.test(name.slice(0, end))) end--;
  return `${name.slice(0, end)}${mark}`;
}
