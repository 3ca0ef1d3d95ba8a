/**
 * SQL to load after `gogs restore`: the rows that a restore cannot read and, on request, the values that it overwrites. All
 * rows go through temporary tables, so that loading the SQL twice, or after a Gogs that can read such rows, does no harm.
 */
import { rmSync } from 'node:fs';
import { RefusedError } from '../core/errors.js';
import type { Row } from '../core/rows.js';
import { outputError } from '../core/systemErrors.js';
import type { AtomicFile } from '../files/AtomicFile.js';
import { fileSink } from '../files/ByteSink.js';
import type { OutputGate } from '../files/OutputGate.js';
import { isOverwritten } from '../gogs/restore/isOverwritten.js';
import type { Table } from '../gogs/tables.js';
import type { AfterRestoreContext, AfterRestoreSection, Purpose } from './AfterRestoreSection.js';
import type { LeftoverRows } from './TableEntry.js';
import { texts } from './texts.js';

export interface AfterRestoreSqlOptions extends AfterRestoreContext {
  /** Undefined if there is no place for a file beside the output. */
  readonly path: string | undefined;
  readonly gate: OutputGate;
  /** Also restore the values that a restore overwrites. */
  readonly exact: boolean;
}

export class AfterRestoreSql implements LeftoverRows {
  readonly #options: AfterRestoreSqlOptions;
  readonly #sections = new Map<string, AfterRestoreSection>();
  /** Copies of rows since the last `drain`. */
  #waiting: { readonly table: Table; readonly purpose: Purpose; readonly row: Row }[] = [];
  #file: AtomicFile | undefined;
  /** The file of an earlier output. */
  #leftover: string | undefined;

  constructor(options: AfterRestoreSqlOptions) {
    this.#options = options;
  }

  add(table: Table, row: Row): void {
    this.#waiting.push({ table, purpose: 'missing rows', row: row.copy() });
  }

  /** Takes every row that a restore can read. */
  restored(table: Table, row: Row): void {
    if (this.#options.exact && isOverwritten(this.#options.target, table, row)) {
      this.#waiting.push({ table, purpose: 'overwritten values', row: row.copy() });
    }
  }

  async drain(): Promise<void> {
    if (this.#waiting.length === 0) return;
    // Loaded on demand: most upgrades write no such SQL.
    const { AfterRestoreSection } = await import('./AfterRestoreSection.js');
    for (const { table, purpose, row } of this.#waiting.splice(0)) {
      const key = `${purpose} ${table.name}`;
      const section = this.#sections.get(key) ?? new AfterRestoreSection(table, purpose, this.#options);
      this.#sections.set(key, section);
      section.writer.row(row);
    }
    for (const { writer } of this.#sections.values()) await writer.drain();
  }

  /**
   * Writes the file under its temporary name. Call it once, after the last row. Returns the final name, or null if there is
   * nothing to write.
   */
  async finish(): Promise<string | null> {
    const { path, gate, engine } = this.#options;
    if (this.#sections.size === 0) {
      if (path !== undefined && (await gate.isLeftover(path))) this.#leftover = path;
      return null;
    }
    if (path === undefined) {
      throw new RefusedError(texts().needsFileForSql);
    }
    this.#file = await gate.file(path);
    const sink = fileSink(this.#file.handle, path);
    const { engineOr, writeScript } = await import('./AfterRestoreSection.js');
    await writeScript(sink, engineOr(engine), this.#sections.values());
    await this.#file.seal();
    return path;
  }

  /** The temporary name of the finished file; undefined if there was nothing to write. */
  get temporaryPath(): string | undefined {
    return this.#file?.temporaryPath;
  }

  /** Gives the file its final name; without one, removes that of an earlier output, whose rows must not be loaded. */
  async commit(): Promise<void> {
    await this.#file?.commit();
    if (this.#leftover !== undefined) removeFile(this.#leftover);
  }

  async abort(): Promise<void> {
    for (const section of this.#sections.values()) await section.close();
    await this.#file?.abort();
  }
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw outputError(path, error);
  }
}
