/** Reads every row of an SQLite database as an upgrade does, and does nothing with it. */
import { writeFileSync } from 'node:fs';
import { Row } from '../../src/core/rows.js';
import { SqliteDatabase } from '../../src/formats/sqlite/SqliteDatabase.js';

const [input = '', output = ''] = process.argv.slice(2);
const database = await SqliteDatabase.open(input, input);
let rows = 0;
for (const table of database.tables) {
  const row = new Row(table.columns.length);
  const columns = table.columns.map(({ name }) => name);
  const consumer = { row: (): void => void rows++ };
  await database.readRows(table, { row, columnOf: (name) => columns.indexOf(name), consumer });
}
await database.close();
writeFileSync(output, `${rows}\n`);
