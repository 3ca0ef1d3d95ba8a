/**
 * Creates the SQL dumps for measurements from a dump of a real server, grown to any size. Streamed, so memory does not grow
 * with the size.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { readDefinition } from '../src/formats/sql/definitions/readDefinition.js';
import { GOGS } from '../src/gogs/gogsHistory.js';
import { RandomRows, repeatRows } from './randomRows.js';

export interface DumpPlan {
  readonly path: string;
  /** Output of mariadb-dump, whose tables the dump begins with. */
  readonly sample: string;
  /** Bytes of rows by table, which replace the sample's rows. */
  readonly tableBytes: Readonly<Record<string, number>>;
}

/** Approximate length at which a statement ends, as in mysqldump. */
const STATEMENT_LENGTH = 1024 * 1024;
/** Stands for the number of an issue. */
const ISSUE_NUMBER = '9'.repeat(18);

/** Returns the number of rows by SQL name of each table that was grown. */
export async function makeDump({ path, sample, tableBytes }: DumpPlan): Promise<Map<string, number>> {
  const text = await readFile(sample, 'utf8');
  const out = createWriteStream(path, { flags: 'wx', highWaterMark: 4 * 1024 * 1024 });
  const counts = new Map<string, number>();
  let from = 0;
  // The sample has them sorted by name.
  for (const { type, name } of GOGS.tables.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const bytes = tableBytes[type];
    if (bytes === undefined) continue;
    counts.set(name, 0);
    const opening = `INSERT INTO \`${name}\` VALUES\n`;
    const at = text.indexOf(opening, from);
    if (at < 0) throw new Error(`${sample} has no rows of ${name}`);
    out.write(text.slice(from, at));
    for (const statement of statements(opening, await rowsOf(type, text, name, bytes))) {
      if (!out.write(statement.text)) await once(out, 'drain');
      counts.set(name, (counts.get(name) ?? 0) + statement.rows);
    }
    from = text.indexOf(';\n', at) + 2;
  }
  out.end(text.slice(from));
  await finished(out);
  return counts;
}

function* statements(opening: string, rows: Iterable<string>): Generator<{ text: string; rows: number }> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    text += text === '' ? `${opening}${row}` : `,\n${row}`;
    count++;
    if (text.length < STATEMENT_LENGTH) continue;
    yield { text: `${text};\n`, rows: count };
    text = '';
    count = 0;
  }
  if (count > 0) yield { text: `${text};\n`, rows: count };
}

/** Rows in mysqldump's notation, with the columns in the order of the sample. */
async function rowsOf(type: string, text: string, name: string, bytes: number): Promise<Iterable<string>> {
  const definition = text.slice(text.indexOf(`CREATE TABLE \`${name}\` (`));
  const columns = GOGS.tables.find((table) => table.type === type)?.columns ?? [];
  const defined = await readDefinition(definition.slice(0, definition.indexOf(';\n')), 'mysql');
  const keys = defined.columns.map((each) => columns.find((column) => column.name === each.name)?.keys ?? []);
  const rows = new RandomRows(type, '0.12', 3);
  const next = (): string => {
    // Numbers that JavaScript cannot represent stay text.
    const row = JSON.parse(rows.next().replace(/:(\d{16,})/g, ':"#$1"')) as Record<string, unknown>;
    if (type === 'Issue') row['Index'] = `#${ISSUE_NUMBER}`;
    const values = keys.map((spellings) => literal(row[spellings.find(({ key }) => key in row)?.key ?? '']));
    return `,${values.slice(1).join(',')})`;
  };
  const repeated = repeatRows('(', next, { bytes, rows: Number.POSITIVE_INFINITY });
  return type === 'Issue' ? numbered(repeated) : repeated;
}

/** Gives each issue a number of its own, which must be unique in its repository. */
function* numbered(rows: Iterable<string>): Generator<string> {
  let number = 0;
  for (const row of rows) yield row.replace(ISSUE_NUMBER, String(++number));
}

function literal(value: unknown): string {
  if (value === undefined || value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value !== 'string') return String(value);
  if (/^#\d+$/.test(value)) return value.slice(1);
  return `'${value
    .replaceAll(/['"\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')}'`;
}
