import type { Notice } from '../../core/findings.js';
import type { Engine } from '../../engines/Engine.js';
import type { ZipEntry } from '../../formats/zip/ZipEntry.js';
import type { ZipReader } from '../../formats/zip/ZipReader.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Schema } from '../../gogs/schemas/Schema.js';
import type { Table } from '../../gogs/tables.js';
import type { ScratchDatabase } from '../engines/ScratchDatabase.js';
import type { Expectation } from '../expected/Expectation.js';
import type { AfterRestoreRows } from './AfterRestoreRows.js';
import type { TriedScript } from './TriedScript.js';

export interface VerifyTablesOptions {
  readonly zip: ZipReader;
  /** By Go type. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly target: Target;
  /** The engine in the archive's app.ini. */
  readonly engine: Engine | undefined;
  readonly leftovers: AfterRestoreRows;
  /** Undefined if the archive is verified without an input. */
  readonly expectation: Expectation | undefined;
  readonly scratch: ScratchDatabase;
  /** The SQL to load after the restore, if the scratch database can load it. */
  readonly script: TriedScript | undefined;
  /** The schema for the engine of the scratch database. */
  readonly schema: Schema;
  /** Insert every column of every row into the scratch database, and not only what it may refuse or change. */
  readonly insertsAll: boolean;
  readonly notice: (notice: Notice) => void;
  readonly onBytes: (table: Table, bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}
