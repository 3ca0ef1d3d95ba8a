/** Sorts the statements of a dump to the tables they belong to. */

import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { readFully } from '../../files/readFully.js';
import type { DumpKind } from './Dialect.js';
import { InsertHeaders, parseCopyHeader } from './InsertHeader.js';
import { NAME, parseName, QUALIFIED_NAME } from './names.js';
import type { SqlDump, SqlPlace, SqlRowRange, SqlStatement, SqlTable } from './SqlDump.js';
import type { ScannedStatement, SqlTokenizer } from './SqlTokenizer.js';
import { type DefinedColumn, readColumns } from './TableDefinition.js';

interface TableUnderWay {
  name: string;
  schema: string | undefined;
  definition: SqlPlace | undefined;
  insertColumns: (readonly string[])[];
  rows: { -readonly [K in keyof SqlRowRange]: SqlRowRange[K] }[];
  statements: number;
  nextId: bigint | undefined;
  related: SqlStatement[];
}

const CREATE_TABLE = new RegExp(
  `^(?:/\\*M?!\\d*\\s*)?CREATE\\s+(?:GLOBAL\\s+|LOCAL\\s+)?(?:TEMPORARY\\s+|TEMP\\s+|UNLOGGED\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(${QUALIFIED_NAME})`,
  'i',
);
const CREATE_INDEX = new RegExp(
  `^CREATE\\s+(?:\\w+\\s+)*?INDEX\\s[\\s\\S]*?\\sON\\s+(?:ONLY\\s+)?(${QUALIFIED_NAME})`,
  'i',
);
const ABOUT_TABLE = new RegExp(
  `^(?:/\\*M?!\\d*\\s*)?(?:ALTER\\s+TABLE|COMMENT\\s+ON\\s+TABLE|ANALYZE|TRUNCATE(?:\\s+TABLE)?)\\s+(?:IF\\s+EXISTS\\s+|ONLY\\s+)*(${QUALIFIED_NAME})`,
  'i',
);
const SEQUENCE_OWNER = new RegExp(
  `^ALTER\\s+SEQUENCE\\s+(${QUALIFIED_NAME})\\s+OWNED\\s+BY\\s+(${QUALIFIED_NAME})`,
  'i',
);
const SEQUENCE = new RegExp(
  `^(?:CREATE|ALTER|DROP)\\s+SEQUENCE\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?(${QUALIFIED_NAME})`,
  'i',
);
const SETVAL =
  /^SELECT\s+(?:pg_catalog\.)?setval\s*\(\s*'([^']+)'(?:::regclass)?\s*,\s*(\d+)\s*(?:,\s*(true|false)\s*)?\)/i;
