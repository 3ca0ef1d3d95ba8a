/** Creates an archive as Gogs on Windows writes it: with backslashes within names, but a slash after a folder's name. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileSink } from '../../src/files/ByteSink.js';
import { OpenFile } from '../../src/files/OpenFile.js';
import type { ZipEntry } from '../../src/formats/zip/ZipEntry.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { ZipWriter } from '../../src/formats/zip/ZipWriter.js';

const NESTED = /(?:^|\/)(?:repositories|gogs-repo)\.zip$/;
const MOST_BYTES = 2 ** 30;

/** `where`: in the archive itself, in its repositories.zip, or in both. */
export async function windowsNames(from: string, to: string, where: 'outer' | 'inner' | 'both'): Promise<void> {
  const zip = await ZipReader.open(from);
  const file = OpenFile.open(to, 'wx');
  const writer = new ZipWriter(fileSink(file, to));
  for (const entry of zip.entries) {
    const name = where === 'inner' ? entry.name : nameOnWindows(entry);
    if (where === 'outer' || !NESTED.test(entry.name)) {
      await writer.copyRaw(zip, entry, name);
      continue;
    }
    const [before, after] = [`${to}.inner-before`, `${to}.inner-after`];
    await writeFile(before, await zip.readBuffer(entry, MOST_BYTES));
    await windowsNames(before, after, 'outer');
    await writer.addBuffer(name, await readFile(after), { mode: entry.mode, modified: entry.modified });
  }
  await writer.finish();
  await file.close();
  await zip.close();
}

const nameOnWindows = ({ name }: ZipEntry): string => name.replaceAll('/', '\\').replace(/\\$/, '/');
