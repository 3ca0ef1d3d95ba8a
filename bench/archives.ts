/** Creates the archives for measurements from a sample, grown to any size. Streamed, so memory does not grow with the size. */
import { unlink } from 'node:fs/promises';
import { fileSink } from '../src/files/ByteSink.js';
import { OpenFile } from '../src/files/OpenFile.js';
import type { ZipEntry } from '../src/formats/zip/ZipEntry.js';
import { ZipReader } from '../src/formats/zip/ZipReader.js';
import { ZipWriter } from '../src/formats/zip/ZipWriter.js';
import { type Limit, Random, RandomRows, repeatRows, SHARES, type Style } from './randomRows.js';

const MODIFIED = new Date(Date.UTC(2024, 0, 2, 3, 4, 6));
/** In bytes. Larger files are written as several of this size, which share one deflated body. */
const LARGEST_FILE = 64 * 1024 * 1024;

export interface ArchivePlan {
  readonly path: string;
  /** The sample that provides the small tables and files of the archive. */
  readonly sample: string;
  readonly style: Style;
  /** Bytes of JSON Lines by table, which replace the sample's rows. */
  readonly tableBytes?: Readonly<Record<string, number>>;
  /** Rows by table, likewise. */
  readonly tableRows?: Readonly<Record<string, number>>;
  /** Bytes of other files, which deflate cannot shrink, because repositories are already packed. */
  readonly fileBytes?: number;
  /** Number of additional small files. */
  readonly smallFiles?: number;
  /** By default 6, as in Gogs; lower if creating the archive takes too long. */
  readonly level?: number;
}

/** `bytes` of JSON Lines, distributed over the tables that are large on real servers. */
export function usualTables(bytes: number): Record<string, number> {
  return Object.fromEntries(Object.entries(SHARES).map(([type, share]) => [type, Math.round(bytes * share)]));
}

export async function makeArchive(plan: ArchivePlan): Promise<void> {
  const handle = OpenFile.open(plan.path, 'wx');
  const sample = await ZipReader.open(plan.sample);
  try {
    const zip = new ZipWriter(fileSink(handle, plan.path), { level: plan.level ?? 6 });
    const types = new Set([...Object.keys(plan.tableBytes ?? {}), ...Object.keys(plan.tableRows ?? {})]);
    const grown = new Set([...types].map((type) => `gogs-backup/db/${type}.json`));
    for (const entry of sample.entries) if (!grown.has(entry.name)) await zip.copyRaw(sample, entry);
    for (const type of types) {
      const limit = { bytes: plan.tableBytes?.[type] ?? Infinity, rows: plan.tableRows?.[type] ?? Infinity };
      await addEntry(zip, `gogs-backup/db/${type}.json`, lines(type, plan.style, limit), 0o600);
    }
    await addFiles(zip, plan);
    await zip.finish();
    await handle.flush();
  } finally {
    await sample.close();
    await handle.close();
  }
}

function* lines(type: string, style: Style, limit: Limit): Generator<Buffer> {
  const rows = new RandomRows(type, style, 3);
  const next = (): string => rows.next().replace(/^\{"ID":\d+/, '');
  let chunk = '';
  let id = 0;
  for (const line of repeatRows('{"ID":', next, limit)) {
    id++;
    // An issue has a number of its own in its repository, so that a database takes all of them.
    chunk += type === 'Issue' ? line.replace(/"Index":\d+/, `"Index":${id}`) : line;
    if (chunk.length > 256 * 1024) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  yield Buffer.from(chunk);
}

async function addEntry(zip: ZipWriter, name: string, content: Iterable<Buffer>, mode: number): Promise<void> {
  const entry = zip.beginEntry(name, { mode, modified: MODIFIED });
  for (const chunk of content) await entry.append(chunk);
  await entry.finish();
}

/** The same deflated body under many names: as much to read and write as different files, but fast to create. */
async function addFiles(zip: ZipWriter, { path, fileBytes = 0, smallFiles = 0 }: ArchivePlan): Promise<void> {
  if (fileBytes + smallFiles === 0) return;
  const large = Math.floor(fileBytes / LARGEST_FILE);
  const sizes = [LARGEST_FILE, fileBytes % LARGEST_FILE, 700];
  const scratch = `${path}.files`;
  const handle = OpenFile.open(scratch, 'wx');
  try {
    const bodies = new ZipWriter(fileSink(handle, scratch), { level: 1 });
    for (const [index, size] of sizes.entries()) {
      await addEntry(bodies, `${index}`, noise(size), 0o644);
    }
    await bodies.finish();
    const reader = await ZipReader.open(scratch);
    const entries: ZipEntry[] = [];
    for (const entry of reader.entries) entries.push(entry);
    const copy = async (index: number, name: string): Promise<void> => {
      const entry = entries[index];
      if (entry !== undefined) await zip.copyRaw(reader, entry, `gogs-backup/${name}`);
    };
    for (let i = 0; i < large; i++) await copy(0, `data/lfs-objects/${i}.pack`);
    await copy(1, 'data/lfs-objects/rest.pack');
    for (let i = 0; i < smallFiles; i++) await copy(2, `data/attachments/${i % 256}/${i}`);
    await reader.close();
  } finally {
    await handle.close();
    await unlink(scratch);
  }
}

function* noise(bytes: number): Generator<Buffer> {
  const random = new Random(42);
  const block = Buffer.alloc(1024 * 1024);
  for (let at = 0; at < block.length; at += 4) block.writeUInt32LE(random.below(2 ** 32), at);
  for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length));
}
