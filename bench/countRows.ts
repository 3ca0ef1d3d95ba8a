/** Counts the rows of a dump, a script or a backup by its lines, without the tool's own SQL readers. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { ZipReader } from '../src/formats/zip/ZipReader.js';
import { GOGS } from '../src/gogs/gogsHistory.js';

/** Row counts by SQL name, for each table with rows. */
export type RowCounts = ReadonlyMap<string, number>;

export async function countRows(path: string): Promise<RowCounts> {
  if (path.endsWith('.json')) return new Map(Object.entries(JSON.parse(await readFile(path, 'utf8'))));
  return path.endsWith('.zip') ? countBackup(path) : countSql(path);
}

/** Rows of INSERT statements are on lines of their own, as mariadb-dump and the tool write them. */
async function countSql(path: string): Promise<RowCounts> {
  const counts = new Map<string, number>();
  let table = '';
  let copying = false;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const begin: RegExpExecArray | null = copying ? null : /^(INSERT INTO|COPY) [`"]?(\w+)[`"]?/.exec(line);
    if (begin !== null) {
      table = begin[2] ?? '';
      copying = begin[1] === 'COPY';
    } else if (copying && line === '\\.') copying = false;
    else if (copying || line.startsWith('(')) counts.set(table, (counts.get(table) ?? 0) + 1);
  }
  return counts;
}

async function countBackup(path: string): Promise<RowCounts> {
  const counts = new Map<string, number>();
  const zip = await ZipReader.open(path);
  try {
    for (const entry of zip.entries) {
      const type = /^gogs-backup\/db\/(\w+)\.json$/.exec(entry.name)?.[1];
      const name = GOGS.tables.find((table) => table.type === type)?.name;
      if (name === undefined) continue;
      for await (const chunk of zip.openStream(entry)) {
        const bytes = chunk as Buffer;
        let lines = counts.get(name) ?? 0;
        for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) lines++;
        if (lines > 0) counts.set(name, lines);
      }
    }
  } finally {
    await zip.close();
  }
  return counts;
}

/** Throws unless both have the same number of rows in each table. */
export async function checkRows(input: string, output: string): Promise<void> {
  compareCounts(await countRows(input), await countRows(output), output);
}

export function compareCounts(expected: RowCounts, found: RowCounts, where: string): void {
  for (const [table, rows] of expected) {
    const got = found.get(table) ?? 0;
    if (got !== rows) throw new Error(`${where} has ${got} rows of ${table}, not ${rows}`);
  }
}
