/** Names that are made from other names, and still fit where those do. */
import { createHash, randomBytes } from 'node:crypto';
import { basename } from 'node:path';

/** Bytes that a name may take on the usual file systems. */
const MAX_NAME_BYTES = 255;
/** `.0123456789ab.part` */
const TEMPORARY_ENDING = /\.[0-9a-f]{12}\.part$/;

/** A new name, beside `path`, for what will get that name once it is whole. */
export function temporaryPathOf(path: string): string {
  const ending = `.${randomBytes(6).toString('hex')}.part`;
  return withName(path, `.${shorten(basename(path), Buffer.byteLength(ending) + 1)}${ending}`);
}

/** Whether `name` is a temporary one that stands for the final name `wanted`. */
export function isTemporaryNameOf(name: string, wanted: string): boolean {
  const [ending] = TEMPORARY_ENDING.exec(name) ?? [];
  if (ending === undefined) return false;
  return name === `.${shorten(wanted, Buffer.byteLength(ending) + 1)}${ending}`;
}

/** `path` with `ending` behind it; a name that would get too long is shortened, always in the same way. */
export const pathWithEnding = (path: string, ending: string): string =>
  withName(path, `${shorten(basename(path), Buffer.byteLength(ending))}${ending}`);

/** Keeps the folder as it is written: `./a` stays in `./`. */
const withName = (path: string, name: string): string => path.slice(0, path.length - basename(path).length) + name;

/** Leaves room for so many bytes. What is cut off is replaced by a checksum of the whole name. */
function shorten(name: string, room: number): string {
  if (Buffer.byteLength(name) + room <= MAX_NAME_BYTES) return name;
  const mark = `~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  let end = name.length;
  while (Buffer.byteLength(name.slice(0, end)) + mark.length + room > MAX_NAME_BYTES) end--;
  // Not in the middle of a character that takes two units.
  if (/[\ud800-\udbff]$/.test(name.slice(0, end))) end--;
  return `${name.slice(0, end)}${mark}`;
}
