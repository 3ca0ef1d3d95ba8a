/** Plants dangers into copies of real backups. */
import { join } from 'node:path';
import { fixture } from './fixtures.js';
import { type JsonRow, readEntry } from './readBackup.js';
import { repackBackup } from './repackBackup.js';

/** Table file → change of its rows; any other entry → its content, undefined to leave it out. */
export interface Planted {
  readonly rows?: Readonly<Record<string, (rows: JsonRow[]) => JsonRow[]>>;
  readonly files?: Readonly<Record<string, string | Buffer | undefined>>;
  /** Changes app.ini as text. */
  readonly config?: (text: string) => string;
  /** Instance under tests/fixtures. */
  readonly from?: string;
  /** Archive of that instance. */
  readonly archive?: string;
}

let copies = 0;

/** Returns the path of the copy, in the given folder. */
export async function plant(
  folder: string,
  { rows = {}, files = {}, config, from, archive }: Planted,
): Promise<string> {
  const source = fixture(from ?? '0.12.3-sqlite3', archive ?? 'backup.zip');
  const changes: Record<string, string | Buffer | undefined> = { ...files };
  for (const [file, change] of Object.entries(rows)) {
    const name = `gogs-backup/db/${file}.json`;
    const lines = (await readEntry(source, name)).toString('utf8').split('\n').filter(Boolean);
    const changed = change(lines.map((line) => JSON.parse(line) as JsonRow));
    changes[name] = changed.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
  if (config !== undefined) {
    const name = 'gogs-backup/custom/conf/app.ini';
    changes[name] = config((await readEntry(source, name)).toString('utf8'));
  }
  const path = join(folder, `planted-${++copies}.zip`);
  await repackBackup(source, path, changes);
  return path;
}

/** Changes the first row. */
export const first =
  (change: JsonRow) =>
  ([row, ...rest]: JsonRow[]): JsonRow[] => [{ ...row, ...change }, ...rest];

/** Adds a copy of the first row. */
export const another =
  (change: JsonRow) =>
  (rows: JsonRow[]): JsonRow[] => [...rows, { ...rows[0], ...change }];
