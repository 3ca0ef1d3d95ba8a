/**
 * Finds Gogs in the remains of a server: the work directory of an installation, or the volume of the official image, where
 * GOGS_CUSTOM is /data/gogs and the work directory's `data` and `log` are links into it (docker/start.sh@v0.12.3).
 */
import { InputError } from '../../core/errors.js';
import { listed } from '../../core/language.js';
import { folderOf, isWithin, joinPath, lastPart } from '../../files/FileTree.js';
import type { Facts } from '../../gogs/settings/facts.js';
import { UPLOAD_SETTINGS } from '../../gogs/settings/uploadSettings.js';
import { firstOf } from './firstOf.js';
import { configsIn, filesNamed, type TreeSurvey } from './surveyTree.js';
import { texts } from './texts.js';

/** The data folders in a backup, and lfs-objects, which a backup lacks: internal/cmd/backup.go@v0.13.0 */
const DATA_FOLDERS = ['ssh', 'attachments', 'avatars', 'repo-avatars', 'lfs-objects'] as const;
export type DataFolder = (typeof DATA_FOLDERS)[number];

/** An app.ini and its installation. */
export interface Installation {
  /** Path of app.ini; undefined if there is none. */
  readonly config: string | undefined;
  /** The folder that relative paths in app.ini start from. */
  readonly workFolder: string;
  /** GOGS_CUSTOM; undefined if it does not exist. */
  readonly custom: string | undefined;
  /** Folders in the custom folder that do not belong to it: in the volume of the image. */
  readonly notCustom: readonly string[];
  /** The data folder, if no app.ini names it. */
  readonly data?: string;
}

