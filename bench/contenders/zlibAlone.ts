/**
 * The limit for tables that change: only inflates and deflates every table of an archive. zlib runs off the main thread, so
 * both run in parallel. Usage: zlibAlone.js ARCHIVE LEVEL
 */
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw, createInflateRaw } from 'node:zlib';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';

const CHUNK = 256 * 1024;
const [path = '', level = ''] = process.argv.slice(2);
const zip = await ZipReader.open(path);
for (const entry of zip.entries) {
  if (!/^gogs-backup\/db\/.*\.json$/.test(entry.name) || entry.compressedSize === 0) continue;
  const { start, end } = await zip.locate(entry);
  await pipeline(
    createReadStream(path, { start, end: end - 1, highWaterMark: CHUNK }),
    createInflateRaw({ chunkSize: CHUNK }),
    createDeflateRaw({ level: Number(level), chunkSize: CHUNK }),
    new Writable({ write: (_chunk, _encoding, done) => done() }),
  );
}
await zip.close();
