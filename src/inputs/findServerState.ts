/**
 * Finds what a running server keeps among the files of an archive, and says what must not reach the new server: its SQLite database, and where
 * no token may go over its sessions. What else is only of use to the old server is named. In the official image the custom
 * folder holds the data folder, and so a backup holds the live database (GOGS_CUSTOM in Dockerfile@v0.13.4). After a restore it would lie
 * where the new Gogs looks, in place of the rows that were restored.
 */
import { basename } from 'node:path';
import type { Notice } from '../core/findings.js';
import { formatBytes, plural } from '../core/format.js';
import { SQLITE_COMPANIONS, SQLITE_MAGIC } from '../engines/sqlite.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { CUSTOM, DATA } from '../gogs/layout.js';
import { type ArchiveFiles, carriedFiles } from './ArchiveFiles.js';

export interface LeaveOutOptions {
  /** `[database] PATH` of the old app.ini. */
  readonly databasePath: string | undefined;
  /** Leave out every database and all sessions: tokens in them are as they were, and webhooks go out. */
  readonly all: boolean;
}

/** Sizes of pages are powers of two from 512 on: https://www.sqlite.org/fileformat2.html, section 1.3.2. */
const SMALLEST_PAGE = 512;
/** What people uploaded is theirs. */
const UPLOADED = ['attachments', 'avatars', 'repo-avatars', 'lfs-objects'].flatMap((name) => [
  `${DATA}${name}/`,
  `${CUSTOM}data/${name}/`,
]);

/** Folders that only a running server needs: internal/conf/static.go@v0.13.0. In the official image they lie in the custom folder. */
const STATE: readonly (readonly [folder: string, what: string])[] = [
  [`${CUSTOM}data/sessions/`, 'sessions of people who are signed in'],
  [`${DATA}sessions/`, 'sessions of people who are signed in'],
  // A backup has data/ssh by itself, and a step of the checklist brings it over.
  [`${CUSTOM}data/ssh/`, 'host keys of the built-in SSH server'],
  [`${CUSTOM}data/tmp/`, 'working copies and uploads under way'],
  [`${DATA}tmp/`, 'working copies and uploads under way'],
  [`${CUSTOM}log/`, 'logs'],
];
const SESSIONS = /^gogs-backup\/(?:custom\/)?data\/sessions\//;

export interface ServerState {
  /** What was found. */
  readonly notices: readonly Notice[];
  /** Names of the files to leave out, and of some that may lie beside them. */
  readonly leftOut: ReadonlySet<string>;
}

/** Nothing in an input without files. */
export async function findServerState(
  files: ArchiveFiles | undefined,
  { databasePath, all }: LeaveOutOptions,
): Promise<ServerState> {
  const leftOut = new Set<string>();
  const databases: string[] = [];
  const state: State = new Map();
  if (files === undefined) return { notices: [], leftOut };
  const { zip } = files;
  for (const { entry, name } of await carriedFiles(files)) {
    if (!name.startsWith(CUSTOM) && !name.startsWith(DATA)) continue;
    if (UPLOADED.some((folder) => name.startsWith(folder))) continue;
    countState(state, name, entry);
    if (all && SESSIONS.test(name)) leftOut.add(name);
    const { uncompressedSize: size } = entry;
    if (size === 0 || size % SMALLEST_PAGE !== 0) continue;
    for await (const chunk of zip.chunks(entry)) {
      if (chunk.toString('latin1', 0, SQLITE_MAGIC.length) === SQLITE_MAGIC) databases.push(name);
      break;
    }
  }
  const live = new Set(['gogs.db', basename((databasePath ?? 'gogs.db').replaceAll('\\', '/'))]);
  const found = databases.map((name) => {
    if (!all && !live.has(basename(name))) return { ...DATABASE_INSIDE, place: name };
    for (const file of [name, ...SQLITE_COMPANIONS.map((ending) => name + ending)]) leftOut.add(file);
    return { ...OLD_DATABASE, place: name };
  });
  const leftovers = [...state].map(([folder, { what, files: count, bytes }]) => ({
    ...(all && SESSIONS.test(folder) ? SESSIONS_LEFT_OUT : SERVER_STATE),
    place: `${folder}: ${what}, ${plural(count, 'file')}, ${formatBytes(bytes)}`,
  }));
  return { notices: [...found, ...leftovers], leftOut };
}

/** By the folder's name in the archive. */
type State = Map<string, { readonly what: string; readonly files: number; readonly bytes: number }>;

function countState(state: State, name: string, { isDirectory, uncompressedSize }: ZipEntry): void {
  if (isDirectory) return;
  const [folder, what] = STATE.find(([candidate]) => name.startsWith(candidate)) ?? [];
  if (folder === undefined || what === undefined) return;
  const { files = 0, bytes = 0 } = state.get(folder) ?? {};
  state.set(folder, { what, files: files + 1, bytes: bytes + uncompressedSize });
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

const SERVER_STATE: Notice = {
  code: 'server-state',
  severity: 'info',
  title: 'The archive holds what the old server kept while it ran',
  consequence:
    'It goes over as it is. Sessions keep people signed in, keys of the host make SSH clients accept the new server for the old one; logs and working copies only take room.',
  remedy: 'Delete on the new server what is not wanted there. --redact-tokens and --rehearsal leave sessions out.',
  needsHand: false,
  source: SOURCE,
};

const SESSIONS_LEFT_OUT: Notice = {
  code: 'sessions-left-out',
  severity: 'info',
  title: 'Sessions are left out',
  consequence: 'Whoever has the cookie of one would be signed in. Everybody signs in anew.',
  remedy: 'Nothing needs to be done.',
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
