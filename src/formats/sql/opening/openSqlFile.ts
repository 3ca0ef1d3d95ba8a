/**
 * Provides an SQL dump as a plain UTF-8 file: the file itself, or a temporary one if it is gzipped, in another character set,
 * or a stream from an archive. Rejects binary dumps with advice.
 */

import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../../core/errors.js';
import { errorCode, errorMessage } from '../../../core/systemErrors.js';
import { readFully } from '../../../files/readFully.js';
import { TranscodeToUtf8, utf16Label } from '../../../files/TranscodeToUtf8.js';
import { texts } from '../texts.js';
import { describeBinary } from './detectDialect.js';

export interface SqlFile {
  /** A plain file. */
  readonly path: string;
  /** The character set that it was converted from; undefined for a file that is read directly. */
  readonly convertedFrom: string | undefined;
  /** Removes the temporary file, if there is one. */
  dispose(): Promise<void>;
}

export interface OpenSqlOptions {
  /** Folder for temporary files, in which a new folder is created. */
  readonly tempdir: string;
  /** The name of the dump for messages. */
  readonly name?: string;
  /** The label of its character set, if it is not UTF-8. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const MAGIC_LENGTH = 512;

/** As for zip archives: below this size a bomb does no harm; above it, no real dump compresses this well. */
const RATIO_MATTERS_FROM = 256 * 1024 * 1024;
const MAX_RATIO = 500;

const NOTHING_TO_DISPOSE = async (): Promise<void> => {};

/** Opens a dump by its path. */
export async function openSqlFile(path: string, options: OpenSqlOptions): Promise<SqlFile> {
  const name = options.name ?? path;
  const head = await readHead(path);
  if (head.length === 0) throw new InputError(texts().empty({ name }));
  if (!isGzip(head) && utf16Label(head) === undefined && options.encoding === undefined) {
    refuseBinary(head, name);
    return { path, convertedFrom: undefined, dispose: NOTHING_TO_DISPOSE };
  }
  return spoolSqlStream(createReadStream(path, { highWaterMark: 256 * 1024 }), { ...options, name });
}

/** Writes a dump from a stream to a temporary file, decompressed. */
export async function spoolSqlStream(source: Readable, options: OpenSqlOptions): Promise<SqlFile> {
  const name = options.name ?? texts().theDump;
  const folder = await mkdtemp(join(options.tempdir, 'sql-'));
  const path = join(folder, 'dump.sql');
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const convertedFrom = await spool(source, path, { ...options, name });
    if ((await stat(path)).size === 0) {
      throw new InputError(texts().holdsNothing({ name }));
    }
    refuseBinary(await readHead(path), name);
    return { path, convertedFrom, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function spool(
  source: Readable,
  path: string,
  { name, encoding, signal }: OpenSqlOptions & { readonly name: string },
): Promise<string | undefined> {
  const transcoder = new TranscodeToUtf8(name, (head) => utf16Label(head) ?? encoding);
  // Rows contain password hashes: no other user may read them.
  const file = await open(path, 'wx', 0o600);
  try {
    const first = await takeHead(source);
    const steps: Transform[] = [];
    if (isGzip(first)) {
      const gunzip = createGunzip();
      steps.push(gunzip, refuseBomb(name, gunzip));
    }
    steps.push(transcoder);
    source.unshift(first);
    await pipeline([source, ...steps, file.createWriteStream()], { signal });
  } catch (error) {
    await file.close().catch(() => {});
    if (errorCode(error)?.startsWith('Z_')) {
      throw new InputError(texts().notDecompressed({ name, reason: errorMessage(error) }), { cause: error });
    }
    throw error;
  }
  return transcoder.label;
}

/** The first bytes of a stream; the caller puts them back. */
async function takeHead(source: Readable): Promise<Buffer> {
  for (;;) {
    const chunk: unknown = source.read();
    if (Buffer.isBuffer(chunk)) return chunk;
    const ended = await new Promise<boolean>((resolve, reject) => {
      const settle = (action: () => void) => (): void => {
        source.off('readable', onReadable).off('end', onEnd).off('error', onError);
        action();
      };
      const onReadable = settle(() => resolve(false));
      const onEnd = settle(() => resolve(true));
      const onError = (error: Error): void => settle(() => reject(error))();
      source.on('readable', onReadable).on('end', onEnd).on('error', onError);
    });
    if (ended) return Buffer.alloc(0);
  }
}

/** Fails once the output is far larger than the compressed input. */
function refuseBomb(name: string, unpacker: { readonly bytesWritten: number }): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      bytes += chunk.length;
      if (bytes <= RATIO_MATTERS_FROM || bytes <= MAX_RATIO * unpacker.bytesWritten) done(null, chunk);
      else {
        done(new InputError(texts().bomb({ name, packed: unpacker.bytesWritten, unpacked: bytes })));
      }
    },
  });
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function refuseBinary(head: Buffer, name: string): void {
  const what = describeBinary(head);
  if (what === undefined) return;
  throw new InputError(texts().notSql({ name, what: what.replaceAll('FILE', basename(name)) }));
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await readFully(file, 0, MAGIC_LENGTH);
  } finally {
    await file.close();
  }
}