/** Left behind by `gogs restore`, editors or people; or in a recycle bin or a snapshot, as network disks keep them in folders. */
const PUT_ASIDE =
  /(?:^|\/)(?:[^/]*(?:\.bak\d*|\.old|\.orig|~)|#recycle|@Recycle|\$RECYCLE\.BIN|\.Trash[^/]*|#snapshot|\.snapshots?|\.zfs)(?:\/|$)/i;

/** Throws InputError if there are several. Undefined if there is no part of Gogs. */
export function findInstallation(name: string, survey: TreeSurvey): Installation | undefined {
  const all = configsIn(survey);
  const current = all.filter((path) => !PUT_ASIDE.test(path));
  const read = (current.length > 0 ? current : all).filter((path) => !isUnused(path, survey));
  const ofServers = read.filter((path) => !isBesideProgram(path, survey));
  const candidates = ofServers.length > 0 ? ofServers : read;
  if (candidates.length > 1) {
    throw new InputError(texts().severalGogs({ name, places: firstOf(candidates) }));
  }
  const [config] = candidates;
  if (config === undefined) return withoutConfig(survey);
  const conf = folderOf(config);
  // Some packages install it as /etc/gogs/app.ini.
  if (lastPart(conf) !== 'conf') return { config, workFolder: conf, custom: onlyCustom(survey), notCustom: [] };
  const custom = folderOf(conf);
  if (lastPart(custom) === 'custom') return { config, workFolder: folderOf(custom), custom, notCustom: [] };
  return { config, workFolder: custom, custom, notCustom: ['data', 'log'].map((folder) => joinPath(custom, folder)) };
}

/** Gogs reads `custom/conf/app.ini` in its folder, and neither the `conf/app.ini` that comes with the program nor another one there. */
function isUnused(path: string, { files, folders }: TreeSurvey): boolean {
  const conf = folderOf(path);
  const folder = folderOf(conf);
  if (lastPart(conf) !== 'conf' || lastPart(folder) === 'custom') return false;
  const isUsed = (installation: string): boolean => files.has(joinPath(installation, 'custom/conf/app.ini'));
  // A folder with data is an installation of its own: a volume of the image.
  return isUsed(folder) || (isUsed(folderOf(folder)) && !folders.has(joinPath(folder, 'data')));
}

/** In the image up to 0.11, for example: /app/gogs/conf/app.ini, while the server's own is in /data/gogs/conf. */
const isBesideProgram = (path: string, { files }: TreeSurvey): boolean =>
  ['gogs', 'gogs.exe'].some((program) => files.has(joinPath(folderOf(folderOf(path)), program)));

/** The custom folder of an installation that has its app.ini elsewhere. */
function onlyCustom({ folders }: TreeSurvey): string | undefined {
  const holdsCustom = (path: string): boolean =>
    ['conf', 'public', 'templates'].some((name) => folders.has(joinPath(path, name)));
  return only([...folders].filter((path) => lastPart(path) === 'custom' && !PUT_ASIDE.test(path) && holdsCustom(path)));
}

/** A database without an app.ini beside it: `data/` alone, or a folder that someone assembled. */
function withoutConfig(survey: TreeSurvey): Installation | undefined {
  const [database] = databasesIn(survey);
  if (database === undefined) return undefined;
  const folder = folderOf(database);
  const workFolder = lastPart(folder) === 'data' ? folderOf(folder) : folder;
  const custom = joinPath(workFolder, 'custom');
  return {
    config: undefined,
    workFolder,
    notCustom: [],
    data: folder,
    custom: survey.folders.has(custom) ? custom : undefined,
  };
}

/** Files that may be SQLite databases by name, `gogs.db` first. */
export function databasesIn(survey: TreeSurvey): string[] {
  const named = filesNamed(survey, /\.(?:db|sqlite3?)$/i).filter((path) => !PUT_ASIDE.test(path));
  const usual = named.filter((path) => lastPart(path) === 'gogs.db');
  return usual.length > 0 ? usual : named;
}

/**
 * Finds a path of app.ini in the tree. A relative path starts at the work directory. An absolute one is from the old machine:
 * the longest matching end of it counts. `exists` says which paths are valid.
 */
export function placeOfPath(
  path: string,
  { workFolder }: Installation,
  exists: (path: string) => boolean,
): string | undefined {
  const parts = path
    .replace(/^[A-Za-z]:/, '')
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return undefined;
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
  for (let from = 0; from < (isAbsolute ? parts.length : 1); from++) {
    const rest = parts.slice(from).join('/');
    // Tries the work directory and all its parents, up to the root of the tree.
    for (let base = workFolder; ; base = folderOf(base)) {
      const place = joinPath(base, rest);
      if (exists(place)) return place;
      if (base === '' || !isAbsolute) break;
    }
  }
  return undefined;
}

const SETTINGS: Readonly<Partial<Record<DataFolder, string>>> = UPLOAD_SETTINGS;

const setPath = (folder: DataFolder, facts: Facts | undefined): string | undefined =>
  facts?.paths.find(({ name }) => `${name.section}.${name.key}` === SETTINGS[folder])?.value;

/** The place of each data folder: as in app.ini, or else in the data folder. `database`: the path of the SQLite database. */
export function dataFoldersOf(
  facts: Facts | undefined,
  installation: Installation,
  { folders }: TreeSurvey,
  database: string | undefined,
): ReadonlyMap<DataFolder, string> {
  const exists = (path: string): boolean => folders.has(path);
  const holdsData = (path: string): boolean => UPLOADS.some((folder) => exists(joinPath(path, folder)));
  const stated = placeOfPath(facts?.appDataPath ?? 'data', installation, exists);
  const candidates = [installation.data, stated, database === undefined ? undefined : folderOf(database)];
  const data =
    candidates.find((path) => path !== undefined && holdsData(path)) ??
    // An installation with app.ini in /etc, and data in a place that only its environment names.
    only([...folders].filter((path) => lastPart(path) === 'data' && !PUT_ASIDE.test(path) && holdsData(path))) ??
    stated ??
    joinPath(installation.workFolder, 'data');
  return new Map(
    DATA_FOLDERS.flatMap((folder) => {
      const set = setPath(folder, facts);
      const place = (set === undefined ? undefined : placeOfPath(set, installation, exists)) ?? joinPath(data, folder);
      return exists(place) ? [[folder, place] as const] : [];
    }),
  );
}

const UPLOADS = DATA_FOLDERS.filter((folder) => folder !== 'ssh');

const only = (paths: readonly string[]): string | undefined => (paths.length === 1 ? paths[0] : undefined);

/** The data folders that app.ini places outside of the tree, as it names them. */
export function dataElsewhere(
  facts: Facts | undefined,
  installation: Installation,
  { folders }: TreeSurvey,
  found: ReadonlyMap<DataFolder, string>,
): string[] {
  return UPLOADS.flatMap((folder) => {
    const set = setPath(folder, facts);
    // Without the objects, another check reports their rows.
    if (set === undefined || found.has(folder) || folder === 'lfs-objects') return [];
    // Without an upload there is no folder.
    const above = set.replace(/[/\\]+[^/\\]*[/\\]*$/, '');
    const isEmpty = placeOfPath(above, installation, (path) => path === '' || folders.has(path)) !== undefined;
    return isEmpty ? [] : [set];
  });
}

/** Links in place of data folders, which lead out of the tree. */
export function dataLinks(
  { workFolder, data = joinPath(workFolder, 'data') }: Installation,
  { links }: TreeSurvey,
): string[] {
  return [data, ...DATA_FOLDERS.map((folder) => joinPath(data, folder))].filter((path) => links.has(path));
}

/** The repositories folder, and its name in [repository] ROOT. */
export interface RepositoriesPlace {
  /** Undefined if the repositories are not in the tree. */
  readonly path: string | undefined;
  readonly name: string;
  /** As in app.ini. */
  readonly root: string | undefined;
}

/** `~/gogs-repositories`: internal/conf/static.go@v0.13.0 */
const DEFAULT_ROOT = 'gogs-repositories';

/** Throws InputError if several folders are candidates. */
export function findRepositories(
  name: string,
  root: string | undefined,
  installation: Installation,
  survey: TreeSurvey,
): RepositoriesPlace {
  const { folders, repositoryRoots } = survey;
  const base = (root ?? DEFAULT_ROOT).replace(/[/\\]+$/, '');
  const rootName = lastPart(base.replaceAll('\\', '/')) || DEFAULT_ROOT;
  // A folder of that name without repositories may be an empty mount point.
  const stated = placeOfPath(base, installation, (path) => repositoryRoots.has(path)) ?? undefined;
  if (stated !== undefined) return { path: stated, name: rootName, root };
  const data = joinPath(installation.workFolder, 'data');
  const found = [...repositoryRoots.keys()].filter(
    (path) => !isWithin(path, joinPath(data, 'tmp')) && !PUT_ASIDE.test(path),
  );
  if (found.length > 1) {
    throw new InputError(texts().severalRepositories({ name, base, places: listed(found.slice(0, 5)) }));
  }
  const [only] = found;
  const empty = only ?? placeOfPath(base, installation, (path) => folders.has(path));
  return { path: empty, name: rootName, root };
}

/**
 * The repositories folder of an unpacked archive whose `zip` of them was unpacked, too. Throws InputError if several folders are
 * candidates.
 */
export function findUnpackedRepositories(
  name: string,
  root: string,
  zip: string,
  { files, repositoryRoots }: TreeSurvey,
): string | undefined {
  if (files.has(zip)) return undefined;
  // A custom folder in Docker contains whatever the server had.
  const others = ['custom', 'data'].map((folder) => joinPath(root, folder));
  const found = [...repositoryRoots.keys()].filter(
    (path) => path !== '' && !PUT_ASIDE.test(path) && !others.some((folder) => isWithin(path, folder)),
  );
  if (found.length <= 1) return found[0];
  throw new InputError(texts().severalUnpacked({ name, zip: lastPart(zip), places: firstOf(found) }));
}
