/**
 * Converts a script of the tool to one that inserts and commits each row separately, which is how `gogs restore` fills tables.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

const TRANSACTION = /^(BEGIN|BEGIN TRANSACTION|START TRANSACTION|COMMIT);$/;

export async function writeSingleRows(script: string, path: string): Promise<void> {
  const out = createWriteStream(path, { flags: 'wx' });
  let opening = '';
  let row = '';
  let copying = false;
  const endRow = (): void => {
    if (row !== '') out.write(`${opening} ${row.replace(/[,;]$/, '')};\n`);
    row = '';
  };
  for await (const line of createInterface({ input: createReadStream(script), crlfDelay: Number.POSITIVE_INFINITY })) {
    const copy = /^COPY (.*) FROM stdin;$/.exec(line);
    if (copy !== null) {
      opening = `INSERT INTO ${copy[1]} VALUES`;
      copying = true;
    } else if (copying) {
      if (line === '\\.') copying = false;
      else out.write(`${opening} (${line.split('\t').map(literal).join(',')});\n`);
    } else if (/^INSERT INTO .* VALUES$/.test(line)) opening = line;
    else if (line.startsWith('(')) {
      endRow();
      row = line;
      if (row.endsWith(');')) endRow();
    } else if (row !== '') {
      // A line end within a text.
      row += `\n${line}`;
      if (row.endsWith(');')) endRow();
    } else if (!TRANSACTION.test(line)) out.write(`${line}\n`);
  }
  out.end();
  await finished(out);
}

/** COPY's escapes are the same as in PostgreSQL's E'…'. */
function literal(value: string): string {
  return value === '\\N' ? 'NULL' : `E'${value.replaceAll("'", "''")}'`;
}
