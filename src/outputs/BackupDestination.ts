/** Writes a backup zip: unchanged entries in their original bytes, rewritten entries, and the tables. */
import type { RowConsumer } from '../core/rows.js';
import type { Engine } from '../engines/Engine.js';
import { afterRestorePath } from '../files/companionPaths.js';
import { OutputFile } from '../files/OutputFile.js';
import { EARLIEST } from '../formats/zip/toDosTime.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { ZipWriter } from '../formats/zip/ZipWriter.js';
import { CONFIG, METADATA } from '../gogs/layout.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import { type ArchiveFiles, carriedFiles, carriedName } from '../inputs/ArchiveFiles.js';
import type { OriginalTable } from '../inputs/Source.js';
import { AfterRestoreSql } from './AfterRestoreSql.js';
import type {
  Destination,
  DestinationContext,
  DestinationPlace,
  FilesListener,
  Finished,
  UnnamedBackup,
  Written,
} from './Destination.js';
import { modeOfGenerated } from './modeOfGenerated.js';
import { TableEntry } from './TableEntry.js';

/** The content of a backup, apart from rows. */
export interface BackupContent {
  readonly target: Target;
  /** The dialect of the SQL for rows that a restore cannot read. */
  readonly engine: Engine | undefined;
  readonly files: ArchiveFiles | undefined;
  /** The new metadata.ini. */
  readonly metadata: Buffer;
  /** The new app.ini; undefined to carry over that of the archive. */
  readonly config: Buffer | undefined;
  /** Also write SQL for the values that a restore overwrites. */
  readonly exact: boolean;
}

export class BackupDestination implements Destination {
  readonly #content: BackupContent;
  readonly #context: DestinationContext;
  readonly #file: OutputFile;
  readonly #zip: ZipWriter;
  readonly #modified: Date;
  readonly #leftovers: AfterRestoreSql;
  #carried = { count: 0, bytes: 0 };
  #table: TableEntry | undefined;

  private constructor(
    file: OutputFile,
    { output }: DestinationPlace,
    content: BackupContent,
    context: DestinationContext,
  ) {
    this.#content = content;
    this.#context = context;
    this.#file = file;
    // The archive's own date, so that the same input gives the same output.
    const { metadata, config } = content.files ?? {};
    this.#modified = (metadata ?? config)?.entry.modified ?? EARLIEST;
    this.#zip = new ZipWriter(file, { signal: context.signal });
    const { target, engine, exact } = content;
    const path = typeof output === 'string' ? afterRestorePath(output) : undefined;
    this.#leftovers = new AfterRestoreSql({
      path,
      gate: context.gate,
      target,
      engine,
      exact,
      temporary: context.temporary,
    });
  }

  static async open(
    place: DestinationPlace,
    content: BackupContent,
    context: DestinationContext,
  ): Promise<BackupDestination> {
    const { temporary, gate, signal } = context;
    const file = await OutputFile.open(place.output, { gate, temporary, signal });
    return new BackupDestination(file, place, content, context);
  }

  beginTable(table: Table, original?: OriginalTable): RowConsumer {
    const [zip, modified, leftovers] = [this.#zip, this.#modified, this.#leftovers];
    const options = { zip, target: this.#content.target, modified, leftovers, ...this.#context };
    this.#table = new TableEntry(table, options, original);
    return this.#table;
  }

  async endTable(): Promise<void> {
    await this.#table?.end();
    this.#table = undefined;
  }

  async writeFiles(listener: FilesListener): Promise<void> {
    const { files, metadata, config } = this.#content;
    const onEntry = (name: string, { uncompressedSize, compressedSize }: ZipEntry): void => {
      this.#carried.count++;
      this.#carried.bytes += compressedSize;
      listener.onFile(name, uncompressedSize, compressedSize);
    };
    let renamed = false;
    if (files !== undefined) {
      await this.#zip.keepEntries(files.zip, {
        isKept: (entry) => {
          const name = carriedName(files, entry);
          const isKept = name !== undefined && entry.encodeName(name) === undefined;
          renamed ||= name !== undefined && !isKept;
          return isKept;
        },
        onEntry: (entry) => onEntry(entry.name, entry),
        onBytes: listener.onBytes,
      });
    }
    await this.#zip.addBuffer(METADATA, metadata, {
      mode: modeOfGenerated(METADATA, files),
      modified: this.#modified,
    });
    if (config !== undefined) {
      await this.#zip.addBuffer(CONFIG, config, {
        mode: modeOfGenerated(CONFIG, files),
        modified: files?.config?.entry.modified ?? this.#modified,
      });
    }
    if (files === undefined) return;
    if (config === undefined && files.config !== undefined)
      await this.#zip.copyRaw(files.zip, files.config.entry, CONFIG);
    if (!renamed) return;
    for (const { entry, name } of carriedFiles(files)) {
      if (entry.encodeName(name) === undefined) continue;
      await this.#zip.copyRaw(files.zip, entry, name);
      onEntry(name, entry);
      listener.onBytes(entry.compressedSize);
    }
  }

  async finish(): Promise<Finished> {
    await this.#zip.finish(this.#content.files?.zip.comment);
    const afterRestoreSql = await this.#leftovers.finish();
    await this.#file.finish();
    return { afterRestoreSql };
  }

  unnamed(): UnnamedBackup {
    return { archive: this.#file.file.temporaryPath, afterRestoreSql: this.#leftovers.temporaryPath };
  }

  async commit(): Promise<Written> {
    // The SQL first, name included: an archive would look complete without its leftover rows.
    await this.#leftovers.commit();
    const bytes = await this.#file.commit({ flushName: false });
    return { bytes, files: this.#carried };
  }

  async abort(): Promise<void> {
    await this.#table?.abort();
    await this.#zip.abort();
    await this.#leftovers.abort();
    await this.#file.abort();
  }
}
