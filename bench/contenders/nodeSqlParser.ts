/**
 * An off-the-shelf parser for Node: node-sql-parser on each INSERT statement of a dump. Writes the number of rows it found in
 * each table. Usage: nodeSqlParser.js DUMP COUNTS
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

interface Insert {
  readonly table: readonly { readonly table: string }[];
  readonly values: { readonly values: readonly unknown[] };
}

const { Parser } = createRequire(import.meta.url)('node-sql-parser/build/mariadb.js') as {
  Parser: new () => { astify(sql: string): Insert | Insert[] };
};
const [path = '', output = ''] = process.argv.slice(2);
const parser = new Parser();
const counts: Record<string, number> = {};
// Line ends within strings are escaped in such dumps.
for (const statement of (await readFile(path, 'utf8')).split(';\n')) {
  const begin = statement.indexOf('INSERT INTO');
  if (begin < 0) continue;
  const [insert] = [parser.astify(statement.slice(begin))].flat();
  const table = insert?.table[0]?.table ?? '';
  counts[table] = (counts[table] ?? 0) + (insert?.values.values.length ?? 0);
}
await writeFile(output, JSON.stringify(counts));
