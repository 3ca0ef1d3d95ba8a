/**
 * Finds SQLite databases among the files of an archive, and leaves out those that must not reach the new server. In the official image the custom
 * folder holds the data folder, and so a backup holds the live database (GOGS_CUSTOM in Dockerfile@v0.13.4). After a restore it would lie
 * where the new Gogs looks, in place of the rows that were restored.
 */
import { basename } from 'node:path';
import type { Notice } from '../core/findings.js';
import { SQLITE_COMPANIONS, SQLITE_MAGIC } from '../engines/sqlite.js';
import { CUSTOM, DATA } from '../gogs/layout.js';
import { carriedFiles } from './ArchiveFiles.js';
import type { Source } from './Source.js';

export interface LeaveOutOptions {
  /** `[database] PATH` of the old app.ini. */
  readonly databasePath: string | undefined;
  /** Leave out every database: its tokens are as they were, and its webhooks go out. */
  readonly all: boolean;
}

/** Sizes of pages are powers of two from 512 on: https://www.sqlite.org/fileformat2.html, section 1.3.2. */
const SMALLEST_PAGE = 512;
/** What people uploaded is theirs. */
const UPLOADED = ['attachments', 'avatars', 'repo-avatars', 'lfs-objects'].flatMap((name) => [
  `${DATA}${name}/`,
  `${CUSTOM}data/${name}/`,
]);

/** What was found. The names that are left out go into the source's files. */
export async function leaveOutDatabases(source: Source, { databasePath, all }: LeaveOutOptions): Promise<Notice[]> {
  const { files } = source;
  if (files === undefined) return [];
  const names = new Set<string>();
  const databases: string[] = [];
  for await (const { entry, name } of carriedFiles(files)) {
    const mayHold =
      (name.startsWith(CUSTOM) || name.startsWith(DATA)) && !UPLOADED.some((folder) => name.startsWith(folder));
    if (!mayHold) continue;
    names.add(name);
    const { uncompressedSize: size } = entry;
    if (size === 0 || size % SMALLEST_PAGE !== 0) continue;
    for await (const chunk of files.zip.chunks(entry)) {
      if (chunk.toString('latin1', 0, SQLITE_MAGIC.length) === SQLITE_MAGIC) databases.push(name);
      break;
    }
  }
  const live = new Set(['gogs.db', basename((databasePath ?? 'gogs.db').replaceAll('\\', '/'))]);
  return databases.map((name) => {
    if (!all && !live.has(basename(name))) return { ...DATABASE_INSIDE, place: name };
    for (const file of [name, ...SQLITE_COMPANIONS.map((ending) => name + ending)])
      if (names.has(file) || file === name) files.leftOut.add(file);
    return { ...OLD_DATABASE, place: name };
  });
}

const SOURCE = 'Dockerfile@v0.13.4: GOGS_CUSTOM; internal/cmd/restore.go@v0.13.0: runRestore';

const OLD_DATABASE: Notice = {
  code: 'old-database',
  severity: 'warning',
  title: 'The archive holds the database file of the old server',
  consequence:
    'After a restore the new Gogs would start on the old rows, with every token and password hash in it, in place of those that were restored.',
  remedy:
    'It is left out, with what lies beside it: its rows are in the tables of the backup. In Docker do not use gogs restore: --layout docker makes the volume.',
  needsHand: false,
  source: SOURCE,
};

const DATABASE_INSIDE: Notice = {
  code: 'database-inside',
  severity: 'warning',
  title: 'The archive holds an SQLite database that is not the one of Gogs',
  consequence: 'It goes over as it is. If it is an old copy, it holds old tokens and password hashes.',
  remedy: 'Look whether it is wanted. --redact-tokens and --rehearsal leave it out.',
  needsHand: false,
  source: SOURCE,
};
