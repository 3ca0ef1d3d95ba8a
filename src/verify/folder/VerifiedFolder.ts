/** A server folder during its verification: its files are compared with those that an upgrade writes. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notice } from '../../core/findings.js';
import type { Engine } from '../../engines/Engine.js';
import { SQLITE_COMPANIONS } from '../../engines/sqlite.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import {
  configPath,
  databaseIn,
  LAYOUT_NAMES,
  type LayoutName,
  type ServerLayout,
  serverLayout,
} from '../../gogs/serverLayout.js';
import type { Destination } from '../../outputs/Destination.js';
import { ServerFolder } from '../../outputs/ServerFolder.js';
import type { UpgradePlan } from '../../upgrade/planUpgrade.js';
import { differingSettings } from '../findings/differingSettings.js';
import { failure, information } from '../findings/notices.js';
import { texts } from '../texts.js';
import { ComparedFolder, type FolderListener } from './ComparedFolder.js';

export interface FoundFolder {
  readonly layout: LayoutName;
  /** Absolute path of the database, or of the SQL for it. */
  readonly database: string;
}

/** Undefined if the folder is not a server folder. */
export async function findServerFolder(folder: string): Promise<FoundFolder | undefined> {
  const isThere = (path: string): Promise<boolean> =>
    access(join(folder, path)).then(
      () => true,
      () => false,
    );
  for (const name of LAYOUT_NAMES) {
    const layout = serverLayout(name, folder);
    const [file, script] = [databaseIn(layout, 'sqlite3'), databaseIn(layout, undefined)];
    const hasLayout = (await isThere(configPath(layout))) || (await isThere(layout.repositories));
    if (await isThere(file)) return { layout: name, database: join(folder, file) };
    if (hasLayout && (await isThere(script))) return { layout: name, database: join(folder, script) };
  }
  return undefined;
}

export interface VerifiedFolderParts {
  /** The folder as given by the user. */
  readonly name: string;
  /** The path of the folder. */
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

  /** Number of expected files, after the comparison. */
  get files(): number {
    return this.#compared?.files ?? 0;
  }

  /** Total size of the equal files. */
  get bytes(): number {
    return this.#compared?.bytes ?? 0;
  }

  /** Receives rows and files like the output of an upgrade, compares the files, and passes the rows on to `database`. */
  async compareWith(plan: UpgradePlan, database: Destination, notice: (notice: Notice) => void): Promise<Destination> {
    const { place, layout, engine, temporary, signal } = this.#parts;
    const file = databaseIn(layout, engine);
    const ownFiles = new Set([file, ...SQLITE_COMPANIONS.map((ending) => file + ending)]);
    this.#compared = new ComparedFolder({
      place,
      signal,
      config: configPath(layout),
      isApart: (path) => ownFiles.has(path),
      listener: listenerOf(notice),
    });
    const { files, config } = plan;
    const content = { files, config: config.content, scriptType: config.scriptType };
    // Findings of the upgrade were reported when it was made.
    const parts = { layout, engine, temporary, signal, ...content, notice: () => undefined };
    return ServerFolder.open(this.#compared, parts, async () => database);
  }
}

function listenerOf(notice: (notice: Notice) => void): FolderListener {
  const { folder, configDiffers, named } = texts();
  const { remedy } = folder;
  return {
    onMissing: (path) =>
      notice({ ...failure('file-missing', { ...folder.missing, remedy }), place: JSON.stringify(path) }),
    onDifferent: (path, how) =>
      notice({
        ...failure('file-different', folder.different),
        place: named({ file: JSON.stringify(path), setting: how }),
      }),
    onUnexpected: (path) =>
      notice({ ...failure('file-unexpected', { ...folder.added, remedy }), place: JSON.stringify(path) }),
    onOtherTime: (path) => notice({ ...information('file-time', folder.otherTime), place: JSON.stringify(path) }),
    onOtherConfig: (expected, found) => {
      for (const setting of differingSettings(expected, found)) {
        notice({ ...failure('config-differs', configDiffers), place: setting });
      }
    },
  };
}
