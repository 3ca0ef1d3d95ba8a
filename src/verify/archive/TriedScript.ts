/** Loads `OUT.after-restore.sql` into the scratch database once that holds what a restore would have stored. */
import type { Notice } from '../../core/findings.js';
import type { Engine } from '../../engines/Engine.js';
import { engineNamed } from '../../engines/engineNamed.js';
import { readSqlScript } from '../../formats/sql/statements/readSqlScript.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Table } from '../../gogs/tables.js';
import type { ScratchDatabase } from '../engines/ScratchDatabase.js';
import { RefusedStatement } from '../engines/ScratchEngine.js';
import { failure } from '../findings/notices.js';
import { texts } from '../texts.js';
import type { AfterRestoreRows } from './AfterRestoreRows.js';

export interface TriedScriptOptions {
  readonly leftovers: AfterRestoreRows;
  readonly target: Target;
  readonly scratch: ScratchDatabase;
  readonly notice: (notice: Notice) => void;
}

export class TriedScript {
  readonly #options: TriedScriptOptions;
  readonly #path: string;
  readonly #engine: Engine;

  private constructor(options: TriedScriptOptions, path: string, engine: Engine) {
    this.#options = options;
    this.#path = path;
    this.#engine = engine;
  }

  /**
   * Undefined if there is no script that can be loaded: it is for another engine, or contains statements that no upgrade
   * writes. Such statements are never executed.
   */
  static of(options: TriedScriptOptions): TriedScript | undefined {
    const { path, engine, isGenuine } = options.leftovers;
    if (path === undefined || engine !== options.scratch.dialect || !isGenuine) return undefined;
    return new TriedScript(options, path, engine);
  }

  /** Whether the table is only complete once the script is loaded. */
  concerns({ name }: Table): boolean {
    const { leftovers, target } = this.#options;
    if (leftovers.purposes.has(name)) return true;
    return leftovers.isExact && target.restore.overwrites.some(({ table }) => table === name);
  }

  /** The columns that a restore overwrites, if the script corrects them. */
  overwritten({ name }: Table): readonly string[] {
    if (!this.#options.leftovers.isExact) return [];
    const { overwrites } = this.#options.target.restore;
    return overwrites.flatMap(({ table, columns }) => (table === name ? columns : []));
  }

  /** Returns false if the database rejects it. */
  async run(): Promise<boolean> {
    const { notice } = this.#options;
    const scratch = await this.#options.scratch.open();
    const { backslashEscapes } = engineNamed(this.#engine).sql;
    const kind = { dialect: this.#engine, producer: 'unknown', backslashEscapes } as const;
    try {
      await scratch.runScript(readSqlScript(this.#path, kind));
      return true;
    } catch (error) {
      if (!(error instanceof RefusedStatement)) throw error;
      const { title, consequence } = texts().sqlRefused;
      const words = { title: title({ product: scratch.product }), consequence, remedy: texts().doNotLoadSql };
      notice({ ...failure('sql-refused', words), place: `${this.#path}: ${error.message}` });
      return false;
    }
  }
}
