/** The sequences of a dump by PostgreSQL, which hold the next ids of tables. */

import type { SqlStatement } from '../statements/SqlStatement.js';
import type { QualifiedName } from '../syntax/SqlNames.js';
import type { Catalog, CatalogTable } from './Catalog.js';
import type { Meaning } from './Meaning.js';

interface Sequence {
  readonly statements: SqlStatement[];
  owner: QualifiedName | undefined;
  /** The table that the owner's name refers to. */
  table: CatalogTable | undefined;
  nextId: bigint | undefined;
}

export class DumpSequences {
  readonly #catalog: Catalog;
  readonly #sequences = new Map<string, Sequence>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  add(meaning: Extract<Meaning, { kind: 'sequence' }>, place: SqlStatement): void {
    const key = this.#catalog.keyOf(meaning.sequence);
    const sequence: Sequence = this.#sequences.get(key) ?? {
      statements: [],
      owner: ownerByName(meaning.sequence),
      table: undefined,
      nextId: undefined,
    };
    this.#sequences.set(key, sequence);
    sequence.owner = meaning.owner ?? sequence.owner;
    sequence.nextId = meaning.isComputed === true ? undefined : (meaning.nextId ?? sequence.nextId);
    // Resolved now, because the same name refers to another table in another database.
    if (sequence.owner !== undefined) sequence.table = this.#catalog.find(sequence.owner) ?? sequence.table;
    sequence.statements.push(place);
  }

  /** Gives each table its next id, once all statements are known. */
  settle(): void {
    for (const { table, statements, nextId } of this.#sequences.values()) {
      if (table === undefined) {
        // It may belong to any.
        for (const each of this.#catalog.tables) each.setsNextId = true;
        continue;
      }
      table.related.push(...statements);
      table.setsNextId = true;
      table.nextId ??= nextId;
    }
  }
}

/** The table of a serial column, whose sequence is named after it; OWNED BY takes precedence. */
function ownerByName({ qualifier, name }: QualifiedName): QualifiedName | undefined {
  const table = /^(.*)_id_seq$/.exec(name)?.[1];
  return table === undefined ? undefined : { qualifier, name: table };
}
