/**
 * Reads what mysqldump, pg_dump, sqlite3's .dump, xorm and other programs write: one fast pass finds where everything is,
 * and the rows of a table are then read from there, in any order of tables.
 *
 * Reads plain files: `openSqlFile` makes one of what is compressed. Binary dumps are refused there.
 */

import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { Cell, type ExtraCell, Row, type RowConsumer } from '../../core/rows.js';
import { FileWindow } from '../../files/FileWindow.js';
import { readFully } from '../../files/readFully.js';
import { NEED_MORE, RowProblem } from '../RowProblem.js';
import { countLines } from './bytes.js';
import { CopyParser } from './CopyParser.js';
import { type DumpKind, detectDialect } from './Dialect.js';
import { InsertHeaders, parseCopyHeader } from './InsertHeader.js';
import { NAME, parseName, QUALIFIED_NAME } from './names.js';
import { type ScannedStatement, SqlTokenizer } from './SqlTokenizer.js';
import { type DefinedColumn, readColumns } from './TableDefinition.js';
import { TupleParser } from './TupleParser.js';

/** A piece of the file. */
export interface SqlPlace {
  /** Bytes `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of `start`. */
  readonly line: number;
}

/** One or more INSERT statements that follow each other, or the data of one COPY statement. */
export interface SqlRowRange extends SqlPlace {
  readonly kind: 'insert' | 'copy';
  /** Where the statement begins: before `start` for COPY, whose rows follow the statement. */
  readonly statementStart: number;
  /** How many INSERT statements; 1 for COPY. */
  readonly statements: number;
  /** Of a COPY statement that names them. */
  readonly columns?: readonly string[] | undefined;
  /** How strings are written there. */
  readonly backslashEscapes: boolean;
}

/** A statement that is no row and no table's definition. */
export interface SqlStatement extends SqlPlace {
  /** The first 80 characters or so, up to the first string: values never show up. */
  readonly opening: string;
  /** The table it is about, when it says: an index, a sequence, an ALTER TABLE. */
  readonly table?: string;
}

export interface SqlTable {
  readonly name: string;
  /** The schema or the database, when the dump says. */
  readonly schema: string | undefined;
  /** Its CREATE TABLE, if there is one. */
  readonly definition: SqlPlace | undefined;
  /** What the definition lists. */
  readonly columns: readonly DefinedColumn[] | undefined;
  /** The column lists of its INSERT and COPY statements, each different one once. */
  readonly insertColumns: readonly (readonly string[])[];
  readonly rows: readonly SqlRowRange[];
  /** How many statements carry its rows. */
  readonly statements: number;
  /** The next value of its automatic id, as the dump sets it: AUTO_INCREMENT, setval, sqlite_sequence. */
  readonly nextId: bigint | undefined;
  /** Indexes, sequences and other statements about this table. */
  readonly related: readonly SqlStatement[];
}

export interface SqlDump {
  readonly path: string;
  readonly kind: DumpKind;
  readonly tables: readonly SqlTable[];
  /** Statements that are about no table and are not mere settings: views, functions, other databases' users. */
  readonly others: readonly SqlStatement[];
  /** The character set that the dump says it is in: `utf8mb4`, `UTF8`, `latin1`. */
  readonly encoding: string | undefined;
  /**
   * Whether the producer's closing line is there: false means that the dump was cut off, undefined that its producer
   * writes none.
   */
  readonly complete: boolean | undefined;
  readonly size: number;
}

export interface IndexOptions {
  /** What the dump is called in messages; its path otherwise. */
  readonly name?: string;
  /** When it is known: otherwise the beginning tells. */
  readonly kind?: DumpKind;
  readonly signal?: AbortSignal | undefined;
  readonly chunkSize?: number;
}

const HEAD_LENGTH = 256 * 1024;
const SCAN_CHUNK = 1024 * 1024;

