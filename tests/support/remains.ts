/** The remains of a server, built from the backup and the database of a fixture instance. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { fixture } from './fixtures.js';
import { loadDump } from './sqlite.js';

/** Unpacks a zip with modes and times. */
export async function unpackZip(archive: string, folder: string): Promise<void> {
  const zip = await ZipReader.open(archive);
  const entries = [];
  for (const entry of zip.entries) entries.push(entry);
  for (const entry of entries) {
    const place = join(folder, entry.name);
    mkdirSync(entry.isDirectory ? place : dirname(place), { recursive: true });
    if (!entry.isDirectory) writeFileSync(place, await zip.readBuffer(entry, entry.uncompressedSize));
  }
  // Creating entries in a folder changes its time.
  for (const entry of entries.reverse()) {
    const place = join(folder, entry.name);
    if (entry.mode !== 0) chmodSync(place, entry.mode);
    utimesSync(place, entry.modified, entry.modified);
  }
  await zip.close();
}

/** The work directory of a binary installation; for an SQLite instance with its database. */
export async function binaryFolder(instance: string, folder: string): Promise<void> {
  const backup = `${folder}-backup`;
  await unpackZip(fixture(instance, 'backup.zip'), backup);
  const inside = join(backup, 'gogs-backup');
  mkdirSync(join(folder, 'log'), { recursive: true });
  writeFileSync(join(folder, 'log', 'gogs.log'), 'no file of a backup');
  renameSync(join(inside, 'custom'), join(folder, 'custom'));
  renameSync(join(inside, 'data'), join(folder, 'data'));
  await unpackZip(join(inside, 'repositories.zip'), folder);
  // Files of a server that are not in a backup.
  mkdirSync(join(folder, 'data', 'sessions'), { recursive: true });
  writeFileSync(join(folder, 'data', 'sessions', '0'), 'a session');
  if (instance.endsWith('sqlite3')) loadDump(join(folder, 'data', 'gogs.db'), fixture(instance, 'native.sql'));
}

/** The volume of the official image, without the sample hooks, which are most of its files. */
export async function dockerFolder(instance: string, folder: string): Promise<void> {
  const binary = `${folder}-binary`;
  await binaryFolder(instance, binary);
  mkdirSync(join(folder, 'git'), { recursive: true });
  mkdirSync(join(folder, 'ssh'));
  renameSync(join(binary, 'custom'), join(folder, 'gogs'));
  renameSync(join(binary, 'data'), join(folder, 'gogs', 'data'));
  renameSync(join(binary, 'log'), join(folder, 'gogs', 'log'));
  renameSync(join(binary, 'repositories'), join(folder, 'git', 'gogs-repositories'));
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.sample')) rmSync(join(folder, file));
  }
  const config = join(folder, 'gogs', 'conf', 'app.ini');
  writeFileSync(
    config,
    readFileSync(config, 'latin1')
      .replace(/^PATH( *)=.*$/m, 'PATH$1= data/gogs.db')
      .replace(/^ROOT( *)=.*$/m, 'ROOT$1= /data/git/gogs-repositories'),
    'latin1',
  );
}

/** Packs a folder with tar. `options`: of tar. */
export function packTar(folder: string, archive: string, ...options: string[]): void {
  execFileSync('tar', [...options, '-cf', archive, '-C', folder, '.']);
}
