/**
 * Finds Gogs in the remains of a server: the work directory of an installation, or the volume of the official image, where
 * GOGS_CUSTOM is /data/gogs and the work directory's `data` and `log` are links into it (docker/start.sh@v0.12.3).
 */
import { InputError } from '../../core/errors.js';
import { listed } from '../../core/language.js';
import { folderOf, isWithin, joinPath, lastPart } from '../../files/FileTree.js';
import type { Facts } from '../../gogs/settings/facts.js';
import { firstOf } from './firstOf.js';
import { filesNamed, type TreeSurvey } from './surveyTree.js';
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

/** Left behind by `gogs restore`, editors or people. */
const PUT_ASIDE = /(?:^|\/)[^/]*(?:\.bak|\.old|\.orig|~)(?:\/|$)/;

/** Throws InputError if there are several. Undefined if there is no part of Gogs. */
export function findInstallation(name: string, survey: TreeSurvey): Installation | undefined {
  const all = filesNamed(survey, 'app.ini');
  const current = all.filter((path) => !PUT_ASIDE.test(path));
  const candidates = (current.length > 0 ? current : all).filter((path) => !isTemplate(path, survey));
  if (candidates.length > 1) {
    throw new InputError(texts().severalGogs({ name, places: firstOf(candidates) }));
  }
  const [config] = candidates;
  if (config === undefined) return withoutConfig(survey);
  const conf = folderOf(config);
  // Some packages install it as /etc/gogs/app.ini.
  if (lastPart(conf) !== 'conf') return { config, workFolder: conf, custom: undefined, notCustom: [] };
  const custom = folderOf(conf);
  if (lastPart(custom) === 'custom') return { config, workFolder: folderOf(custom), custom, notCustom: [] };
  return { config, workFolder: custom, custom, notCustom: ['data', 'log'].map((folder) => joinPath(custom, folder)) };
}

/** Up to 0.11 the program comes with its own `conf/app.ini`, beside the one in `custom/conf`. */
function isTemplate(path: string, { files }: TreeSurvey): boolean {
  const installation = folderOf(folderOf(path));
  return files.has(joinPath(installation, 'custom/conf/app.ini'));
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

/** The place of each data folder: as in app.ini, or else in the data folder. */
export function dataFoldersOf(
  facts: Facts | undefined,
  installation: Installation,
  { folders }: TreeSurvey,
): ReadonlyMap<DataFolder, string> {
  const exists = (path: string): boolean => folders.has(path);
  const set = new Map(facts?.paths.map(({ name, value }) => [`${name.section}.${name.key}`, value]));
  const places: Readonly<Record<DataFolder, string | undefined>> = {
    ssh: undefined,
    attachments: set.get('attachment.PATH'),
    avatars: set.get('picture.AVATAR_UPLOAD_PATH'),
    'repo-avatars': set.get('picture.REPOSITORY_AVATAR_UPLOAD_PATH'),
    'lfs-objects': facts?.lfsObjectsPath,
  };
  const stated = placeOfPath(facts?.appDataPath ?? 'data', installation, exists);
  const data = installation.data ?? stated ?? joinPath(installation.workFolder, 'data');
  return new Map(
    DATA_FOLDERS.flatMap((folder) => {
      const set = places[folder];
      const place = (set === undefined ? undefined : placeOfPath(set, installation, exists)) ?? joinPath(data, folder);
      return exists(place) ? [[folder, place] as const] : [];
    }),
  );
}

/** Links in place of data folders, which lead to unknown content. */
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
