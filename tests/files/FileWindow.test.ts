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
