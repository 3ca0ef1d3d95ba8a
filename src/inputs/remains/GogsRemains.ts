/** The remains of a server as one input: a database from any place, and files packed as by `gogs backup`. */
import type { Notice } from '../../core/findings.js';
import type { SourceForm } from '../../core/SourceForm.js';
import type { Engine } from '../../engines/Engine.js';
import type { ArchiveFiles } from '../ArchiveFiles.js';
import type { ForeignTable, Source, SourceTable } from '../Source.js';

export interface GogsRemainsParts {
  readonly input: string;
  readonly form: SourceForm;
  readonly database: Source;
  readonly files: ArchiveFiles;
  /** Size of the files before they were packed. */
  readonly bytes: number;
  readonly notices: readonly Notice[];
}

export class GogsRemains implements Source {
  readonly gogsVersion = undefined;
  readonly madeAt = undefined;
  readonly input: string;
  readonly form: SourceForm;
  readonly bytes: number;
  readonly bytesToRead: number;
  readonly engine: Engine | undefined;
  readonly tables: readonly SourceTable[];
  readonly foreignTables: readonly ForeignTable[];
  readonly files: ArchiveFiles;
  readonly notices: readonly Notice[];
  readonly #database: Source;

  /** Takes ownership of both: closing the source closes them. */
  constructor({ input, form, database, files, bytes, notices }: GogsRemainsParts) {
    this.input = input;
    this.form = form;
    this.bytes = database.bytes + bytes;
    this.bytesToRead = database.bytesToRead + files.zip.size;
    this.engine = database.engine;
    this.tables = database.tables;
    this.foreignTables = database.foreignTables;
    this.files = files;
    this.notices = [...(database.notices ?? []), ...notices];
    this.#database = database;
  }

  async close(): Promise<void> {
    await this.#database.close();
    await this.files.zip.close();
  }
}