/** Finds the tables of a dump. Memory does not grow with its rows. */
export async function indexSqlDump(path: string, options: IndexOptions = {}): Promise<SqlDump> {
  const file = await open(path, 'r');
  try {
    const name = options.name ?? path;
    const { size } = await file.stat();
    const head = await readFully(file, 0, Math.min(HEAD_LENGTH, size));
    const kind = options.kind ?? detectDialect(head);
    if (kind === undefined) {
      throw new InputError(
        `Cannot read ${name}: nothing in its first ${head.length} bytes looks like an SQL dump. ` +
          'Dumps of mysqldump, pg_dump (plain format), sqlite3 .dump and the like are read.',
      );
    }
    // The mark that some Windows programs put in front of UTF-8.
    const begin = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    const indexer = new Indexer(name, kind);
    const tokenizer = new SqlTokenizer({ ...kind, name }, (statement) => indexer.add(statement, tokenizer));
    const window = new FileWindow(file, begin, size, { chunkSize: options.chunkSize ?? SCAN_CHUNK });
    let position = 0;
    while (!window.final) {
      const keep = tokenizer.keepFrom(position);
      await window.fill(keep);
      options.signal?.throwIfAborted();
      position = tokenizer.scan(window.bytes, position - keep, window.end, window.offset, window.final);
    }
    const tail = await readFully(file, Math.max(0, size - 4096), size);
    const found = await indexer.finish(file);
    const dump = { path, kind, size, ...found, complete: isComplete(head, tail) };
    return kind.dialect === 'sqlite3' ? await withoutInternalTables(dump) : dump;
  } finally {
    await file.close();
  }
}

/** SQLite keeps the last automatic ids in a table of its own: its rows say what `nextId` says, and it is left out. */
async function withoutInternalTables(dump: SqlDump): Promise<SqlDump> {
  const nextIds = new Map<string, bigint>();
  const sequences = dump.tables.find(({ name }) => name === 'sqlite_sequence');
  if (sequences !== undefined) {
    const row = new Row(2);
    const take = (): void => {
      const [name, last] = row.cells.map(({ bytes, start, end }) => bytes.toString('utf8', start, end));
      if (name !== undefined && last !== undefined && /^\d+$/.test(last)) nextIds.set(name, BigInt(last) + 1n);
    };
    const columnOf = (name: string): number => (name === 'name' ? 0 : 1);
    await readSqlRows(dump, sequences, columnOf, row, { row: take }, { columns: ['name', 'seq'] });
  }
  const tables = dump.tables
    .filter(({ name }) => !name.startsWith('sqlite_'))
    .map((table) => ({ ...table, nextId: nextIds.get(table.name) }));
  return { ...dump, tables };
}

/** The text of everything about a table, as it stands in the dump: its definition, its rows, its indexes and sequences. */
export async function* readSqlTableText(path: string, table: SqlTable): AsyncGenerator<Buffer, void, void> {
  const places = [
    ...(table.definition === undefined ? [] : [table.definition]),
    ...table.rows.map(({ statementStart, end }) => ({ start: statementStart, end })),
    ...table.related,
  ].toSorted((a, b) => a.start - b.start);
  for (const { start, end } of places) {
    for await (const chunk of createReadStream(path, { start, end: end - 1, highWaterMark: SCAN_CHUNK })) {
      yield chunk as Buffer;
    }
    yield Buffer.from('\n');
  }
}

/** Opening and closing lines that a producer always writes both of. */
const FRAMES: readonly { readonly opening: RegExp; readonly closing: RegExp }[] = [
  { opening: /^-- (MySQL|MariaDB) dump /m, closing: /^-- Dump completed/m },
  {
    opening: /^-- PostgreSQL database (cluster )?dump\r?$/m,
    closing: /^-- PostgreSQL database (cluster )?dump complete/m,
  },
  { opening: /^PRAGMA foreign_keys=OFF;\r?\nBEGIN TRANSACTION;/m, closing: /^COMMIT;/m },
];

function isComplete(head: Buffer, tail: Buffer): boolean | undefined {
  const opening = head.toString('latin1', 0, 4096);
  const frame = FRAMES.find((candidate) => candidate.opening.test(opening));
  return frame?.closing.test(tail.toString('latin1'));
}

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