const USE = new RegExp(`^(?:USE\\s+|\\\\connect\\s+)(${NAME})`, 'i');
const AUTO_INCREMENT = /\bAUTO_INCREMENT\s*=\s*(\d+)/i;
const CHARACTER_SET = /^(?:\/\*!\d*\s*)?SET\s+(?:NAMES\s+|client_encoding\s*=\s*)'?([\w-]+)/i;
const STANDARD_STRINGS = /^SET\s+standard_conforming_strings\s*=\s*'?(on|off)/i;
const SQL_MODE = /\bSQL_MODE\s*=\s*'([^']*)'/i;
/** Statements that neither hold data nor shape tables: settings, locks, and what drops or creates the whole. */
const SETTINGS =
  /^(?:\/\*M?!\d*\s*)?(?:SET|LOCK|UNLOCK|BEGIN|START|COMMIT|PRAGMA|USE|DROP|CREATE\s+(?:DATABASE|SCHEMA)|FLUSH|CHANGE|ALTER\s+DATABASE|SELECT\s+pg_catalog\.set_config|DELETE\s+FROM\s+"?sqlite_sequence|\\|ANALYZE)/i;

/** Takes the statements in the order of the dump; `finish` must follow the last one. */
export class DumpIndexer {
  readonly #name: string;
  readonly #kind: DumpKind;
  readonly #tables = new Map<string, TableUnderWay>();
  readonly #tablesByName = new Map<string, TableUnderWay[]>();
  readonly #others: SqlStatement[] = [];
  readonly #sequences = new Map<
    string,
    { statements: SqlStatement[]; owner: string | undefined; nextId: bigint | undefined }
  >();
  readonly #headers = new InsertHeaders();
  #encoding: string | undefined;
  #database: string | undefined;
  /** What the INSERT statement before this one added to, if nothing stood between. */
  #lastRange: TableUnderWay['rows'][number] | undefined;
  #lastHeader: unknown;
  #lastTable: TableUnderWay | undefined;

  constructor(name: string, kind: DumpKind) {
    this.#name = name;
    this.#kind = kind;
  }

  add(statement: ScannedStatement, tokenizer: SqlTokenizer): void {
    const { head, headStart, headEnd } = statement;
    const first = (head[headStart] as number) | 0x20;
    const isInsert = first === 0x69 || first === 0x72;
    if (isInsert && this.#addRows(statement, tokenizer.backslashEscapes)) return;
    this.#lastRange = undefined;
    this.#addStatement(statement, head.toString('utf8', headStart, headEnd), tokenizer);
  }

  #addRows(statement: ScannedStatement, backslashEscapes: boolean): boolean {
    const header = this.#headers.read(statement.head, statement.headStart, statement.headEnd);
    if (header === undefined) return false;
    if (!statement.terminated) throw this.#cutOff(statement);
    if (header !== this.#lastHeader || this.#lastTable === undefined) {
      this.#lastRange = undefined;
      this.#lastHeader = header;
      this.#lastTable = this.#table(header.name, header.schema);
      if (header.columns !== undefined) addColumns(this.#lastTable, header.columns);
    }
    this.#lastTable.statements++;
    if (this.#lastRange !== undefined && this.#lastRange.backslashEscapes === backslashEscapes) {
      this.#lastRange.end = statement.end;
      this.#lastRange.statements++;
      return true;
    }
    const { start, end, line } = statement;
    this.#lastRange = { kind: 'insert', statementStart: start, start, end, line, statements: 1, backslashEscapes };
    this.#lastTable.rows.push(this.#lastRange);
    return true;
  }

  #addStatement(statement: ScannedStatement, text: string, tokenizer: SqlTokenizer): void {
    const { start, end, line } = statement;
    if (!statement.terminated && /^(INSERT|REPLACE|COPY|CREATE|ALTER)\b/i.test(text)) throw this.#cutOff(statement);
    if (statement.dataStart >= 0) {
      this.#addCopy(statement, text);
      return;
    }
    const created = CREATE_TABLE.exec(text);
    if (created?.[1] !== undefined) {
      const { name, schema } = parseName(created[1]);
      const table = this.#table(name, schema);
      // The second is the one that counts: mysqldump stands in for a view with a table first.
      table.definition = { start, end, line };
      return;
    }
    this.#noteSetting(text, tokenizer);
    const place: SqlStatement = { start, end, line, opening: openingOf(text) };
    if (this.#addSequence(place, text)) return;
    const about = (CREATE_INDEX.exec(text) ?? ABOUT_TABLE.exec(text))?.[1];
    if (about !== undefined) {
      const { name, schema } = parseName(about);
      const table = this.#find(name, schema);
      if (table !== undefined) {
        const nextId = AUTO_INCREMENT.exec(text)?.[1];
        if (nextId !== undefined) table.nextId = BigInt(nextId);
        table.related.push({ ...place, table: name });
        return;
      }
    }
    if (!SETTINGS.test(text)) this.#others.push(place);
  }

  #addCopy(statement: ScannedStatement, text: string): void {
    const header = parseCopyHeader(text);
    if (header === undefined) {
      const { start, end, line } = statement;
      this.#others.push({ start, end, line, opening: openingOf(text) });
      return;
    }
    if (header.options !== '') {
      throw new InputError(
        `Cannot read ${this.#name}, line ${statement.line}: COPY ${header.name} has options (${openingOf(header.options)}), and ` +
          'only its plain text format is read. Make the dump with pg_dump without changing the format of COPY.',
      );
    }
    const table = this.#table(header.name, header.schema);
    if (header.columns !== undefined) addColumns(table, header.columns);
    table.statements++;
    table.rows.push({
      kind: 'copy',
      statementStart: statement.start,
      start: statement.dataStart,
      end: statement.end,
      line: statement.dataLine,
      statements: 1,
      backslashEscapes: true,
      ...(header.columns === undefined ? {} : { columns: header.columns }),
    });
  }

  #noteSetting(text: string, tokenizer: SqlTokenizer): void {
    const encoding = CHARACTER_SET.exec(text)?.[1];
    // `SET NAMES utf8` in the head counts; `@OLD_CHARACTER_SET` at the end does not match.
    if (encoding !== undefined) this.#encoding ??= encoding;
    const database = USE.exec(text)?.[1];
    if (database !== undefined) {
      this.#database = parseName(database).name;
      // The same words may name another table now.
      this.#lastHeader = undefined;
    }
    const standard = STANDARD_STRINGS.exec(text)?.[1];
    if (standard !== undefined && this.#kind.dialect === 'postgres') tokenizer.backslashEscapes = /off/i.test(standard);
    const mode = this.#kind.dialect === 'mysql' ? SQL_MODE.exec(text)?.[1] : undefined;
    if (mode !== undefined && this.#kind.producer !== 'xorm') {
      tokenizer.backslashEscapes = !/NO_BACKSLASH_ESCAPES/i.test(mode);
    }
  }

  #addSequence(place: SqlStatement, text: string): boolean {
    const setval = SETVAL.exec(text);
    if (setval?.[1] !== undefined && setval[2] !== undefined) {
      const sequence = this.#sequence(parseName(setval[1]).name);
      sequence.nextId = BigInt(setval[2]) + (setval[3]?.toLowerCase() === 'false' ? 0n : 1n);
      sequence.statements.push(place);
      return true;
    }
    const owned = SEQUENCE_OWNER.exec(text);
    const name = owned?.[1] ?? SEQUENCE.exec(text)?.[1];
    if (name === undefined) return false;
    const sequence = this.#sequence(parseName(name).name);
    // OWNED BY names the column: what stands before it is the table.
    if (owned?.[2] !== undefined) sequence.owner = parseName(owned[2]).schema;
    sequence.statements.push(place);
    return true;
  }

  #sequence(name: string): { statements: SqlStatement[]; owner: string | undefined; nextId: bigint | undefined } {
    let sequence = this.#sequences.get(name);
    if (sequence === undefined) {
      sequence = { statements: [], owner: undefined, nextId: undefined };
      this.#sequences.set(name, sequence);
    }
    return sequence;
  }

  /** The table of that name; one that is named with its schema at one place and without it at another is the same. */
  #find(name: string, schema: string | undefined): TableUnderWay | undefined {
    const where = schema ?? this.#database;
    const exact = this.#tables.get(`${where ?? ''}\n${name}`);
    if (exact !== undefined) return exact;
    const [same, ...more] = this.#tablesByName.get(name) ?? [];
    return more.length === 0 && (where === undefined || same?.schema === undefined) ? same : undefined;
  }

  #table(name: string, schema: string | undefined): TableUnderWay {
    const where = schema ?? this.#database;
    let table = this.#find(name, schema);
    if (table === undefined) {
      table = {
        name,
        schema: where,
        definition: undefined,
        insertColumns: [],
        rows: [],
        statements: 0,
        nextId: undefined,
        related: [],
      };
      this.#tables.set(`${where ?? ''}\n${name}`, table);
      const namesakes = this.#tablesByName.get(name);
      if (namesakes === undefined) this.#tablesByName.set(name, [table]);
      else namesakes.push(table);
    }
    return table;
  }

  /** Reads the definitions, now that all are known. */
  async finish(file: FileHandle): Promise<Pick<SqlDump, 'tables' | 'others' | 'encoding'>> {
    this.#giveSequences();
    const tables: SqlTable[] = [];
    for (const table of this.#tables.values()) {
      const columns = await this.#define(table, file);
      tables.push({ ...table, columns });
    }
    return { tables, others: this.#others, encoding: this.#encoding };
  }

  async #define(table: TableUnderWay, file: FileHandle): Promise<DefinedColumn[] | undefined> {
    if (table.definition === undefined) return undefined;
    const text = (await readFully(file, table.definition.start, table.definition.end)).toString('utf8');
    const nextId = AUTO_INCREMENT.exec(text.slice(text.lastIndexOf(')')))?.[1];
    if (nextId !== undefined) table.nextId ??= BigInt(nextId);
    const columns = await readColumns(text, this.#kind.dialect);
    return columns.length > 0 ? columns : undefined;
  }

  #giveSequences(): void {
    for (const [name, sequence] of this.#sequences) {
      // Without OWNED BY, by the name that serial columns give theirs.
      const owner = sequence.owner ?? /^(.*)_id_seq$/.exec(name)?.[1];
      const table = [...this.#tables.values()].find((candidate) => candidate.name === owner);
      if (table === undefined) this.#others.push(...sequence.statements);
      else {
        table.related.push(...sequence.statements);
        table.nextId ??= sequence.nextId;
      }
    }
  }

  #cutOff(statement: ScannedStatement): InputError {
    return new InputError(
      `Cannot read ${this.#name}: the file ends in the middle of the statement that begins on line ${statement.line} ` +
        `(byte ${statement.start}). The dump looks truncated: make it again, or compare its size with the original.`,
    );
  }
}

function addColumns(table: TableUnderWay, columns: readonly string[]): void {
  const key = columns.join('\n');
  if (!table.insertColumns.some((known) => known.join('\n') === key)) table.insertColumns.push(columns);
}

/** What a statement is, without any value that may be in it. */
function openingOf(text: string): string {
  const quote = text.indexOf("'");
  const plain = (quote < 0 ? text : text.slice(0, quote)).replaceAll(/\s+/g, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}
