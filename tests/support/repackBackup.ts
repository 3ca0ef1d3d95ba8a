/** Creates damaged and unusual backups from real ones. */
import { fileSink } from '../../src/files/ByteSink.js';
import { OpenFile } from '../../src/files/OpenFile.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { ZipWriter } from '../../src/formats/zip/ZipWriter.js';

/** Copies an archive with some entries replaced, added, or (undefined) left out. */
export async function repackBackup(
  from: string,
  to: string,
  changes: Readonly<Record<string, string | Buffer | undefined>>,
): Promise<void> {
  const zip = await ZipReader.open(from);
  const file = OpenFile.open(to, 'wx');
  const writer = new ZipWriter(fileSink(file, to));
  for (const [name, content] of Object.entries(changes)) {
    if (content === undefined) continue;
    await writer.addBuffer(name, Buffer.from(content), { mode: 0o600, modified: new Date('2024-01-01T00:00:00Z') });
  }
  for (const entry of zip.entries) if (!(entry.name in changes)) await writer.copyRaw(zip, entry);
  await writer.finish();
  await file.close();
  await zip.close();
}