/** Sorts statements to the tables they belong to. */
class Indexer {
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

export interface ReadRowsOptions {
  readonly name?: string;
  readonly signal?: AbortSignal | undefined;
  /** Bytes that one row may take; 1 GiB otherwise. A row is held in memory in one piece. */
  readonly maxRowSize?: number | undefined;
  /** For a table whose rows come without a column list and without a definition. */
  readonly columns?: readonly string[] | undefined;
  readonly chunkSize?: number;
}

const MAX_ROW_SIZE = 1024 ** 3;

/**
 * Reads the rows of one table in file order into `row` and hands each to the consumer. `columnOf` says which cell a column
 * goes to; what it does not know becomes an extra. Holds one row in memory, and a chunk of the file.
 */
export async function readSqlRows(
  dump: SqlDump,
  table: SqlTable,
  columnOf: (name: string) => number | undefined,
  row: Row,
  consumer: RowConsumer,
  options: ReadRowsOptions = {},
): Promise<void> {
  if (table.rows.length === 0) return;
  const file = await open(dump.path, 'r');
  try {
    const reader = new RangeReader(dump, table, columnOf, row, consumer, options);
    for (const range of table.rows) {
      if (range.kind === 'copy') await reader.readCopy(file, range);
      else await reader.readInserts(file, range);
    }
  } finally {
    await file.close();
  }
}

/** `ON CONFLICT …`, `ON DUPLICATE KEY UPDATE …`, `AS new …` */
const CLAUSE = /^(?:ON|AS)\b/i;
/** Bytes of such a word and of what ends it. */
const CLAUSE_BYTES = 3;

/** Reads the ranges of one table. */
class RangeReader {
  readonly #cells: Cell[] = [];
  readonly #extras: ExtraCell[] = [];

  constructor(
    private readonly dump: SqlDump,
    private readonly table: SqlTable,
    private readonly columnOf: (name: string) => number | undefined,
    private readonly row: Row,
    private readonly consumer: RowConsumer,
    private readonly options: ReadRowsOptions,
  ) {}

  async readInserts(file: FileHandle, range: SqlRowRange): Promise<void> {
    const { row, consumer } = this;
    const parser = new TupleParser({ ...this.dump.kind, backslashEscapes: range.backslashEscapes });
    const headers = new InsertHeaders();
    const window = this.#window(file, range);
    parser.line = range.line;
    let inRows = false;
    let header: unknown;
    let mark = 0;
    let markLine = range.line;
    for (;;) {
      parser.load(window.bytes, window.end, window.final, mark, markLine);
      try {
        for (;;) {
          if (parser.position >= window.end && window.final) {
            await consumer.drain?.();
            return;
          }
          parser.skipBlank();
          mark = parser.position;
          markLine = parser.line;
          if (!inRows) {
            const found = headers.read(window.bytes, mark, window.end);
            if (found === undefined) throw NEED_MORE;
            if (found !== header) this.#take(found.columns);
            header = found;
            parser.line += countLines(window.bytes, mark, mark + found.length);
            parser.position = mark + found.length;
            inRows = true;
            mark = parser.position;
            markLine = parser.line;
          }
          const next = window.bytes[mark];
          if (next === 0x28) {
            this.#clear();
            parser.readTuple(this.#cells);
            row.line = markLine;
            row.size = parser.position - mark;
            consumer.row(row);
            mark = parser.position;
            markLine = parser.line;
          } else if (next === 0x2c) {
            parser.position = mark + 1;
            mark = parser.position;
          } else if (next === 0x3b) {
            parser.position = mark + 1;
            mark = parser.position;
            inRows = false;
          } else if (next === 0x52 || next === 0x72) {
            // MySQL 8: VALUES ROW(1, 2).
            this.#skipRowWord(parser, mark);
            mark = parser.position;
          } else {
            this.#checkClause(parser, mark);
            parser.skipStatement();
            mark = parser.position;
            markLine = parser.line;
            inRows = false;
          }
        }
      } catch (error) {
        if (error !== NEED_MORE) throw this.#explain(error, window, markLine);
      }
      if (window.final) throw this.#truncated(range, markLine, window.offset + mark);
      await this.#refill(window, mark, markLine);
      mark = 0;
    }
  }

  async readCopy(file: FileHandle, range: SqlRowRange): Promise<void> {
    const { row, consumer } = this;
    this.#take(range.columns);
    const parser = new CopyParser();
    const window = this.#window(file, range);
    let line = range.line;
    let mark = 0;
    for (;;) {
      parser.bytes = window.bytes;
      parser.end = window.end;
      parser.final = window.final;
      parser.position = mark;
      try {
        for (;;) {
          if (parser.atEnd()) {
            await consumer.drain?.();
            return;
          }
          this.#clear();
          parser.readLine(this.#cells);
          row.line = line;
          row.size = parser.position - mark;
          consumer.row(row);
          mark = parser.position;
          line++;
        }
      } catch (error) {
        if (error !== NEED_MORE) throw this.#explain(error, window, line);
      }
      if (window.final) throw this.#truncated(range, line, window.offset + mark);
      await this.#refill(window, mark, line);
      mark = 0;
    }
  }

  #window(file: FileHandle, range: SqlRowRange): FileWindow {
    const { chunkSize } = this.options;
    return new FileWindow(file, range.start, range.end, {
      limit: this.options.maxRowSize ?? MAX_ROW_SIZE,
      ...(chunkSize === undefined ? {} : { chunkSize }),
    });
  }

  async #refill(window: FileWindow, mark: number, line: number): Promise<void> {
    await this.consumer.drain?.();
    this.options.signal?.throwIfAborted();
    if (await window.fill(mark)) return;
    const limit = this.options.maxRowSize ?? MAX_ROW_SIZE;
    throw this.#error(
      line,
      window.offset + mark,
      `the row is longer than ${limit} bytes, the most that is held in memory`,
    );
  }

