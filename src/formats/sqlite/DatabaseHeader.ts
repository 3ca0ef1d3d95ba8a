/** The first 100 bytes of an SQLite database: https://www.sqlite.org/fileformat2.html, section 1.3. */

import { SQLITE_MAGIC } from '../../engines/sqlite.js';

const MAGIC = Buffer.from(SQLITE_MAGIC);
export const HEADER_LENGTH = 100;

/** SQLite never uses the page that contains this byte, because it holds the locks. Section 1.4. */
const LOCK_BYTE = 0x4000_0000;

export interface DatabaseHeader {
  /** Bytes, a power of two from 512 to 65,536. */
  readonly pageSize: number;
  /** Bytes of a page that hold content: extensions may reserve some at the end of each page. */
  readonly usableSize: number;
  /** Number of pages according to the header; 0 if an old SQLite did not record it. */
  readonly pageCount: number;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Changes may be in a write-ahead log beside the file. */
  readonly isWal: boolean;
  /** Number of the page that is never used; it may be beyond the end. */
  readonly lockPage: number;
}

/** The pages of a new database, as SQLite makes them. */
export const NEW_DATABASE: Pick<DatabaseHeader, 'pageSize' | 'usableSize' | 'lockPage'> = {
  pageSize: 4096,
  usableSize: 4096,
  lockPage: LOCK_BYTE / 4096 + 1,
};

/** The release whose format it is; SQLite itself writes its own. */
const FORMAT_OF = 3_040_000;

/** The header of a new database, without its number of pages. `statements`: how many made its schema. */
export function newHeader(statements: number): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  MAGIC.copy(header);
  header.writeUInt16BE(NEW_DATABASE.pageSize, 16);
  // Rolled back by a journal, no reserved bytes, the fixed fractions of a page for the parts of records in it.
  header.set([1, 1, 0, 64, 32, 32], 18);
  const changes = 1;
  header.writeUInt32BE(changes, 24);
  header.writeUInt32BE(statements, 40);
  // Schema format 4, text in UTF-8.
  header.writeUInt32BE(4, 44);
  header.writeUInt32BE(1, 56);
  header.writeUInt32BE(changes, 92);
  header.writeUInt32BE(FORMAT_OF, 96);
  return header;
}

export function isSqliteDatabase(head: Buffer): boolean {
  return head.subarray(0, MAGIC.length).equals(MAGIC);
}

/** Undefined if it is not a valid header. `head`: at least `HEADER_LENGTH` bytes. */
export function parseHeader(head: Buffer): DatabaseHeader | undefined {
  if (head.length < HEADER_LENGTH || !isSqliteDatabase(head)) return undefined;
  const stored = head.readUInt16BE(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  const usableSize = pageSize - head.readUInt8(20);
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usableSize < 480) return undefined;
  const encoding = ([undefined, 'utf-8', 'utf-16le', 'utf-16be'] as const)[head.readUInt32BE(56) || 1];
  if (encoding === undefined) return undefined;
  return {
    pageSize,
    usableSize,
    // The number is valid only if the program that last changed the file maintains it.
    pageCount: head.readUInt32BE(24) === head.readUInt32BE(92) ? head.readUInt32BE(28) : 0,
    encoding,
    isWal: head.readUInt8(19) === 2,
    lockPage: Math.floor(LOCK_BYTE / pageSize) + 1,
  };
}
