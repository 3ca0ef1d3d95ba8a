import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../../../src/core/errors.js';
import { openSqlFile, spoolSqlStream } from '../../../../src/formats/sql/opening/openSqlFile.js';
import { temporaryFolder } from '../../../support/fixtures.js';

const folder = temporaryFolder();
const SQL = "-- MySQL dump\nINSERT INTO t VALUES ('ü😀');\n";

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const spooled = (): string[] => readdirSync(folder).filter((name) => name.startsWith('sql-'));

test('a plain dump is read in place', async () => {
  const path = file('plain.sql', SQL);
  const opened = await openSqlFile(path, { tempdir: folder });
  expect(opened).toMatchObject({ path, convertedFrom: undefined });
  await opened.dispose();
  expect(readFileSync(path, 'utf8')).toBe(SQL);
});

describe('a compressed dump is unpacked to a private file, which is removed', () => {
  test.each<[string, Buffer, string, string | undefined]>([
    ['gzip', gzipSync(SQL), SQL, undefined],
    ['gzip of several members', Buffer.concat([gzipSync(SQL), gzipSync(SQL)]), SQL + SQL, undefined],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${SQL}`, 'utf16le'), SQL, 'utf-16le'],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${SQL}`, 'utf16le').swap16(), SQL, 'utf-16be'],
    ['both', gzipSync(Buffer.from(`\ufeff${SQL}`, 'utf16le')), SQL, 'utf-16le'],
  ])('%s', async (_, content, text, convertedFrom) => {
    const opened = await openSqlFile(file('packed', content), { tempdir: folder });
    expect(readFileSync(opened.path, 'utf8')).toBe(text);
    expect(opened.convertedFrom).toBe(convertedFrom);
    expect(statSync(opened.path).mode & 0o777).toBe(0o600);
    await opened.dispose();
    expect(spooled()).toEqual([]);
  });

  test.each<[string, Buffer]>([
    ['gb18030', Buffer.from("INSERT INTO t VALUES ('\xd6\xd0\xce\xc4\x81\x5c');", 'latin1')],
    ['windows-1252', Buffer.from("INSERT INTO t VALUES ('\x80 \xfc');", 'latin1')],
  ])('a dump in %s', async (encoding, content) => {
    const opened = await openSqlFile(file('encoded', content), { tempdir: folder, encoding });
    const text = encoding === 'gb18030' ? '中文乗' : '€ ü';
    expect(readFileSync(opened.path, 'utf8')).toBe(`INSERT INTO t VALUES ('${text}');`);
    await opened.dispose();
  });

  test('a stream from within an archive', async () => {
    const opened = await spoolSqlStream(Readable.from([Buffer.from(SQL)]), { tempdir: folder, name: 'gogs-db.sql' });
    expect(readFileSync(opened.path, 'utf8')).toBe(SQL);
    await opened.dispose();
  });
});

describe('is rejected with advice, leaving nothing behind', () => {
  test.each<[string, Buffer, RegExp]>([
    ['a custom-format archive of pg_dump', Buffer.from('PGDMP\x01\x0e'), /pg_restore --no-owner -f dump.sql refused/],
    ['the same, gzipped', gzipSync('PGDMP\x01\x0e'), /pg_restore/],
    ['an SQLite database', Buffer.from('SQLite format 3\0abc'), /sqlite3 refused .dump/],
    ['xz', Buffer.from('\xfd7zXZ\0abc', 'latin1'), /xz -d refused/],
    ['bzip2', Buffer.from('BZh91AY'), /bzip2 -d/],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), /zstd -d/],
    ['7-Zip', Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'), /7-Zip archive; unpack it first: `7z x refused`/],
    ['RAR', Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), /unrar x refused/],
    ['lz4', Buffer.from('\x04\x22\x4d\x18\x64\x40\xa7', 'latin1'), /compressed with lz4.*lz4 -d refused/],
    ['what openssl encrypted', Buffer.from('Salted__\x01\x02\x03\x04\x05\x06\x07\x08'), /encrypted with openssl/],
    ['an empty file', Buffer.alloc(0), /the file is empty/],
    ['an empty file, gzipped', gzipSync(''), /nothing in it/],
    ['gzip that is cut off', gzipSync(SQL.repeat(99)).subarray(0, 60), /Cannot decompress .*damaged or cut off/],
    ['gzip that is damaged', Buffer.concat([gzipSync(SQL).subarray(0, -6), Buffer.alloc(6)]), /Cannot decompress/],
    [
      'UTF-16 that ends within a character',
      Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42]),
      /about line 1, there are bytes that are not utf-16le/,
    ],
  ])('%s', async (_, content, message) => {
    const opening = openSqlFile(file('refused', content), { tempdir: folder });
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(message);
    expect(spooled()).toEqual([]);
  });
});
