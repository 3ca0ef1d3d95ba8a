/** Reads the zip that `gogs backup` writes: `gogs-backup/db/<Type>.json` and files, with entries in any order. */
import type { Row, RowConsumer } from '../core/rows.js';
import { IniDocument } from '../formats/ini/IniDocument.js';
import { JsonLinesReader, type KeyMeaning } from '../formats/json/JsonLinesReader.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import { CONFIG, DATABASE, METADATA } from '../gogs/layout.js';
import { type BackupMetadata, readMetadata } from '../gogs/metadata.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { keptByTable, keyInRelease, type Table } from '../gogs/tables.js';
import { type ArchiveFiles, type ReadFile, type RepackedFiles, readIniFile } from './ArchiveFiles.js';
import type { ArchiveIndex } from './indexArchive.js';
import type { ForeignTable, OriginalTable, Source, SourceTable } from './Source.js';

/** The JSON Lines of a table in the zip. */
class BackupTable implements SourceTable {
  readonly bytes: number;

  /** `place`: the name of its file. */
  constructor(
    readonly table: Table,
    readonly place: string,
    readonly original: OriginalTable,
    /** The release that wrote it. */
    readonly release: string,
    readonly maxRowBytes: number,
  ) {
    this.bytes = original.entry.uncompressedSize;
  }

  async readRows(row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void> {
    const { zip, entry } = this.original;
    const options = {
      file: this.place,
      meaningOf: meaningsOf(this.table, this.release),
      maxLineBytes: this.maxRowBytes,
    };
    const reader = new JsonLinesReader(options, row, consumer);
    for await (const chunk of zip.chunks(entry, signal)) {
      reader.feed(chunk);
      await consumer.drain?.();
    }
    reader.end();
    await consumer.drain?.();
  }
}

export interface BackupOptions {
  readonly metadata: ZipEntry;
  readonly index: ArchiveIndex;
  readonly repacked?: RepackedFiles | undefined;
  readonly history: GogsHistory;
  readonly maxRowBytes: number;
}

export class GogsBackup implements Source {
  readonly form = 'gogs backup';
  readonly engine = undefined;
  readonly input: string;
  readonly bytes: number;
  readonly gogsVersion: string;
  readonly madeAt: string | undefined;
  readonly tables: readonly BackupTable[];
  readonly foreignTables: readonly ForeignTable[];
  readonly files: ArchiveFiles;
  readonly bytesToRead: number;
  readonly #zip: ZipReader;

  private constructor(parts: {
    input: string;
    zip: ZipReader;
    tables: BackupTable[];
    foreignTables: ForeignTable[];
    metadata: ReadFile;
    made: BackupMetadata;
    config: ReadFile | undefined;
    repositories: ZipEntry | undefined;
    repacked: RepackedFiles | undefined;
  }) {
    this.input = parts.input;
    this.bytes = parts.repacked?.bytes ?? parts.zip.size;
    this.tables = parts.tables;
    this.foreignTables = parts.foreignTables;
    this.gogsVersion = parts.made.gogsVersion;
    this.madeAt = parts.made.dateTime;
    this.bytesToRead = parts.tables.reduce((sum, { bytes }) => sum + bytes, parts.zip.size);
    this.#zip = parts.zip;
    const read = new Set([...parts.tables.map(({ original }) => original.entry.name), METADATA, CONFIG]);
    this.files = {
      zip: parts.zip,
      metadata: parts.metadata,
      config: parts.config,
      repositories: parts.repositories,
      ...parts.repacked?.files,
      nameOf: ({ name }) => (read.has(name) ? undefined : name),
    };
  }

  /** Takes ownership of the zip: closing the source closes it. */
  static async open(
    input: string,
    zip: ZipReader,
    { metadata, index, repacked, history, maxRowBytes }: BackupOptions,
  ): Promise<GogsBackup> {
    const metadataFile = await readIniFile(zip, metadata);
    const made = readMetadata(IniDocument.parse(metadataFile.content, { inlineComments: true }, 'metadata.ini'));
    const tables: BackupTable[] = [];
    const foreignTables: ForeignTable[] = [];
    for (const entry of index.tables) {
      const file = entry.name.slice(DATABASE.length);
      const table = history.tableOfType(file.slice(0, -'.json'.length));
      if (table === undefined) foreignTables.push({ name: file, place: entry.name });
      else tables.push(new BackupTable(table, file, { zip, entry }, made.gogsVersion, maxRowBytes));
    }
    return new GogsBackup({
      input,
      zip,
      tables,
      foreignTables,
      metadata: metadataFile,
      made,
      config: index.config && (await readIniFile(zip, index.config)),
      repositories: index.repositories,
      repacked,
    });
  }

  async close(): Promise<void> {
    await this.#zip.close();
  }
}

/** Higher than the rank of any key of other releases. */
const OWN_RANK = 1000;

/**
 * The meaning of each key of a table's rows, in any release. If a row has several keys for a column, the one that its release
 * reads counts, even if it is empty: the old server never saw the others.
 */
const meaningsOf = keptByTable((table, release: string | undefined): ((key: string) => KeyMeaning) => {
  const exact = new Map<string, KeyMeaning>();
  const folded = new Map<string, KeyMeaning>();
  table.columns.forEach((column, index) => {
    const own = release === undefined ? undefined : keyInRelease(column, release);
    column.keys.forEach(({ key }, position) => {
      const meaning: KeyMeaning = { use: 'column', index, rank: key === own ? OWN_RANK : position };
      exact.set(key, meaning);
      // Gogs' decoder ignores case if no key matches exactly; then there is never more than one candidate column.
      const other = folded.get(key.toLowerCase());
      if (!column.derived && (other?.use !== 'column' || other.rank < OWN_RANK)) folded.set(key.toLowerCase(), meaning);
    });
  });
  for (const key of table.droppedKeys) exact.set(key, { use: 'nothing' });
  return (key) => exact.get(key) ?? folded.get(key.toLowerCase()) ?? { use: 'extra' };
});
