/** Reads backups for comparison, if possible without the code under test. */
import { ZipReader } from '../../src/formats/zip/ZipReader.js';

export type JsonRow = Record<string, unknown>;

/** Reads integers beyond 2^53 as text, so that comparisons do not round them. */
const parseExactly = (line: string): JsonRow =>
  JSON.parse(line.replace(/(?<!\\)":(-?\d{16,})(?=[,}])/g, '":"$1"')) as JsonRow;

/** Rows by table file, sorted by id. */
export async function readTables(path: string): Promise<Record<string, JsonRow[]>> {
  const tables: Record<string, JsonRow[]> = {};
  for (const [name, content] of await readEntries(path, (entry) => entry.startsWith('gogs-backup/db/'))) {
    const rows = content
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(parseExactly);
    tables[name.slice('gogs-backup/db/'.length)] = rows.sort((a, b) => Number(a['ID'] ?? 0) - Number(b['ID'] ?? 0));
  }
  return tables;
}

/** The content of every selected file. */
export async function readEntries(
  path: string,
  wanted: (name: string) => boolean = () => true,
): Promise<Map<string, Buffer>> {
  const zip = await ZipReader.open(path);
  try {
    const contents = new Map<string, Buffer>();
    for (const entry of zip.entries) {
      if (!entry.isDirectory && wanted(entry.name)) {
        contents.set(entry.name, await zip.readBuffer(entry, entry.uncompressedSize));
      }
    }
    return contents;
  } finally {
    await zip.close();
  }
}

export async function readEntry(path: string, name: string): Promise<Buffer> {
  const content = (await readEntries(path, (entry) => entry === name)).get(name);
  if (content === undefined) throw new Error(`${path} has no ${name}`);
  return content;
}
