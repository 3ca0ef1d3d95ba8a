/** Compares an upgraded dump with its input: the rows, and the digest of each access token that 0.13 needs. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { ZipReader } from '../src/formats/zip/ZipReader.js';
import { checkRows } from './countRows.js';

/** Throws an error that says what is missing. */
export async function checkUpgradedDump(input: string, output: string): Promise<void> {
  await checkRows(input, output);
  const tokens = (await sqlRows(input)).match(/(?<=')[0-9a-f]{40}(?=')/g) ?? [];
  if (tokens.length === 0) throw new Error(`${input} holds no access token to check`);
  const upgraded = output.endsWith('.zip') ? await backupRows(output) : await sqlRows(output);
  for (const token of tokens) {
    const digest = createHash('sha256').update(token).digest('hex');
    if (!upgraded.includes(digest)) throw new Error(`${output} lacks the digest of an access token`);
  }
}

/** The statements that fill the table of access tokens. */
async function sqlRows(path: string): Promise<string> {
  let rows = '';
  let inTable = false;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (/^(INSERT|CREATE|COPY)/.test(line)) inTable = /^(INSERT INTO|COPY) [`"]access_token[`"]/.test(line);
    if (inTable) rows += `${line}\n`;
  }
  return rows;
}

async function backupRows(path: string): Promise<string> {
  const zip = await ZipReader.open(path);
  try {
    for (const entry of zip.entries) {
      if (entry.name.endsWith('/AccessToken.json')) return (await buffer(zip.openStream(entry))).toString();
    }
    return '';
  } finally {
    await zip.close();
  }
}
