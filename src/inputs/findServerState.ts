/**
 * Finds the files of a running server in an archive, and decides which must not reach the new server: its SQLite database and,
 * if no token may be carried over, its sessions. Other files that only the old server needs are reported. In the official image
 * the custom folder contains the data folder, so a backup contains the live database (GOGS_CUSTOM in Dockerfile@v0.13.4). After
 * a restore, the new Gogs would use that database instead of the restored rows.
 */
import { basename } from 'node:path';
import { danger } from '../core/danger.js';
import type { Notice } from '../core/findings.js';
import { formatBytes } from '../core/format.js';
import { SQLITE_COMPANIONS, SQLITE_MAGIC } from '../engines/sqlite.js';
import { readBeginning } from '../formats/zip/readBeginning.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { CUSTOM, DATA } from '../gogs/layout.js';
import { type ArchiveFiles, carriedFiles } from './ArchiveFiles.js';
import { texts } from './texts.js';

export interface LeaveOutOptions {
  /** `[database] PATH` of the old app.ini. */
  readonly databasePath: string | undefined;
  /** Leave out every database and all sessions: databases contain the original tokens and active webhooks. */
  readonly all: boolean;
}

/** Page sizes are powers of two from 512 on: https://www.sqlite.org/fileformat2.html, section 1.3.2. */
const SMALLEST_PAGE = 512;
/** Uploads of users are kept, even if they are databases. */
const UPLOADED = ['attachments', 'avatars', 'repo-avatars', 'lfs-objects'].flatMap((name) => [
  `${DATA}${name}/`,
  `${CUSTOM}data/${name}/`,
]);

type StateKind = 'sessions' | 'hostKeys' | 'workingCopies' | 'logs';

/**
 * Folders that only a running server needs: internal/conf/static.go@v0.13.0. In the official image they are in the custom
 * folder.
 */
const STATE: readonly (readonly [folder: string, what: StateKind])[] = [
  [`${CUSTOM}data/sessions/`, 'sessions'],
  [`${DATA}sessions/`, 'sessions'],
  // A backup always has data/ssh, and a step of the checklist restores it.
  [`${CUSTOM}data/ssh/`, 'hostKeys'],
  [`${CUSTOM}data/tmp/`, 'workingCopies'],
  [`${DATA}tmp/`, 'workingCopies'],
  [`${CUSTOM}log/`, 'logs'],
];
const SESSIONS = /^gogs-backup\/(?:custom\/)?data\/sessions\//;

export interface ServerState {
  /** The findings. */
  readonly notices: readonly Notice[];
  /** Names of files to leave out, including files that may not exist. */
  readonly leftOut: ReadonlySet<string>;
}

/** Finds nothing in an input without files. */
export async function findServerState(
  files: ArchiveFiles | undefined,
  { databasePath, all }: LeaveOutOptions,
): Promise<ServerState> {
  const leftOut = new Set<string>();
  const databases: string[] = [];
  const state: State = new Map();
  if (files === undefined) return { notices: [], leftOut };
  const { zip } = files;
  for (const { entry, name } of carriedFiles(files)) {
    if (!name.startsWith(CUSTOM) && !name.startsWith(DATA)) continue;
    if (UPLOADED.some((folder) => name.startsWith(folder))) continue;
    countState(state, name, entry);
    if (all && SESSIONS.test(name)) leftOut.add(name);
    const { uncompressedSize: size } = entry;
    if (size === 0 || size % SMALLEST_PAGE !== 0) continue;
    const beginning = await readBeginning(zip, entry);
    if (beginning.toString('latin1', 0, SQLITE_MAGIC.length) === SQLITE_MAGIC) databases.push(name);
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

/** By the name of the folder in the archive. */
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
