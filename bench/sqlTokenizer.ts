/**
 * Measures how fast dumps are read, compared with node-sql-parser on the same rows. Run it with `node
 * build/bench/sqlTokenizer.js`. Prints MB/s of processor time, which other programs disturb least; trust the ratios.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Row } from '../src/core/rows.js';
import { indexSqlDump } from '../src/formats/sql/indexing/indexSqlDump.js';
import { readSqlRows } from '../src/formats/sql/rows/readSqlRows.js';
import { median } from './measure.js';

interface Sample {
  readonly name: string;
  readonly sql: string;
  readonly rows: number;
  /** An excerpt for node-sql-parser, because the whole would take minutes. Undefined if it rejects the rows. */
  readonly excerpt?: string;
}

const CREATE =
  '-- MySQL dump 10.13\nCREATE TABLE `action` (`id` bigint, `user_id` bigint, `op_type` int, `name` varchar(255), `repo` varchar(255), `is_private` tinyint(1), `content` longtext, `created_unix` bigint);\n';

const smallRow = (id: number): string => `(${id},1,10,'alice','app',0,'${id}|Issue <b>&amp;</b> it\\'s',1795354482)`;
const insert = (rows: readonly string[]): string => `INSERT INTO \`action\` VALUES\n${rows.join(',\n')};\n`;
const rowsFrom = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => smallRow(first + i));
const longRow = (text: string): string => `(1,1,10,'alice','app',0,'${text}',1795354482)`;

function samples(): Sample[] {
  const small = Array.from({ length: 1200 }, (_, i) => insert(rowsFrom(i * 500, 500))).join('');
  const prose = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit.\\n'.repeat(20_000);
  const json = '{\\"ref\\": \\"refs/heads/master\\", \\"id\\": 12345},\\n'.repeat(20_000);
  const copy = Array.from({ length: 1_000_000 }, (_, i) => `${i}\t1\t10\talice\tapp\tf\t\\N\t1795354482\n`).join('');
  const times = (row: string, count: number): string => insert([row]).repeat(count);
  return [
    { name: 'small rows', sql: CREATE + small, rows: 600_000, excerpt: insert(rowsFrom(0, 500)) },
    {
      name: 'prose, 1.1 MB a row',
      sql: CREATE + times(longRow(prose), 50),
      rows: 50,
      excerpt: insert([longRow(prose.slice(0, 59_000))]),
    },
    {
      name: 'JSON in text, 1 MB a row',
      sql: CREATE + times(longRow(json), 50),
      rows: 50,
      excerpt: insert([longRow(json.slice(0, 51_000))]),
    },
    { name: 'one row of 100 MB', rows: 1, sql: CREATE + insert([longRow('x'.repeat(100_000_000))]) },
    {
      name: 'COPY',
      rows: 1_000_000,
      sql: `-- PostgreSQL database dump\nCREATE TABLE action (a int, b int, c int, d text, e text, f bool, g text, h int);\nCOPY action FROM stdin;\n${copy}\\.\n`,
    },
  ];
}

const RUNS = 5;

/** Megabytes per second of processor time, the median of several runs. */
async function speed(bytes: number, work: () => Promise<unknown> | unknown, runs = RUNS): Promise<number> {
  const speeds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    speeds.push(bytes / (user + system));
  }
  return median(speeds);
}

async function readAll(path: string): Promise<number> {
  let rows = 0;
  const dump = await indexSqlDump(path);
  for (const table of dump.tables) {
    const names = table.columns?.map(({ name }) => name) ?? [];
    const count = (): void => {
      rows++;
    };
    const row = new Row(names.length);
    await readSqlRows(dump, table, { row, columnOf: (name) => names.indexOf(name), consumer: { row: count } });
  }
  return rows;
}

const { Parser } = createRequire(import.meta.url)('node-sql-parser/build/mariadb.js') as {
  Parser: new () => { astify(sql: string): unknown };
};
const parser = new Parser();
const folder = mkdtempSync(join(tmpdir(), 'bench-sql-'));
try {
  for (const { name, sql, rows, excerpt } of samples()) {
    const path = join(folder, 'dump.sql');
    writeFileSync(path, sql);
    // A warm-up run, to compile the code.
    const found = await readAll(path);
    if (found !== rows) throw new Error(`${name}: ${found} rows were read of ${rows}`);
    const index = await speed(sql.length, () => indexSqlDump(path));
    const both = await speed(sql.length, () => readAll(path));
    const rowPass = 1 / (1 / both - 1 / index);
    const theirs = excerpt === undefined ? undefined : await speed(excerpt.length, () => parser.astify(excerpt), 1);
    const ratio =
      theirs === undefined ? '' : `, node-sql-parser ${theirs.toFixed(1)} MB/s: ${Math.round(both / theirs)} times`;
    console.log(`${name}: index ${index.toFixed(0)}, rows ${rowPass.toFixed(0)}, both ${both.toFixed(0)} MB/s${ratio}`);
  }
  console.log(`memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
