/** A folder that a server starts on, while it is verified: its files are held against those that an upgrade writes. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notice } from '../core/findings.js';
import type { Engine } from '../engines/Engine.js';
import { SQLITE_COMPANIONS } from '../engines/sqlite.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import {
  configPath,
  databaseIn,
  LAYOUT_NAMES,
  type LayoutName,
  type ServerLayout,
  serverLayout,
} from '../gogs/serverLayout.js';
import type { Destination } from '../outputs/Destination.js';
import { ServerFolder } from '../outputs/ServerFolder.js';
import type { UpgradePlan } from '../upgrade/planUpgrade.js';
import { ComparedFolder, type FolderListener } from './ComparedFolder.js';
import { differingSettings } from './differingSettings.js';
import { CONFIG_DIFFERS, notHeld, toKnow } from './notices.js';

export interface FoundFolder {
  readonly layout: LayoutName;
  /** Absolute path of the database, or of the SQL that makes it. */
  readonly database: string;
}

/** Undefined for a folder that is none that a server starts on. */
export async function findServerFolder(folder: string): Promise<FoundFolder | undefined> {
  const isThere = (path: string): Promise<boolean> =>
    access(join(folder, path)).then(
      () => true,
      () => false,
    );
  for (const name of LAYOUT_NAMES) {
    const layout = serverLayout(name, folder);
    const [file, script] = [databaseIn(layout, 'sqlite3'), databaseIn(layout, undefined)];
    const isItsOwn = (await isThere(configPath(layout))) || (await isThere(layout.repositories));
    if (await isThere(file)) return { layout: name, database: join(folder, file) };
    if (isItsOwn && (await isThere(script))) return { layout: name, database: join(folder, script) };
  }
  return undefined;
}

export interface VerifiedFolderParts {
  /** The folder as the user named it. */
  readonly name: string;
  /** Where it lies. */
  readonly place: string;
  readonly layout: ServerLayout;
  readonly engine: Engine | undefined;
  readonly temporary: TemporaryFolder;
  readonly signal: AbortSignal | undefined;
}

export class VerifiedFolder {
  readonly #parts: VerifiedFolderParts;
  #compared: ComparedFolder | undefined;

  constructor(parts: VerifiedFolderParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name;
  }

  /** Files that the input leads to, once they were compared. */
  get files(): number {
    return this.#compared?.files ?? 0;
  }

  /** Bytes of files that are the same. */
  get bytes(): number {
    return this.#compared?.bytes ?? 0;
  }

  /** Takes rows and files as the output of an upgrade does, compares the files, and passes the rows on to `database`. */
  async compareWith(plan: UpgradePlan, database: Destination, notice: (notice: Notice) => void): Promise<Destination> {
    const { place, layout, engine, temporary, signal } = this.#parts;
    const file = databaseIn(layout, engine);
    const ownFiles = new Set([file, ...SQLITE_COMPANIONS.map((ending) => file + ending)]);
    this.#compared = new ComparedFolder({
      ...{ place, signal, config: configPath(layout) },
      isApart: (path) => ownFiles.has(path),
      listener: listenerOf(notice),
    });
    const { source, config } = plan;
    const content = { files: source.files, config: config.content, scriptType: config.scriptType };
    // What an upgrade has to say was said when it was made.
    const parts = { ...{ layout, engine, temporary, signal }, ...content, notice: () => undefined };
    return ServerFolder.open(this.#compared, parts, async () => database);
  }
}

function listenerOf(notice: (notice: Notice) => void): FolderListener {
  return {
    onMissing: (path) => notice({ ...FILE_MISSING, place: JSON.stringify(path) }),
    onDifferent: (path, how) => notice({ ...FILE_DIFFERS, place: `${JSON.stringify(path)}: ${how}` }),
    onUnexpected: (path) => notice({ ...FILE_ADDED, place: JSON.stringify(path) }),
    onOtherTime: (path) => notice({ ...OTHER_TIME, place: JSON.stringify(path) }),
    onOtherConfig: (expected, found) => {
      for (const setting of differingSettings(expected, found)) notice({ ...CONFIG_DIFFERS, place: setting });
    },
  };
}

const REMEDY = 'Do not start a server on this folder: make it anew, and verify it again.';
const FILE_MISSING = notHeld('file-missing', 'Files are missing', 'The new server does not have them.', REMEDY);
const FILE_DIFFERS = notHeld(
  'file-different',
  'Files are not what the input leads to',
  'Something changed them, or wrote them wrongly.',
  'Make the folder anew. Where only hooks differ, say with --install-path for which place it was made.',
);
const FILE_ADDED = notHeld(
  'file-unexpected',
  'Files are in the folder that the input does not lead to',
  'The new server uses them: templates and hooks run there. A server that was started writes logs and sessions.',
  REMEDY,
);
const OTHER_TIME = toKnow(
  'file-time',
  'Files have another time than in the input',
  'Copy folders with their times: cp -a, rsync -a.',
  'None for Gogs.',
);
