/** Accepts the content of a backup, reports how a restore would treat it, and keeps nothing. */
import type { Row, RowConsumer } from '../core/rows.js';
import { afterRestorePath } from '../files/companionPaths.js';
import { JsonLinesWriter } from '../formats/json/JsonLinesWriter.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { membersOf } from '../gogs/restore/shaperOf.js';
import type { Table } from '../gogs/tables.js';
import { type ArchiveFiles, carriedFiles } from '../inputs/ArchiveFiles.js';
import type { Destination, DestinationContext, FilesListener, Finished, Written } from './Destination.js';
import { takeLongLine } from './takeLongLine.js';

export interface DiscardedContent {
  readonly target: Target;
  readonly files: ArchiveFiles | undefined;
  /** The name that the backup would have. */
  readonly name: string;
}

export class DiscardingDestination implements Destination {
  readonly #content: DiscardedContent;
  readonly #context: Omit<DestinationContext, 'temporary' | 'gate'>;
  #hasLongLines = false;

  constructor(content: DiscardedContent, context: Omit<DestinationContext, 'temporary' | 'gate'>) {
    this.#content = content;
    this.#context = context;
  }

  beginTable(table: Table): RowConsumer {
    const { notice, placeOf } = this.#context;
    const { maxLineBytes } = this.#content.target.restore;
    const lines = new JsonLinesWriter(membersOf(table, this.#content.target.firstRelease));
    return {
      row: (row: Row): void => {
        if (takeLongLine(lines, lines.write(row), { table, row, notice, placeOf, maxLineBytes }) !== undefined)
          this.#hasLongLines = true;
      },
      drain: async (): Promise<void> => lines.clear(),
    };
  }

  async endTable(): Promise<void> {}

  async writeFiles({ onFile, onBytes }: FilesListener): Promise<void> {
    for (const { entry, name, bytes } of carriedFiles(this.#content.files)) {
      this.#context.signal?.throwIfAborted();
      onFile(name, bytes, entry.compressedSize);
      onBytes(entry.compressedSize);
    }
    await this.#content.files?.zip.checkHeaders(this.#context.signal);
  }

  async finish(): Promise<Finished> {
    return { afterRestoreSql: this.#hasLongLines ? afterRestorePath(this.#content.name) : null };
  }

  async commit(): Promise<Written> {
    return { bytes: 0, files: { count: 0, bytes: 0 } };
  }

  async abort(): Promise<void> {}
}