  /** Sets up the cells that a list of columns fills, in its order. */
  #take(listed: readonly string[] | undefined): void {
    const names = listed ?? this.table.columns?.map(({ name }) => name) ?? this.options.columns;
    if (names === undefined) {
      throw new InputError(
        `Cannot read the rows of ${this.table.name} in ${this.#name}: the dump has neither the table's definition nor lists ` +
          'of columns. Make it again with definitions, or with complete INSERT statements.',
      );
    }
    this.#cells.length = 0;
    this.#extras.length = 0;
    if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
      throw new InputError(`Cannot read the rows of ${this.table.name} in ${this.#name}: a column is named twice.`);
    }
    for (const name of names) {
      const column = this.columnOf(name);
      if (column !== undefined) this.#cells.push(this.row.cell(column));
      else {
        const extra = { name, cell: new Cell() };
        this.#extras.push(extra);
        this.#cells.push(extra.cell);
      }
    }
  }

  #clear(): void {
    this.row.clear();
    for (const extra of this.#extras) this.row.extras.push(extra);
  }

  /** What may follow the rows; anything else would be rows that nobody reads. */
  #checkClause(parser: TupleParser, mark: number): void {
    if (parser.end - mark < CLAUSE_BYTES && !parser.final) throw NEED_MORE;
    const text = parser.bytes.toString('latin1', mark, Math.min(mark + CLAUSE_BYTES, parser.end));
    if (!CLAUSE.test(text)) throw new RowProblem('the rows are followed by something unexpected', mark);
  }

  #skipRowWord(parser: TupleParser, mark: number): void {
    const word = /^ROW\s*(?=\()/i.exec(parser.bytes.toString('latin1', mark, Math.min(mark + 16, parser.end)));
    if (word === null) throw new RowProblem('the row does not begin with a parenthesis', mark);
    parser.position = mark + word[0].length;
  }

  get #name(): string {
    return this.options.name ?? this.dump.path;
  }

  #explain(error: unknown, window: FileWindow, line: number): unknown {
    if (!(error instanceof RowProblem)) return error;
    return this.#error(line, window.offset + error.position, error.message);
  }

  #error(line: number, place: number, problem: string): InputError {
    return new InputError(
      `Cannot read the rows of ${this.table.name} in ${this.#name}, line ${line} (byte ${place}): ${problem}.`,
    );
  }

  #truncated(range: SqlRowRange, line: number, place: number): InputError {
    return this.#error(line, place, `the statement that begins on line ${range.line} ends in the middle of a row`);
  }
}
