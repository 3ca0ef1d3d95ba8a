/** Recognizes the content of a folder, or of an archive of one, and opens it. */
import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ForeignInputError, InputError } from '../../core/errors.js';
import { listed } from '../../core/language.js';
import { type FileTree, folderOf, isWithin, joinPath, lastPart } from '../../files/FileTree.js';
import { FolderTree } from '../../files/FolderTree.js';
import { spoolStream } from '../../files/spoolStream.js';
import { restorePgDump } from '../../formats/sql/opening/restorePgDump.js';
import { extractTar } from '../../formats/tar/extractTar.js';
import { TarTree } from '../../formats/tar/TarTree.js';
import { DUMP_DATABASE, DUMP_REPOSITORIES, REPOSITORIES } from '../../gogs/layout.js';
import { VOLUME } from '../../gogs/serverLayout.js';
import type { Source } from '../Source.js';
import { tableOfCsv } from '../tableOfCsv.js';
import { dataFoldersOf, findInstallation, findUnpackedRepositories } from './findInstallation.js';
import { firstOf } from './firstOf.js';
import { openGogsFolder } from './openGogsFolder.js';
import { openMydumper } from './openMydumper.js';
import { repackArchive } from './repackArchive.js';
import { placeOnDisk, spoolFromTree, spoolWithCompanions } from './spoolFromTree.js';
import { CONTAINER, configsIn, filesNamed, surveyTree, type TreeSurvey } from './surveyTree.js';
import type { TreeContext } from './TreeContext.js';
import { texts } from './texts.js';

/** Usual names of a dump, a database or a backup that is the only relevant file of a folder. */
const DUMP_NAME = /\.(?:(?:sql|psql|pgsql|dump|pgdump|db|sqlite3?|tar)(?:\.(?:gz|xz|bz2|zst))?|zip|t[bgx]z)$/i;
const CSV_NAME = /\.(?:csv|tsv|txt)$/i;

export async function openTree(tree: FileTree, context: TreeContext): Promise<Source> {
  const { signal, temporary } = context;
  const survey = await surveyTree(tree, signal);
  if (tree instanceof TarTree && tree.mustBeExtracted) {
    const folder = await temporary.newPath('unpacked');
    await mkdir(folder, { mode: 0o700 });
    await extractTar(tree, folder, signal);
    return openTree(await FolderTree.open(folder, tree.name, VOLUME), context);
  }
  return (
    (await openUnpacked(tree, survey, context)) ??
    refuseWithoutMetadata(tree, survey) ??
    (await openServer(tree, survey, context)) ??
    (await openPgDump(tree, survey, context)) ??
    (await openMydumper(tree, survey, context)) ??
    (await openCsvFiles(tree, survey, context)) ??
    refuseImage(tree, survey) ??
    (await openOnlyDump(tree, survey, context)) ??
    refuse(tree, survey)
  );
}

/** Opens a backup or dump of Gogs that was unpacked, or repacked within other folders. */
async function openUnpacked(tree: FileTree, survey: TreeSurvey, context: TreeContext): Promise<Source | undefined> {
  const backups = filesNamed(survey, 'metadata.ini')
    .map(folderOf)
    .filter((folder) => survey.folders.has(joinPath(folder, 'db')));
  const dumps = filesNamed(survey, DUMP_DATABASE).map(folderOf);
  const roots = [...backups, ...dumps];
  const [root] = roots;
  if (root === undefined) return undefined;
  const others = configsIn(survey).filter((path) => !roots.some((folder) => isWithin(path, folder)));
  if (roots.length > 1 || others.length > 0) {
    const places = [...roots.map((folder) => (folder === '' ? '.' : folder)), ...others].slice(0, 5).join(', ');
    throw new InputError(texts().severalGogs({ name: tree.name, places }));
  }
  const archive = await context.temporary.newPath('backup.zip');
  const isBackup = backups.length > 0;
  const zipName = isBackup ? lastPart(REPOSITORIES) : DUMP_REPOSITORIES;
  const repositories = findUnpackedRepositories(tree.name, root, joinPath(root, zipName), survey);
  const repacked = await repackArchive(tree, { root, isBackup, repositories }, archive, context);
  return context.openArchive(tree.name, archive, repacked);
}

async function openServer(tree: FileTree, survey: TreeSurvey, context: TreeContext): Promise<Source | undefined> {
  const installation = findInstallation(tree.name, survey);
  if (installation === undefined) return undefined;
  // A database alone is just a database: its folder has no meaning.
  const isBare =
    installation.config === undefined &&
    installation.custom === undefined &&
    survey.repositoryRoots.size === 0 &&
    dataFoldersOf(undefined, installation, survey, undefined).size === 0;
  return isBare ? undefined : openGogsFolder(tree, survey, installation, context);
}

