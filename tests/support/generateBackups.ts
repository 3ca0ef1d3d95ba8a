/** Creates an archive of many small backups from one real backup; some are broken, each in a different way. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fixture } from './fixtures.js';
import { readEntry } from './readBackup.js';
import { repackBackup } from './repackBackup.js';

const BASE = fixture('0.12.3-sqlite3', 'backup-database-only.zip');
const USERS = 'gogs-backup/db/User.json';
const NOTICES = 'gogs-backup/db/Notice.json';
const METADATA = 'gogs-backup/metadata.ini';

export interface GeneratedArchive {
  /** Names relative to the folder, sorted. */
  readonly names: readonly string[];
  /** The expected error of each broken one. */
  readonly broken: ReadonlyMap<string, RegExp>;
}

interface Defect {
  readonly says: RegExp;
  make(path: string): Promise<void> | void;
}

/** One folder per month. The same arguments give the same bytes. Every `brokenEvery`-th backup is broken. */
export async function generateBackups(folder: string, count: number, brokenEvery = 20): Promise<GeneratedArchive> {
  const notice = (await readEntry(BASE, NOTICES)).toString().split('\n')[0] ?? '';
  const names: string[] = [];
  const broken = new Map<string, RegExp>();
  for (let i = 0; i < count; i++) {
    const month = `${2015 + (Math.floor(i / 120) % 10)}/${String(1 + (Math.floor(i / 10) % 12)).padStart(2, '0')}`;
    const name = `${month}/gogs-${String(i).padStart(5, '0')}.zip`;
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    names.push(name);
    const turn = (i + 1) / brokenEvery;
    const defect = Number.isInteger(turn) ? DEFECTS[turn % DEFECTS.length] : undefined;
    if (defect === undefined) {
      const rows = Array.from({ length: 1 + (i % 50) }, (_, row) =>
        notice.replace(/"ID":\d+/, `"ID":${i * 100 + row}`),
      );
      await repackBackup(BASE, path, { [NOTICES]: `${rows.join('\n')}\n` });
    } else {
      await defect.make(path);
      broken.set(name, defect.says);
    }
  }
  return { names: names.sort(), broken };
}

const bytesOfBase = (): Buffer => readFileSync(BASE);

const DEFECTS: readonly Defect[] = [
  { says: /cut off|truncated|end record/, make: (path) => writeFileSync(path, bytesOfBase().subarray(0, 9_000)) },
  {
    says: /web page/,
    make: (path) => writeFileSync(path, '<html>404 Not Found</html>\n'.repeat(20)),
  },
  { says: /empty/, make: (path) => writeFileSync(path, '') },
  {
    says: /newer Gogs 0\.15/,
    make: (path) => repackBackup(BASE, path, { [METADATA]: 'VERSION = 1\nGOGS_VERSION = 0.15.0\n' }),
  },
  {
    says: /User\.json, line 1/,
    make: async (path) => repackBackup(BASE, path, { [USERS]: (await readEntry(BASE, USERS)).subarray(0, 500) }),
  },
  { says: /User\.json.*encrypted/, make: (path) => writeFileSync(path, markEncrypted(bytesOfBase(), USERS)) },
  { says: /no .*metadata\.ini/, make: (path) => repackBackup(BASE, path, { [METADATA]: undefined }) },
  { says: /Issue\.json/, make: (path) => writeFileSync(path, flipBits(bytesOfBase(), 'gogs-backup/db/Issue.json')) },
];

/** Sets bit 0 of an entry's flags in both of its headers: APPNOTE 4.4.4. */
function markEncrypted(zip: Buffer, name: string): Buffer {
  for (let at = zip.indexOf(name); at !== -1; at = zip.indexOf(name, at + 1)) {
    const local = zip.readUInt32LE(at - 30) === 0x04034b50;
    const flags = local ? at - 30 + 6 : at - 46 + 8;
    zip.writeUInt16LE(zip.readUInt16LE(flags) | 1, flags);
  }
  return zip;
}

/** Damages the compressed data of an entry, like a bad disk. */
function flipBits(zip: Buffer, name: string): Buffer {
  const at = zip.indexOf(name);
  const data = at + name.length + zip.readUInt16LE(at - 2) + 200;
  for (let i = 0; i < 20; i++) zip[data + i] = (zip[data + i] ?? 0) ^ 0xff;
  return zip;
}
