import { basename, extname } from 'node:path';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';

/** Names may be in upper case, as from servers that ignore case, and may have a schema prefix: `public.notice.csv`. */
export function tableOfCsv(history: GogsHistory, name: string): Table | undefined {
  const stem = basename(name, extname(name)).toLowerCase();
  return history.tableNamed(stem) ?? history.tableNamed(stem.slice(stem.lastIndexOf('.') + 1));
}
