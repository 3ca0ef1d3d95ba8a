/**
 * Describes a table as its statements define it, so that two definitions can be compared: whatever quoting, spacing, order or
 * program they were written with, and whether a key is in the CREATE TABLE or in a statement of its own.
 */
import { engineNamed } from '../../../engines/engineNamed.js';
import type { Dialect } from '../syntax/Dialect.js';
import { plainStatement } from '../syntax/plainStatement.js';
import { SQL_NAMES, type SqlNames } from '../syntax/SqlNames.js';
import { splitList } from '../syntax/splitList.js';
import { unquoteDefault } from '../syntax/unquoteDefault.js';
import { DefinitionList } from './DefinitionList.js';
import { parseDefinition } from './parseDefinition.js';

export interface DescribedKey {
  readonly kind: 'PRIMARY KEY' | 'UNIQUE' | 'INDEX';
  /** Undefined if the statement does not name it, and for every primary key. */
  readonly name: string | undefined;
  readonly columns: readonly string[];
}

export interface TableDescription {
  /** Name of a column → what is defined of it, in one spelling: `bigint NOT NULL AUTOINCREMENT`. */
  readonly columns: ReadonlyMap<string, string>;
  readonly keys: readonly DescribedKey[];
  readonly triggers: readonly string[];
  /** In SQLite: what a table states beside columns and keys, such as `CHECK (uid > 0)` and `STRICT`. */
  readonly rules: readonly string[];
}

interface ColumnDraft {
  type: string;
  nullable: boolean;
  value: string | undefined;
  isAutomatic: boolean;
  /** In SQLite: a collation, a check, a reference, a formula. */
  rules: string;
}

