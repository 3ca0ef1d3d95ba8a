/**
 * Finds what a running server keeps among the files of an archive, and says what must not reach the new server: its SQLite database, and where
 * no token may go over its sessions. What else is only of use to the old server is named. In the official image the custom
 * folder holds the data folder, and so a backup holds the live database (GOGS_CUSTOM in Dockerfile@v0.13.4). After a restore it would lie
 * where the new Gogs looks, in place of the rows that were restored.
 */
import { basename } from 'node:path';
import { danger } from '../core/danger.js';
import type { Notice } from '../core/findings.js';
import { formatBytes } from '../core/format.js';
import { SQLITE_COMPANIONS, SQLITE_MAGIC } from '../engines/sqlite.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { CUSTOM, DATA } from '../gogs/layout.js';
import { type ArchiveFiles, carriedFiles } from './ArchiveFiles.js';
import { texts } from './texts.js';

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

type StateKind = 'sessions' | 'hostKeys' | 'workingCopies' | 'logs';

/** Folders that only a running server needs: internal/conf/static.go@v0.13.0. In the official image they lie in the custom folder. */
const STATE: readonly (readonly [folder: string, what: StateKind])[] = [
  [`${CUSTOM}data/sessions/`, 'sessions'],
  [`${DATA}sessions/`, 'sessions'],
  // A backup has data/ssh by itself, and a step of the checklist brings it over.
  [`${CUSTOM}data/ssh/`, 'hostKeys'],
  [`${CUSTOM}data/tmp/`, 'workingCopies'],
  [`${DATA}tmp/`, 'workingCopies'],
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
    place: texts().stateOf({ folder, what: texts().state[what], count, size: formatBytes(bytes) }),
  }));
  return { notices: [...found, ...leftovers], leftOut };
}

/** By the folder's name in the archive. */
type State = Map<string, { readonly what: StateKind; readonly files: number; readonly bytes: number }>;

function countState(state: State, name: string, { isDirectory, uncompressedSize }: ZipEntry): void {
  if (isDirectory) return;
  const [folder, what] = STATE.find(([candidate]) => name.startsWith(candidate)) ?? [];
  if (folder === undefined || what === undefined) return;
  const { files = 0, bytes = 0 } = state.get(folder) ?? {};
  state.set(folder, { what, files: files + 1, bytes: bytes + uncompressedSize });
}

const SOURCE = 'Dockerfile@v0.13.4: GOGS_CUSTOM; internal/cmd/restore.go@v0.13.0: runRestore';

const OLD_DATABASE = danger({
  code: 'old-database',
  severity: 'warning',
  words: () => texts().oldDatabase,
  needsHand: false,
  source: SOURCE,
});

const SERVER_STATE = danger({
  code: 'server-state',
  severity: 'info',
  words: () => texts().serverState,
  needsHand: false,
  source: SOURCE,
});

const SESSIONS_LEFT_OUT = danger({
  code: 'sessions-left-out',
  severity: 'info',
  words: () => texts().sessionsLeftOut,
  needsHand: false,
  source: SOURCE,
});

const DATABASE_INSIDE = danger({
  code: 'database-inside',
  severity: 'warning',
  words: () => texts().databaseInside,
  needsHand: false,
  source: SOURCE,
});
