/**
 * Verifies an output that is loaded, opened or started instead of restored: SQL, an SQLite database, a server folder. Reads its
 * rows like those of an input, and compares them with what an upgrade of the old input writes for the same engine.
 */

import { Names } from '../../checks/Names.js';
import { rowPlaces } from '../../checks/placeOf.js';
import { nameRememberer } from '../../checks/rows/rememberNames.js';
import { UsageError } from '../../core/errors.js';
import { Findings, type Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import { ProgressMeter } from '../../core/ProgressMeter.js';
import { Row } from '../../core/rows.js';
import { TOOL } from '../../core/tool.js';
import { integerOf, textOf } from '../../core/values.js';
import type { Engine } from '../../engines/Engine.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { schemaTable } from '../../gogs/schemas/buildSchema.js';
import { sha256Hex } from '../../gogs/sha256Hex.js';
import { columnIndex, columnIndexes, type Table } from '../../gogs/tables.js';
import type { Source } from '../../inputs/Source.js';
import { DatabaseDestination, type NextId } from '../../outputs/DatabaseDestination.js';
import type { Destination } from '../../outputs/Destination.js';
import { sqlColumnsOf } from '../../outputs/sqlColumnsOf.js';
import type { VerifiedTable, VerifyReport } from '../../reports/VerifyReport.js';
import type { UpgradePlan } from '../../upgrade/planUpgrade.js';
import { refuseUnfitValues } from '../../upgrade/refuseUnfitValues.js';
import { startPlannedChecks } from '../../upgrade/startPlannedChecks.js';
import { upgradeTables } from '../../upgrade/upgradeTables.js';
import { DigestingDatabase, type OnRow } from '../digests/DigestingDatabase.js';
import { findDifferences } from '../digests/findDifferences.js';
import { RowDigester } from '../digests/RowDigester.js';
import { describeLabel, rowLabeller } from '../digests/rowLabels.js';
import { TableDigest } from '../digests/TableDigest.js';
import { failure, previewNotice, type VerificationCode } from '../findings/notices.js';
import type { VerifiedFolder } from '../folder/VerifiedFolder.js';
import { texts } from '../texts.js';
import { checkStatements } from './checkStatements.js';
import { checkDefinitions } from './OutputDefinitions.js';

export interface VerifyDatabaseOptions {
  /** The output, opened as a source of rows. */
  readonly output: Source;
  readonly target: Target;
  /** The plan of the input's upgrade to this output; undefined without an input. */
  readonly plan: UpgradePlan | undefined;
  /** The server folder that contains the database, if there is one. */
  readonly folder?: VerifiedFolder | undefined;
  /** Collects findings, in addition to those of opening the output. */
  readonly findings: Findings;
  readonly progress: ProgressMeter;
  readonly signal: AbortSignal | undefined;
}

export async function verifyDatabase(options: VerifyDatabaseOptions): Promise<VerifyReport> {
  const started = performance.now();
  const { output, target, plan, folder, findings } = options;
  const { engine } = output;
  if (output.form === 'CSV files') throw new UsageError(texts().isCsv({ path: output.input }));
  if (engine === undefined) throw new UsageError(texts().database.unknownEngine({ path: output.input }));
  const notice = findings.add.bind(findings);
  const preview = previewNotice(target);
  if (preview !== undefined) notice(preview);
  for (const difference of await checkDefinitions(output, target)) notice(difference);
  const problem = await output.integrityProblem?.();
  if (problem !== undefined) {
    const { damaged, misses } = texts().database;
    notice({ ...wrong('database-damaged', damaged, misses), place: problem });
  }
  const expected = plan === undefined ? undefined : await expectUpgrade(plan, engine, options, notice);
  const tables: VerifiedTable[] = [];
  const names = new Names();
  for (const table of target.tables) {
    const subject = { table, engine, names };
    const found = await digestTable(options, subject, notice);
    const wanted = expected?.tables.get(table.name);
    if (plan !== undefined && wanted !== undefined && !wanted.equals(found)) {
      const { title, place } = texts().tableDiffers;
      notice({
        ...wrong('table-differs', title),
        place: place({ table: table.name, found: found.rows, expected: wanted.rows }),
      });
      await reportDifferences(options, plan, subject, notice);
    } else checkNextId(output, table, expected?.nextIds.get(table.name), notice);
    tables.push(describeVerified(table, found, wanted));
  }
  return {
    reportVersion: 1,
    tool: TOOL,
    holds: findings.list().every(({ severity }) => severity !== 'error'),
    archive: {
      path: folder?.name ?? output.input,
      format: folder !== undefined ? 'files' : output.form === 'SQLite database' ? 'sqlite' : 'sql',
      bytes: output.bytes + (folder?.bytes ?? 0),
      target: target.name,
      afterRestoreSql: null,
    },
    against: plan?.source.input ?? null,
    database: engine,
    tables,
    files: { count: folder?.files ?? 0, checked: plan === undefined ? 'nothing' : 'input', repositoryEntries: null },
    findings: findings.list(),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

const describeVerified = (
  { name, type }: Table,
  found: TableDigest,
  expected: TableDigest | undefined,
): VerifiedTable => ({
  table: name,
  type,
  rowsRestored: found.rows,
  rowsBySql: 0,
  rowsExpected: expected?.rows ?? null,
  digest: found.toString(),
  tried: 'every column',
});

/** Upgrades the input again: compares files and statements, and returns the digests of the tables. */
async function expectUpgrade(
  plan: UpgradePlan,
  engine: Engine,
  { output, target, folder, progress }: VerifyDatabaseOptions,
  notice: (notice: Notice) => void,
): Promise<Pick<DigestedUpgrade, 'tables' | 'nextIds'>> {
  const { tables, nextIds, statements } = await digestUpgrade(plan, engine, {
    through: async (database) => folder?.compareWith(plan, database, notice) ?? database,
    onBytes: (bytes) => progress.add('files', bytes),
  });
  const foreignTables = plan.source.foreignTables.map(({ name }) => name);
  const script = { written: statements, foreignTables };
  for (const difference of await checkStatements(output, target, script)) notice(difference);
  if (output.statements === undefined) {
    reportAddedTables(output, plan.source.engine === engine ? foreignTables : [], notice);
  }
  return { tables, nextIds };
}

/** In SQLite, for a table with equal rows. Elsewhere the next ids are statements, which are compared as such. */
function checkNextId(
  { tables, engine }: Source,
  { name }: Table,
  expected: NextId | undefined,
  notice: (notice: Notice) => void,
): void {
  if (engine !== 'sqlite3' || expected === undefined) return;
  const { nextId: stated = 0n } = tables.find(({ table }) => table.name === name) ?? {};
  const found = stated > expected.afterRows ? stated : expected.afterRows;
  if (found === expected.next) return;
  const { title, consequence, place } = texts().database.nextIds;
  const ids = { found: String(found), expected: String(expected.next) };
  notice({ ...wrong('definition-differs', title, consequence), place: place({ table: name, ...ids }) });
}

/** `expected`: the tables of other programs that an upgrade takes over. */
function reportAddedTables(
  { foreignTables }: Source,
  expected: readonly string[],
  notice: (notice: Notice) => void,
): void {
  const { title, consequence } = texts().addedTables;
  for (const { name, place } of foreignTables) {
    if (!expected.includes(name)) notice({ ...wrong('definition-differs', title, consequence), place });
  }
}

type Through = (database: Destination) => Promise<Destination>;

interface DigestOptions {
  readonly onRow?: OnRow | undefined;
  /** What rows pass through on the way to the database. */
  readonly through?: Through | undefined;
  /** Called with the bytes of each file. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

type DigestedUpgrade = Pick<DigestingDatabase, 'tables' | 'statements'> & Pick<DatabaseDestination, 'nextIds'>;

/** The digests of what an upgrade of the input writes, its statements, and its next ids. */
async function digestUpgrade(
  plan: UpgradePlan,
  engine: Engine,
  { onRow, through = async (database) => database, onBytes = () => undefined }: DigestOptions,
): Promise<DigestedUpgrade> {
  const { source, target } = plan;
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const digests = new DigestingDatabase(onRow);
  const names = new Names();
  const content = { source, target, engine, dropExisting: false };
  const database = await DatabaseDestination.open(digests, content, { notice, placeOf: rowPlaces(names) });
  const sink = await through(database);
  await sink.writeFiles?.({ onFile: () => undefined, onBytes });
  await upgradeTables(plan, {
    sink,
    checks: startPlannedChecks(plan, notice, names),
    progress: new ProgressMeter(0, undefined),
    notice,
  });
  refuseUnfitValues(plan, findings);
  await sink.finish();
  const { tables, statements } = digests;
  return { tables, statements, nextIds: database.nextIds };
}

interface Subject {
  readonly table: Table;
  readonly engine: Engine;
  /** The names of rows for people. */
  readonly names: Names;
}

/** Calls back with every row of a table of the output. */
async function readOutput(
  { output, target, signal }: VerifyDatabaseOptions,
  { table, engine, names }: Subject,
  onRow: (row: Row, digester: RowDigester) => void,
): Promise<void> {
  const schema = schemaTable(target.schemaFor(engine), table.name);
  const digester = new RowDigester(sqlColumnsOf(table, schema), { tellsStorage: engine === 'sqlite3' });
  const remember = nameRememberer(table, names);
  const row = new Row(table.columns.length);
  const consumer = {
    row: (): void => {
      digester.digest(row);
      remember?.(row);
      onRow(row, digester);
    },
  };
  for (const from of output.tables.filter((candidate) => candidate.table.name === table.name)) {
    await from.readRows(row, consumer, signal);
  }
}

/** Digests a table of the output, and checks what Gogs requires of its rows. */
async function digestTable(
  options: VerifyDatabaseOptions,
  subject: Subject,
  notice: (notice: Notice) => void,
): Promise<TableDigest> {
  const { table } = subject;
  const { target, output, progress } = options;
  const from = output.tables.find((candidate) => candidate.table.name === table.name);
  if (from === undefined) {
    const { tablesMissing, createdEmpty } = texts().database;
    notice({ ...wrong('table-missing', tablesMissing, createdEmpty), place: table.name });
  }
  const check = CHECKS[table.name]?.(table, target, notice);
  const digest = new TableDigest();
  await readOutput(options, subject, (row, digester) => {
    digest.add(digester.words);
    check?.(row);
  });
  progress.add(table.name, from?.bytes ?? 0);
  if (table.name === 'version' && digest.rows === 0) notice(otherSchema());
  return digest;
}

type RowCheck = (table: Table, target: Target, notice: (notice: Notice) => void) => (row: Row) => void;

const CHECKS: Readonly<Record<string, RowCheck>> = {
  version: (table, target, notice) => {
    const version = columnIndex(table, 'version');
    return (row) => {
      if (integerOf(row.cell(version)) !== target.schema) notice(otherSchema());
    };
  },
  access_token: (table, _target, notice) => {
    const [id, sha1, sha256] = columnIndexes(table, 'id', 'sha1', 'sha256');
    return (row) => {
      const [token, hash] = [textOf(row.cell(sha1)), textOf(row.cell(sha256))?.toString()];
      // A token of which only the hash is stored: from `--redact-tokens`, or created by 0.13.
      const redacted = token !== undefined && hash?.startsWith(token.toString()) === true;
      if (token === undefined || redacted || hash === sha256Hex(token)) return;
      const { title, notFound } = texts().tokenHashMismatch;
      notice({
        ...wrong('token-hash-mismatch', title, notFound),
        place: `access_token id ${textOf(row.cell(id))?.toString() ?? '?'}`,
      });
    };
  },
};

async function reportDifferences(
  options: VerifyDatabaseOptions,
  plan: UpgradePlan,
  subject: Subject,
  notice: (notice: Notice) => void,
): Promise<void> {
  const { table, engine, names } = subject;
  const labelOf = rowLabeller(table);
  const differences = await findDifferences(async (side, onRow) => {
    const deliver = (row: Row, digester: RowDigester): void => onRow(row, labelOf(row), digester);
    if (side === 'found') await readOutput(options, subject, deliver);
    else {
      await digestUpgrade(plan, engine, {
        onRow: (name, row, digester) => {
          if (name === table.name) deliver(row, digester);
        },
      });
    }
  });
  for (const { label, what, columns } of differences) {
    const { rowsMissing, rowsUnexpected, rowsDiffer, keyAt } = texts();
    const title = { missing: rowsMissing, unexpected: rowsUnexpected, different: rowsDiffer }[what];
    const place = describeLabel(table, label, names, table.name);
    notice({
      ...wrong(`row-${what}`, title),
      place: columns.length === 0 ? place : keyAt({ place, key: listed(columns) }),
    });
  }
}

/** A failed check of a database. */
const wrong = (code: VerificationCode, title: string, consequence = texts().database.changed): Notice =>
  failure(code, { title, consequence, remedy: texts().database.remedy });

function otherSchema(): Notice {
  const { notTarget, migrates } = texts().schemaVersion;
  return wrong('schema-version', notTarget, migrates);
}
