/** Follows the statements of a dump as an engine would, and records the positions of the rows of each table. */

import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../../core/errors.js';
import type { SqlDump, SqlTable } from '../dump/SqlDump.js';
import { dependsOnServer } from '../statements/clientLines.js';
import { isStoredProgram } from '../statements/isStoredProgram.js';
import { LONGEST_HEAD, type ScannedStatement } from '../statements/ScannedStatement.js';
import type { SqlStatement } from '../statements/SqlStatement.js';
import { DELIMITER_LINE, type SqlTokenizer } from '../statements/SqlTokenizer.js';
import type { DumpKind } from '../syntax/Dialect.js';
import { openingOf } from '../syntax/openingOf.js';
import { plainStatement } from '../syntax/plainStatement.js';
import { texts } from '../texts.js';
import { Catalog } from './Catalog.js';
import { DumpChanges } from './DumpChanges.js';
import { DumpFrame } from './DumpFrame.js';
import { DumpSequences } from './DumpSequences.js';
import { DumpTransaction } from './DumpTransaction.js';
import { describeCatalogTable } from './describeCatalogTable.js';
import type { Meaning } from './Meaning.js';
import { RowStatements } from './RowStatements.js';
import { SideEffects } from './SideEffects.js';
import { SqlSession } from './SqlSession.js';
import { type DumpState, StatementEffects } from './StatementEffects.js';
import { StatementReader } from './StatementReader.js';

/** Navicat names the code page in its first comment. */
const FILE_ENCODING = /^\s*File Encoding\s*:\s*(\d+)/;
const UTF8_CODE_PAGE = '65001';
/** Statements without which the dump would be understood differently. */
const MUST_END = /^(?:INSERT|REPLACE|COPY|CREATE|ALTER)\b/i;

/** Statements whose beginning tells enough: pg_dump writes large objects and statistics as calls. */
const MAY_BE_LONG =
  /^(?:CREATE|COMMENT|INSERT|REPLACE|COPY|LOAD|UPDATE|DELETE)\b|^SELECT (?:\* FROM )?pg_catalog\.(?:lowrite|pg_restore_\w+_stats) ?\(/i;

/** What may depend on the version of a server: Percona's mysqldump prepares statements for some of them. */
const FOR_SOME_SERVERS: ReadonlySet<Meaning['kind']> = new Set(['harmless', 'set', 'prepare', 'execute']);

/** What a SET may change in how the dump is read. */
const stateOf = ({ rules, autocommit }: SqlSession): string => JSON.stringify([rules, autocommit]);

/** More than an upgrade writes: two for each table and each of its keys. */
const MOST_OTHERS = 10_000;

/** Takes the statements in the order of the dump; `finish` must follow the last one. */
export class DumpIndexer {
  readonly #name: string;
  readonly #kind: DumpKind;
  readonly #frame = new DumpFrame();
  readonly #state: DumpState;
  readonly #rows: RowStatements;
  readonly #reader: StatementReader;
  readonly #effects: StatementEffects;
  readonly #others: SqlStatement[] = [];

  /** `name`: the name of the dump for messages. */
  constructor(name: string, kind: DumpKind) {
    this.#name = name;
    this.#kind = kind;
    const session = new SqlSession(kind);
    const catalog = new Catalog(kind.dialect, session);
    const changes = new DumpChanges(kind.dialect, session);
    this.#state = {
      session,
      catalog,
      sequences: new DumpSequences(catalog),
      transaction: new DumpTransaction(session),
      changes,
      sideEffects: new SideEffects(kind, catalog, changes),
    };
    this.#rows = new RowStatements(kind, this.#state);
    this.#reader = new StatementReader(kind.dialect);
    this.#effects = new StatementEffects(kind, this.#reader, this.#state);
  }

  /** Takes the beginning of a comment between statements. */
  addComment(text: string): void {
    if (text === DELIMITER_LINE) {
      this.#rows.interrupt();
      return;
    }
    if (this.#frame.takeComment(text)) return;
    const encoding = FILE_ENCODING.exec(text)?.[1];
    if (encoding === undefined || encoding === UTF8_CODE_PAGE) return;
    this.#state.session.declareEncoding(`code page ${encoding}`);
    this.#rows.interrupt();
  }

  /** Throws InputError if the dump ends within the statement. */
  add(statement: ScannedStatement, tokenizer: SqlTokenizer): void {
    if (!statement.terminated && MUST_END.test(statement.headText())) {
      const { line, start: byte } = statement;
      throw new InputError(texts().statementCutOff({ name: this.#name, line, byte }));
    }
    if (statement.hasParts && !isStoredProgram(statement)) statement.isOdd = true;
    const first = (statement.head[statement.headStart] as number) | 0x20;
    const isInsert = first === 0x69 || first === 0x72;
    if (isInsert && this.#rows.addInsert(statement)) return;
    this.#rows.interrupt();
    if (statement.dataStart < 0 || !this.#rows.addCopy(statement, this.#name)) this.#apply(statement);
    tokenizer.backslashEscapes = this.#state.session.rules.backslashEscapes;
  }

  #apply(statement: ScannedStatement): void {
    const { dialect } = this.#kind;
    const plain = plainStatement(statement.headText(), dialect, this.#state.session.rules.backslashEscapes);
    // Clauses beyond the stored part of the statement would go unread.
    const isLong = statement.end - statement.start >= LONGEST_HEAD;
    const isOdd = statement.isOdd || (isLong && !MAY_BE_LONG.test(plain));
    const read: Meaning = isOdd ? { kind: 'unknown' } : this.#reader.read(plain);
    // So might a function's body.
    const meaning: Meaning = isLong && read.kind === 'create-function' ? { ...read, isActive: true } : read;
    const place = statement.place(openingOf(plain, dialect));
    if (plain !== '' && this.#others.length < MOST_OTHERS) this.#others.push(place);
    const { session, changes } = this.#state;
    const isCertain = dialect !== 'mysql' || !dependsOnServer(statement.headText());
    const before = isCertain ? '' : stateOf(session);
    this.#effects.apply(meaning, place, plain);
    if (isCertain || (FOR_SOME_SERVERS.has(meaning.kind) && stateOf(session) === before)) return;
    changes.addGeneral(place, texts().effects.dependsOnServer);
  }

  /** Reads the definitions, once all are known. */
  async finish(file: FileHandle): Promise<Omit<SqlDump, 'path' | 'kind' | 'size'>> {
    const { catalog, sequences, transaction, changes } = this.#state;
    sequences.settle();
    const tables: SqlTable[] = [];
    for (const table of catalog.tables) {
      if (table.dropped && table.rows.length === 0) continue;
      tables.push(
        await describeCatalogTable(table, {
          file,
          dialect: this.#kind.dialect,
          changes,
          domains: this.#effects.domains,
        }),
      );
    }
    return {
      tables,
      changes: changes.general,
      views: catalog.views,
      others: this.#others,
      complete: this.#isComplete(),
      uncommitted: transaction.uncommitted,
      damaged: this.#effects.isDamaged,
    };
  }

  #isComplete(): boolean | undefined {
    // Every .dump of sqlite3 is a single transaction.
    const isCommitted = !this.#state.transaction.isOpen && !this.#effects.isDamaged;
    return this.#frame.isComplete ?? (this.#kind.producer === 'sqlite3' ? isCommitted : undefined);
  }
}