const RULE = /\b(?:COLLATE|CHECK|REFERENCES|GENERATED|ON CONFLICT)\b|\bAS ?\(/i;

/** Undefined if no statement lists the columns of the table. Statements that do not define anything are skipped. */
export function describeTable(statements: readonly string[], dialect: Dialect): TableDescription | undefined {
  const description = new Description(dialect);
  for (const statement of statements) {
    description.add(plainStatement(statement, dialect, dialect === 'mysql').replace(/ ?;$/, ''));
  }
  return description.columns.size === 0 ? undefined : description.finish();
}

class Description {
  readonly columns = new Map<string, ColumnDraft>();
  readonly #keys: DescribedKey[] = [];
  readonly #triggers: string[] = [];
  readonly #rules: string[] = [];
  readonly #dialect: Dialect;
  readonly #names: SqlNames;
  readonly #patterns: ReturnType<typeof patternsOf>;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#names = SQL_NAMES[dialect];
    this.#patterns = patternsOf(this.#names);
  }

  add(statement: string): void {
    const { createIndex, createTrigger, alterTable } = this.#patterns;
    const trigger = createTrigger.exec(statement)?.[1];
    const index = createIndex.exec(statement);
    const altered = alterTable.exec(statement);
    if (trigger !== undefined) this.#triggers.push(this.#names.unquote(trigger));
    else if (index !== null) this.#addIndex(index, statement.slice(index[0].length));
    else if (altered !== null) for (const clause of splitList(statement.slice(altered[0].length))) this.#alter(clause);
    else if (/^CREATE\b.*?\bTABLE\b/i.test(statement)) this.#create(statement);
  }

  #create(statement: string): void {
    const list = new DefinitionList(statement, this.#dialect, this.#dialect === 'mysql');
    for (const { name, type, nullable, default: value, isAutomatic } of parseDefinition(list, this.#dialect).columns) {
      const isSerial = /^(?:big|small)?serial\b/i.test(type);
      this.columns.set(name.toLowerCase(), { type, nullable: nullable && !isSerial, value, isAutomatic, rules: '' });
    }
    for (const part of list.parts) {
      const name = this.#patterns.column.exec(part)?.[1] ?? '';
      const column = this.columns.get(this.#names.unquote(name).toLowerCase());
      if (column === undefined) {
        const isKey = this.#addConstraint(part);
        if (!isKey || RULE.test(list.masked(part))) this.#addRule(part);
        continue;
      }
      const constraints = list.masked(part).slice(name.length);
      if (/\bPRIMARY KEY\b/i.test(constraints)) this.#addKey('PRIMARY KEY', undefined, name);
      if (/\bUNIQUE\b/i.test(constraints)) this.#addKey('UNIQUE', undefined, name);
      // Without the word, SQLite assigns the id of a deleted last row again.
      if (this.#dialect === 'sqlite3') {
        column.isAutomatic = /\bAUTOINCREMENT\b/i.test(constraints);
        const rules = constraints.search(RULE);
        if (rules >= 0) column.rules = part.slice(name.length + rules);
      } else if (/\bAS IDENTITY\b/i.test(constraints)) column.isAutomatic = true;
    }
    this.#addRule(list.after.trim());
  }

  #alter(clause: string): void {
    if (/^ADD /i.test(clause) && this.#addConstraint(clause.slice('ADD '.length))) return;
    const automatic = this.#patterns.automatic.exec(clause);
    const draft = this.columns.get(this.#names.unquote(automatic?.[1] ?? automatic?.[2] ?? '').toLowerCase());
    if (draft !== undefined) draft.isAutomatic = true;
  }

  #addConstraint(text: string): boolean {
    const [, constraint, words, name, columns] = this.#patterns.key.exec(text) ?? [];
    if (words === undefined) return false;
    const kind = /^PRIMARY/i.test(words) ? 'PRIMARY KEY' : /^UNIQUE/i.test(words) ? 'UNIQUE' : 'INDEX';
    this.#addKey(kind, kind === 'PRIMARY KEY' ? undefined : (name ?? constraint), columns);
    return true;
  }

  /** Servers print options of tables in ways of their own; SQLite keeps the text of the statement. */
  #addRule(text: string): void {
    if (this.#dialect === 'sqlite3' && text !== '') this.#rules.push(text);
  }

  /** `rest`: what follows the columns. A condition leaves rows out of an index. */
  #addIndex([, unique, name, columns = '']: RegExpExecArray, rest: string): void {
    const condition = /^ ?WHERE .*/is.exec(rest)?.[0].trim();
    const parts = condition === undefined ? columns : `${columns}, ${condition}`;
    this.#addKey(unique === undefined ? 'INDEX' : 'UNIQUE', name, parts);
  }

  #addKey(kind: DescribedKey['kind'], name: string | undefined, columns = ''): void {
    this.#keys.push({
      kind,
      name: name === undefined ? undefined : this.#names.unquote(name),
      columns: splitList(columns).map((column) => this.#names.unquote(column.replace(/ ASC$/i, ''))),
    });
  }

  finish(): TableDescription {
    const columns = [...this.columns].map(([name, draft]) => [name, describeColumn(draft, this.#dialect)] as const);
    return { columns: new Map(columns), keys: this.#keys, triggers: this.#triggers, rules: this.#rules };
  }
}

function describeColumn({ type, nullable, value, isAutomatic, rules }: ColumnDraft, dialect: Dialect): string {
  const counts = isAutomatic || /^nextval\b/i.test(value ?? '');
  return [
    engineNamed(dialect).values.plainType(type),
    ...(nullable ? [] : ['NOT NULL']),
    ...(value === undefined || counts ? [] : [`DEFAULT ${unquoteDefault(value)}`]),
    ...(counts ? ['AUTOINCREMENT'] : []),
    ...(rules === '' ? [] : [rules]),
  ].join(' ');
}

function patternsOf({ name, qualified }: SqlNames) {
  const pattern = (source: string): RegExp => new RegExp(source, 'is');
  const method = '(?: ?USING \\w+)?';
  return {
    column: pattern(`^(${name})`),
    key: pattern(
      `^(?:CONSTRAINT (?:(?!PRIMARY\\b|UNIQUE\\b)(${name}) )?)?(PRIMARY KEY|UNIQUE(?: KEY| INDEX)?|KEY|INDEX)(?: ?(?!USING\\b)(${name}))?${method} ?\\((.*?)\\)(?! ?[,)])`,
    ),
    createIndex: pattern(
      `^CREATE (UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?(${name})${method} ON (?:ONLY )?${qualified}${method} ?\\((.*?)\\)(?! ?[,)])`,
    ),
    createTrigger: pattern(`^CREATE (?:(?!TRIGGER )\\S+ )*TRIGGER (?:IF NOT EXISTS )?(${name})`),
    alterTable: pattern(`^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?${qualified} `),
    automatic: pattern(
      `^(?:ALTER (?:COLUMN )?(${name}) (?:SET DEFAULT nextval|ADD GENERATED)\\b|MODIFY (?:COLUMN )?(${name}) .*\\bAUTO_INCREMENT\\b)`,
    ),
  };
}
