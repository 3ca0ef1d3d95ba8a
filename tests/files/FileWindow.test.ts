import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { FileWindow } from '../../src/files/FileWindow.js';
import { temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();

test('earlier content of the window is not left after its end', async () => {
  const path = join(folder, 'x');
  writeFileSync(path, `${'*'.repeat(64)}${'/'.repeat(70)}`);
  const file = await open(path);
  try {
    const window = new FileWindow(file, 0, 134, { chunkSize: 64 });
    while (!window.final) await window.fill(window.end);
    expect(window.bytes.toString('latin1', 0, window.end + 2)).toBe('//////\0\0');
  } finally {
    await file.close();
  }
});

test('a file that shrinks while it is read is an error, although the next chunk was read ahead', async () => {
  const path = join(folder, 'shrinking');
  writeFileSync(path, '*'.repeat(1000));
  const file = await open(path, 'r+');
  try {
    const window = new FileWindow(file, 0, 1000, { chunkSize: 100 });
    await window.fill(window.end);
    await file.truncate(300);
    const readOn = async (): Promise<void> => {
      while (!window.final) await window.fill(window.end);
    };
    await expect(readOn()).rejects.toThrow('1000');
  } finally {
    await file.close();
  }
});

test.each([64, 100, 1000])(
  'a file arrives whole in windows of %i bytes, whatever the scanner keeps',
  async (chunkSize) => {
    const path = join(folder, `whole-${chunkSize}`);
    const content = Array.from({ length: 3000 }, (_, i) => `${i},`).join('');
    writeFileSync(path, content);
    const file = await open(path);
    try {
      const window = new FileWindow(file, 0, content.length, { chunkSize });
      let text = '';
      for (let kept = 0; !window.final; kept = (kept * 7 + 13) % (3 * chunkSize)) {
        const keep = Math.max(0, window.end - kept);
        text += window.bytes.toString('latin1', 0, keep);
        await window.fill(keep);
      }
      expect(text + window.bytes.toString('latin1', 0, window.end)).toBe(content);
    } finally {
      await file.close();
    }
  },
);
