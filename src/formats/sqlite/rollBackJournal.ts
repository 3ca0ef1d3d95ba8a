/**
 * Rolls back a transaction that was in progress when the server stopped or the file was copied, from the rollback journal
 * beside the database: https://www.sqlite.org/fileformat2.html, section 3. The embedded SQLite cannot do this: to find out
 * whether the journal's writer is alive it checks for a lock file, finds its own, and reads half a transaction.
 */
import { open } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { readFully } from '../../files/readFully.js';
import { texts } from './texts.js';

const MAGIC = Buffer.from('d9d505f920a163d7', 'hex');
const HEADER_BYTES = 28;
/** The number of records is unknown: they continue to the end of the file. */
const UNKNOWN_COUNT = 0xffff_ffff;
const LONGEST_SECTOR = 65_536;

/** Whether a journal has something to roll back: a finished one is empty or begins with zeros. */
export async function isHotJournal(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    return (await readFully(file, 0, MAGIC.length)).equals(MAGIC);
  } finally {
    await file.close();
  }
}

/** Writes the pages of the journal back to the database, which must be a copy. `name` is the journal's name for errors. */
export async function rollBackJournal(database: string, journal: string, name: string): Promise<void> {
  const [from, to] = [await open(journal, 'r'), await open(database, 'r+')];
  try {
    const { size } = await from.stat();
    await refuseSuperJournal(await readFully(from, Math.max(0, size - MAGIC.length), size), name);
    let pages: { readonly size: number; readonly count: number } | undefined;
    for (let at = 0; at + HEADER_BYTES <= size; ) {
      const header = await readFully(from, at, at + HEADER_BYTES);
      if (!header.subarray(0, MAGIC.length).equals(MAGIC)) break;
      const [count, nonce, before, sector, pageSize] = [8, 12, 16, 20, 24].map((offset) => header.readUInt32BE(offset));
      if (count === undefined || nonce === undefined || before === undefined || !sector || !pageSize) break;
      if (sector > LONGEST_SECTOR || pageSize > 65_536 || pageSize < 512) {
        throw new InputError(texts().badJournal({ name }));
      }
      // Later headers repeat the values of the first.
      pages ??= { size: pageSize, count: before };
      const record = pages.size + 8;
      const start = at + sector;
      const whole = Math.max(0, Math.floor((size - start) / record));
      const records = count === UNKNOWN_COUNT ? whole : Math.min(count, whole);
      for (let i = 0; i < records; i++) {
        const bytes = await readFully(from, start + i * record, start + (i + 1) * record);
        const content = bytes.subarray(4, 4 + pages.size);
        // Records from the first incomplete one on belong to pages that were not changed yet.
        if (checksum(content, nonce) !== bytes.readUInt32BE(4 + pages.size)) break;
        const number = bytes.readUInt32BE(0);
        if (number >= 1 && number <= pages.count) await to.write(content, 0, content.length, (number - 1) * pages.size);
      }
      at = Math.ceil((start + records * record) / sector) * sector;
    }
    if (pages !== undefined && (await to.stat()).size > pages.count * pages.size) {
      await to.truncate(pages.count * pages.size);
    }
  } finally {
    await from.close();
    await to.close();
  }
}

function checksum(page: Buffer, nonce: number): number {
  let sum = nonce;
  for (let at = page.length - 200; at > 0; at -= 200) sum += page[at] ?? 0;
  return sum >>> 0;
}

/** For a transaction over several databases, another file knows whether it was committed. */
async function refuseSuperJournal(end: Buffer, name: string): Promise<void> {
  if (!end.equals(MAGIC)) return;
  throw new InputError(texts().superJournal({ name }));
}
