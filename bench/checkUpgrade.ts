/** Compares an upgraded backup with its input, because a contender must not be fast by losing data. */
import { ZipReader } from '../src/formats/zip/ZipReader.js';

const DATABASE = /^gogs-backup\/db\/.*\.json$/;
/** Rewritten by every upgrade. */
const REWRITTEN = new Set(['gogs-backup/metadata.ini', 'gogs-backup/custom/conf/app.ini']);
/** Tables from which upgrades remove orphans, as Gogs does: the sample of 0.10 has some. */
const LOSE_ROWS = new Set(['ProtectBranchWhitelist', 'Webhook'].map((type) => `gogs-backup/db/${type}.json`));
const NEWLINE = 0x0a;

/** Throws an error that says what is missing or wrong. */
export async function checkUpgrade(input: string, output: string): Promise<void> {
  const [before, after] = await Promise.all([summarize(input), summarize(output)]);
  for (const [name, expected] of before) {
    const found = after.get(name);
    if (found === undefined && !name.endsWith('/')) throw new Error(`${output} lacks ${name}`);
    if (found !== undefined && found !== expected) throw new Error(`${output}: ${name} is ${found}, not ${expected}`);
  }
}

/** What must not change in an entry: the rows of a table, the bytes of a file. */
async function summarize(path: string): Promise<Map<string, string>> {
  const zip = await ZipReader.open(path);
  try {
    const summary = new Map<string, string>();
    for (const entry of zip.entries) {
      if (REWRITTEN.has(entry.name) || LOSE_ROWS.has(entry.name)) continue;
      if (!DATABASE.test(entry.name)) {
        summary.set(entry.name, `${entry.uncompressedSize} bytes of CRC ${entry.crc32}`);
        continue;
      }
      let rows = 0;
      let last: Buffer = Buffer.alloc(0);
      for await (const chunk of zip.openStream(entry)) {
        const bytes = chunk as Buffer;
        for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) rows++;
        last = Buffer.from(Buffer.concat([last, bytes]).subarray(-64 * 1024));
      }
      const lastRow = last.toString().trimEnd().split('\n').at(-1) ?? '';
      summary.set(entry.name, `${rows} rows up to id ${/"ID": ?(\d+)/.exec(lastRow)?.[1] ?? 'none'}`);
    }
    return summary;
  } finally {
    await zip.close();
  }
}
