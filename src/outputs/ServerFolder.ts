/**
 * Writes a folder in which a new server can be started: repositories, attachments, avatars and app.ini in their final places,
 * and the database in place (SQLite) or beside them as SQL.
 */
import type { Notice } from '../core/findings.js';
import type { RowConsumer } from '../core/rows.js';
import type { Engine } from '../engines/Engine.js';
import type { FolderSink } from '../files/FolderSink.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { EARLIEST } from '../formats/zip/toDosTime.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { REPOSITORIES } from '../gogs/layout.js';
import { configPath, databaseIn, OTHER_FILES, placeInLayout, type ServerLayout } from '../gogs/serverLayout.js';
import type { Table } from '../gogs/tables.js';
import { type ArchiveFiles, carriedFiles } from '../inputs/ArchiveFiles.js';
import { openRepositories } from '../inputs/openRepositories.js';
import { AuthorizedKeys } from './AuthorizedKeys.js';
import type { Destination, FilesListener, Finished, Written } from './Destination.js';
import { diskName } from './diskName.js';
import { texts } from './texts.js';
import { unpackEntry } from './unpackEntry.js';
import { unpackRepositories } from './unpackRepositories.js';

export interface ServerFolderParts {
  readonly layout: ServerLayout;
  readonly engine: Engine | undefined;
  readonly files: ArchiveFiles | undefined;
  /** The new app.ini; undefined for that of the archive. */
  readonly config: Buffer | undefined;
  /** `[repository] SCRIPT_TYPE` */
  readonly scriptType: string;
  readonly temporary: TemporaryFolder;
  readonly notice: (notice: Notice) => void;
  readonly signal: AbortSignal | undefined;
}

const CONFIG_MODE = 0o600;
const KEYS_MODE = 0o600;

export class ServerFolder implements Destination {
  readonly #folder: FolderSink;
  readonly #database: Destination;
  readonly #parts: ServerFolderParts;
  readonly #keys: AuthorizedKeys;
  readonly #carried = { count: 0, bytes: 0 };

  private constructor(folder: FolderSink, database: Destination, parts: ServerFolderParts) {
    this.#folder = folder;
    this.#database = database;
    this.#parts = parts;
    this.#keys = new AuthorizedKeys(parts.layout);
  }

  /** Takes ownership of the folder. `openDatabase` opens the writer for the tables, at a path within the folder. */
  static async open(
    folder: FolderSink,
    parts: ServerFolderParts,
    openDatabase: (path: string) => Promise<Destination>,
  ): Promise<ServerFolder> {
    try {
      const database = await openDatabase(folder.pathOf(databaseIn(parts.layout, parts.engine)));
      return new ServerFolder(folder, database, parts);
    } catch (error) {
      await folder.abort();
      throw error;
    }
  }

  beginTable(table: Table): RowConsumer {
    const consumer = this.#database.beginTable(table);
    return table.name === 'public_key' ? this.#keys.watch(table, consumer) : consumer;
  }

  async endTable(): Promise<void> {
    await this.#database.endTable();
  }

  async writeFiles(listener: FilesListener): Promise<void> {
    const { files, config, layout, notice, scriptType, temporary, signal } = this.#parts;
    const modified = (files?.metadata ?? files?.config)?.entry.modified ?? EARLIEST;
    const content = config ?? files?.config?.content;
    if (content !== undefined) {
      const entry = files?.config?.entry;
      this.#folder.addFile(configPath(layout), content, {
        mode: entry?.mode || CONFIG_MODE,
        modified: entry?.modified ?? modified,
      });
    }
    if (files === undefined) return;
    const onFile = (entry: ZipEntry, name: string): void => {
      if (entry.isDirectory) return;
      this.#carried.count++;
      this.#carried.bytes += entry.uncompressedSize;
      listener.onFile(name, entry.uncompressedSize, entry.compressedSize);
    };
    for (const { entry, name } of carriedFiles(files)) {
      signal?.throwIfAborted();
      if (name === REPOSITORIES) continue;
      const place = placeInLayout(layout, diskName(entry, name));
      if (place === undefined) continue;
      const added = this.#add(files, entry, place, name);
      if (added !== undefined) await added;
      onFile(entry, name);
      listener.onBytes(entry.compressedSize);
    }
    const repositories = await openRepositories(files, { temporary, notice, signal });
    if (repositories === undefined) return;
    try {
      await unpackRepositories(repositories, this.#folder, {
        layout,
        scriptType,
        modified,
        notice,
        signal,
        onFile: (entry) => {
          onFile(entry, REPOSITORIES);
          listener.onBytes(entry.compressedSize);
        },
      });
    } finally {
      await repositories.close();
    }
  }

  #add(files: ArchiveFiles, entry: ZipEntry, place: string, name: string): Promise<void> | undefined {
    if (entry.isDirectory) {
      this.#folder.addFolder(place, entry);
      return undefined;
    }
    if (!this.#folder.has(place)) return unpackEntry(files.zip, entry, this.#folder, place);
    return this.#addBeside(files, entry, place, name);
  }

  /** In Docker the data folder is inside custom/, so a backup contains its files twice. */
  async #addBeside({ zip }: ArchiveFiles, entry: ZipEntry, place: string, name: string): Promise<void> {
    if (await this.#folder.holds(place, zip.chunks(entry))) return;
    const other = `${OTHER_FILES}/${name}`;
    await unpackEntry(zip, entry, this.#folder, other);
    const words = texts().twoFilesInOnePlace;
    this.#parts.notice({
      code: 'two-files-in-one-place',
      severity: 'warning',
      title: words.title,
      consequence: words.consequence,
      remedy: words.remedy({ folder: OTHER_FILES }),
      needsHand: true,
      source: 'internal/cmd/backup.go@v0.13.0; docker/start.sh@v0.13.4: /data/gogs/data',
      place: `${place}; ${other}`,
    });
  }

  async finish(): Promise<Finished> {
    const { layout } = this.#parts;
    await this.#database.finish();
    const { bytes } = await this.#database.commit();
    this.#folder.addWritten(bytes);
    if (layout.authorizedKeys !== undefined) {
      this.#folder.addFile(layout.authorizedKeys, this.#keys.toBuffer(), {
        mode: KEYS_MODE,
        modified: undefined,
      });
    }
    await this.#folder.finish();
    return { afterRestoreSql: null };
  }

  unnamedDatabase(): string {
    return this.#folder.pathOf(databaseIn(this.#parts.layout, this.#parts.engine));
  }

  unnamedFolder(): string {
    return this.#folder.pathOf('');
  }

  async commit(): Promise<Written> {
    await this.#folder.commit();
    return { bytes: this.#folder.bytes, files: this.#carried };
  }

  async abort(): Promise<void> {
    await this.#database.abort();
    await this.#folder.abort();
  }
}