/** Opens the output of `pg_dump -Fd`, or of `-Ft`, which is a tar of nearly the same files. */
async function openPgDump(tree: FileTree, survey: TreeSurvey, context: TreeContext): Promise<Source | undefined> {
  const [contents] = filesNamed(survey, 'toc.dat');
  if (contents === undefined) return undefined;
  const { temporary, signal } = context;
  const root = folderOf(contents);
  let place = placeOnDisk(tree, root);
  if (place === undefined && tree instanceof TarTree && root === '') {
    place = await spoolStream(tree.name, Readable.from(tree.bytes()), await temporary.newPath('dump.tar'), signal);
  }
  if (place === undefined) {
    place = await temporary.newPath('dump');
    await mkdir(place, { mode: 0o700 });
    // The files are side by side, compressed or not.
    await spoolFromTree(tree, place, (path) => (folderOf(path) === root ? lastPart(path) : undefined), signal);
  }
  const script = await temporary.newPath('dump.sql');
  await restorePgDump(tree.name, place, script, signal);
  return context.open(tree.name, script);
}

async function openCsvFiles(tree: FileTree, survey: TreeSurvey, context: TreeContext): Promise<Source | undefined> {
  const names = filesNamed(survey, CSV_NAME);
  const isTable = (path: string): boolean => tableOfCsv(context.history, lastPart(path)) !== undefined;
  const table = names.find(isTable);
  if (table === undefined) return undefined;
  const root = folderOf(table);
  const place = placeOnDisk(tree, root);
  if (place !== undefined) return context.openCsv(place);
  const folder = await context.temporary.newPath('csv');
  await mkdir(folder, { mode: 0o700 });
  const taken = new Set<string>();
  const nameOf = (path: string): string | undefined => {
    const name = lastPart(path);
    if (!CSV_NAME.test(name) && !name.endsWith('.sql')) return undefined;
    if (taken.has(name)) {
      throw new InputError(texts().tableTwice({ name: tree.name, file: name }));
    }
    taken.add(name);
    return name;
  };
  await spoolFromTree(tree, folder, nameOf, context.signal);
  return context.openCsv(folder);
}

async function openOnlyDump(tree: FileTree, survey: TreeSurvey, context: TreeContext): Promise<Source | undefined> {
  const dumps = filesNamed(survey, DUMP_NAME);
  const [dump] = dumps;
  if (dump === undefined) return undefined;
  if (dumps.length > 1) {
    throw new InputError(texts().severalDumps({ name: tree.name, count: dumps.length, places: firstOf(dumps) }));
  }
  const name = texts().inTree({ path: dump, name: tree.name });
  const place = placeOnDisk(tree, dump);
  if (place !== undefined) return context.open(joinPath(tree.name, dump), place);
  const folder = await context.temporary.newPath('dump');
  return context.open(name, await spoolWithCompanions(tree, dump, folder, context.signal));
}

/** Throws InputError for a backup without metadata.ini. */
function refuseWithoutMetadata(tree: FileTree, { files }: TreeSurvey): undefined {
  if (![...files.keys()].some((name) => /(?:^|\/)db\/[A-Z]\w*\.json$/.test(name))) return undefined;
  throw new InputError(texts().noMetadata({ name: tree.name }));
}

/** Throws InputError for an image as `docker save` writes it: its layers are archives, but no volume is in them. */
function refuseImage(tree: FileTree, { files }: TreeSurvey): undefined {
  const isImage = files.has('oci-layout') || [...files.keys()].some((name) => /^[0-9a-f]{64}\/layer\.tar$/.test(name));
  if (isImage) throw new InputError(texts().image({ name: tree.name }));
  return undefined;
}

function refuse(tree: FileTree, { files, otherConfigs, repositoryRoots, unreadable }: TreeSurvey): never {
  if (unreadable.length > 0) {
    const places = firstOf(unreadable.map((path) => JSON.stringify(path)));
    throw new InputError(texts().unreadable({ name: tree.name, places }));
  }
  const ofGitea = [...otherConfigs].flatMap(([path, program]) => (program === 'Gitea' ? [path] : []));
  if (ofGitea.length > 0) throw new ForeignInputError(texts().gitea({ name: tree.name, places: firstOf(ofGitea) }));
  if (repositoryRoots.size > 0) {
    throw new InputError(texts().onlyRepositories({ name: tree.name }));
  }
  if (files.has(CONTAINER)) throw new InputError(texts().container({ name: tree.name }));
  const names = [...files.keys()];
  const shown = names.slice(0, 5).map((name) => JSON.stringify(name));
  const { nothing, otherFiles, andMore } = texts();
  if (shown.length === 0) throw new InputError(nothing({ name: tree.name }));
  const some = listed(shown);
  const found = names.length > 5 ? andMore({ names: some, count: names.length - 5 }) : some;
  throw new InputError(otherFiles({ name: tree.name, found }));
}
