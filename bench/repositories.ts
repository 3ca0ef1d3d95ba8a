/** Makes backups and server folders whose repositories contain many small files, as Git's loose objects are. */
import { execFileSync } from 'node:child_process';
import { open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSink } from '../src/files/ByteSink.js';
import { OpenFile } from '../src/files/OpenFile.js';
import { ZipReader } from '../src/formats/zip/ZipReader.js';
import { ZipWriter } from '../src/formats/zip/ZipWriter.js';
import { TOOL } from './contenders.js';
import { Random } from './randomRows.js';

const MODIFIED = new Date(Date.UTC(2024, 0, 2, 3, 4, 6));
const REPOSITORIES = 'gogs-backup/repositories.zip';
const FILES_IN_A_REPOSITORY = 300;
const FOLDER = { mode: 0o755, modified: MODIFIED };

/** Where the inner archive lies by itself, for contenders that know no backups. */
export const repositoriesBeside = (backup: string): string => join(dirname(backup), 'repositories.zip');

/** Makes a backup, and its repositories.zip beside it. */
export async function makeBackupOfRepositories(path: string, sample: string, files: number): Promise<void> {
  const inner = repositoriesBeside(path);
  await write(inner, (zip) => addRepositories(zip, files));
  const reader = await ZipReader.open(sample);
  await write(path, async (zip) => {
    for (const entry of reader.entries) if (entry.name !== REPOSITORIES) await zip.copyRaw(reader, entry);
    const entry = zip.beginEntry(REPOSITORIES, { mode: 0o644, modified: MODIFIED, store: true });
    const handle = await open(inner);
    for await (const chunk of handle.createReadStream({ highWaterMark: 1024 * 1024 }))
      await entry.append(chunk as Buffer);
    await entry.finish();
  });
  await reader.close();
}

/** Makes the folder of a binary installation. */
export async function makeFolderOfRepositories(folder: string, sample: string, files: number): Promise<void> {
  const backup = `${folder}.zip`;
  await makeBackupOfRepositories(backup, sample, files);
  const [program = '', ...args] = TOOL.command(backup, folder);
  execFileSync(program, [...args, '--layout', 'binary', '--engine', 'sqlite3', '--no-checklist']);
  for (const made of [backup, repositoriesBeside(backup)]) await unlink(made);
}

async function write(path: string, fill: (zip: ZipWriter) => Promise<void>): Promise<void> {
  const handle = OpenFile.open(`${path}.part`, 'wx');
  const zip = new ZipWriter(fileSink(handle, path), { fromDisk: true, level: 6 });
  await fill(zip);
  await zip.finish();
  await handle.flush();
  await handle.close();
  await rename(`${path}.part`, path);
}

/** Loose objects do not deflate; what else is in a repository does. */
async function addRepositories(zip: ZipWriter, files: number): Promise<void> {
  const random = new Random(7);
  const hex = (digits: number): string =>
    random
      .below(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  await zip.addFolder('gogs-repositories', FOLDER);
  for (let made = 0, repository = 0; made < files; repository++) {
    const root = `gogs-repositories/user${repository % 50}/repository${repository}.git`;
    const texts = {
      HEAD: 'ref: refs/heads/master\n',
      config: '[core]\n\tbare = true\n',
      description: `${repository}\n`,
    };
    for (const [name, text] of Object.entries(texts)) {
      await zip.addBuffer(`${root}/${name}`, Buffer.from(text), { mode: 0o644, modified: MODIFIED });
      made++;
    }
    for (const folder of ['refs', 'refs/heads', 'refs/tags', 'objects'])
      await zip.addFolder(`${root}/${folder}`, FOLDER);
    const objects = new Map<string, Buffer[]>();
    for (let i = 3; i < FILES_IN_A_REPOSITORY && made < files; i++, made++) {
      const content = Buffer.alloc(60 + random.below(800));
      for (let at = 0; at + 4 <= content.length; at += 4) content.writeUInt32LE(random.below(2 ** 32), at);
      const folder = hex(2);
      objects.set(folder, [...(objects.get(folder) ?? []), content]);
    }
    for (const [folder, contents] of objects) {
      await zip.addFolder(`${root}/objects/${folder}`, FOLDER);
      for (const [index, content] of contents.entries()) {
        const name = `${root}/objects/${folder}/${hex(8)}${hex(8)}${hex(8)}${hex(8)}${hex(4)}${String(index).padStart(2, '0')}`;
        await zip.addBuffer(name, content, { mode: 0o444, modified: MODIFIED });
      }
    }
  }
}

/** Throws an error if a folder does not contain so many files. */
export async function countFiles(folder: string, expected: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).length;
  if (found < expected) throw new Error(`${folder} has ${found} files, not ${expected}`);
}
