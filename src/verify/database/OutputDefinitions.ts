/** Compares the definitions of an output's tables with those that a target creates on an empty database. */
import type { Notice } from '../../core/findings.js';
import type { Engine } from '../../engines/Engine.js';
import {
  type DescribedKey,
  describeTable,
  type TableDescription,
} from '../../formats/sql/definitions/describeTable.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { schemaTable } from '../../gogs/schemas/buildSchema.js';
import type { Source } from '../../inputs/Source.js';
import { failure } from '../findings/notices.js';
import { texts } from '../texts.js';

export class OutputDefinitions {
  readonly #engine: Engine | undefined;
  /** By the SQL names of Gogs' tables; without those that the output does not define. */
  readonly #tables: ReadonlyMap<string, TableDescription>;

  private constructor(engine: Engine | undefined, tables: ReadonlyMap<string, TableDescription>) {
    this.#engine = engine;
    this.#tables = tables;
  }

  static async read({ engine, tables }: Source): Promise<OutputDefinitions> {
    const described = new Map<string, TableDescription>();
    for (const from of tables) {
      const description = engine && describeTable((await from.definitions?.()) ?? [], engine);
      if (description !== undefined) described.set(from.table.name, description);
    }
    return new OutputDefinitions(engine, described);
  }

  /** Each difference as a sentence. */
  differencesFrom(target: Target): readonly string[] {
    const engine = this.#engine;
    if (engine === undefined) return [];
    const schema = target.schemaFor(engine);
    return target.tables.flatMap(({ name }) => {
      const found = this.#tables.get(name);
      if (found === undefined) return [];
      const { createTable, createKeys } = schemaTable(schema, name);
      const expected = describeTable([createTable, ...createKeys.split(/;$/m)], engine);
      return expected === undefined ? [] : differencesOf(name, found, expected);
    });
  }
}

/** One notice for each difference. */
export async function checkDefinitions(output: Source, target: Target): Promise<readonly Notice[]> {
  const definitions = await OutputDefinitions.read(output);
  const differences = definitions.differencesFrom(target);
  if (differences.length === 0) return [];
  const other = target.history.targets.find((each) => definitions.differencesFrom(each).length === 0)?.name;
  const { title, consequence, remedy } = texts().definitions;
  const release = target.name;
  const found = failure('definition-differs', {
    title: title({ release }),
    consequence,
    remedy: other === undefined ? texts().database.remedy : remedy({ release, other }),
  });
  return differences.map((place) => ({ ...found, place }));
}

function differencesOf(table: string, found: TableDescription, expected: TableDescription): string[] {
  const { lacks, adds, differs } = texts().definitions;
  const columns = [...expected.columns].flatMap(([name, definition]) => {
    const column = `${table}.${name}`;
    const stated = found.columns.get(name);
    if (stated === undefined) return [lacks({ table, part: name })];
    return stated === definition ? [] : [differs({ column, found: stated, expected: definition })];
  });
  const added = [...found.columns.keys()].filter((name) => !expected.columns.has(name));
  const keys = [...found.keys];
  const missing = expected.keys.filter((key) => {
    const at = keys.findIndex((other) => isSameKey(key, other));
    if (at >= 0) keys.splice(at, 1);
    return at < 0;
  });
  const triggers = found.triggers.map((name) => `TRIGGER ${name}`);
  const rules = found.rules.filter((rule) => !expected.rules.includes(rule));
  return [
    ...columns,
    ...missing.map((key) => lacks({ table, part: labelOf(key) })),
    ...[...added, ...keys.map(labelOf), ...triggers, ...rules].map((part) => adds({ table, part })),
  ];
}

/** A key without a name is the same as any that is otherwise equal. */
function isSameKey(one: DescribedKey, other: DescribedKey): boolean {
  return (
    one.kind === other.kind &&
    (one.name ?? other.name) === (other.name ?? one.name) &&
    one.columns.join('\n').toLowerCase() === other.columns.join('\n').toLowerCase()
  );
}

const labelOf = ({ kind, name, columns }: DescribedKey): string =>
  `${kind} ${name === undefined ? '' : `${name} `}(${columns.join(', ')})`;
