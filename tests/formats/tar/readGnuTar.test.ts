import { expect, test } from '@jest/globals';
import { readGnuTar } from '../../../src/formats/tar/readGnuTar.js';

const BLOCK = 512;

function header(name: string, type: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name);
  block.write('0000644\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write(type, 156);
  block.write('ustar  \0', 257);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** An extended header that states the size of the next entry, as for one of 8 GiB and more. */
function statedSize(bytes: number): Buffer[] {
  const record = `13 size=${String(bytes).padStart(4, '0')}\n`;
  return [header('pax', 'x', record.length), Buffer.concat([Buffer.from(record)], BLOCK)];
}

/** A stream in pieces that end within blocks. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
}

test.each([
  ['a folder with a list of names', 'D', []],
  ['a file', '0', ['x'.repeat(1024)]],
])('the stated size of %s is that of this entry alone', async (_, type, contents) => {
  const tar = Buffer.concat([
    ...statedSize(1024),
    header('first', type, 0),
    Buffer.alloc(1024, 'x'),
    header('list/', 'D', BLOCK),
    Buffer.alloc(BLOCK, 'n'),
    header('last', '0', BLOCK),
    Buffer.alloc(BLOCK, 'y'),
    Buffer.alloc(2 * BLOCK),
  ]);
  const pieces: Buffer[] = [];
  for await (const piece of readGnuTar('old.tar', inPieces(tar))) pieces.push(piece);
  const result = Buffer.concat(pieces).toString('latin1');
  expect(result.match(/x{9,}/g) ?? []).toEqual(contents);
  expect(result).not.toContain('nnn');
  expect(result).toContain('list/');
  expect(result.match(/y+/g)).toEqual(['y'.repeat(BLOCK)]);
});
