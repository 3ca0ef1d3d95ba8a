/** Opens a Gogs folder as one input: its database as rows, and everything else as `gogs backup` would have saved it. */
import { danger } from '../../core/danger.js';
import { InputError } from '../../core/errors.js';
import type { Notice } from '../../core/findings.js';
import { shellWord } from '../../core/shellWord.js';
import { isEngine } from '../../engines/Engine.js';
import { engineNamed, isFileEngine } from '../../engines/engineNamed.js';
import { SQLITE_COMPANIONS } from '../../engines/sqlite.js';
import { contentOf } from '../../files/contentOf.js';
import { type FileTree, folderOf, isWithin, joinPath } from '../../files/FileTree.js';
import { FolderTree } from '../../files/FolderTree.js';
import { IniDocument } from '../../formats/ini/IniDocument.js';
import { ZipReader } from '../../formats/zip/ZipReader.js';
import { CONFIG, MAX_CONFIG_BYTES } from '../../gogs/layout.js';
import type { GogsHistory } from '../../gogs/releases/foldReleases.js';
import { accessOf } from '../../gogs/settings/accessOf.js';
import { type Facts, readFacts } from '../../gogs/settings/facts.js';
import { shellOf } from '../../gogs/settings/shellOf.js';
import { type ArchiveFiles, readIniFile } from '../ArchiveFiles.js';
import { indexArchive } from '../indexArchive.js';
import type { Source } from '../Source.js';
import {
  databasesIn,
  dataElsewhere,
  dataFoldersOf,
  dataLinks,
  findRepositories,
  type Installation,
  placeOfPath,
} from './findInstallation.js';
import { firstOf } from './firstOf.js';
import { GogsRemains } from './GogsRemains.js';
import { type GogsFiles, packGogs } from './packGogs.js';
import { placeOnDisk, spoolWithCompanions } from './spoolFromTree.js';
import { CONTAINER, type TreeSurvey } from './surveyTree.js';
import type { TreeContext } from './TreeContext.js';
import { texts } from './texts.js';

/** A database, and the files that SQLite keeps beside it. */
const DATABASE_FILES = ['', ...SQLITE_COMPANIONS];
/** Someone compressed it to save room. */
const COMPRESSED = ['.gz', '.xz', '.bz2', '.zst'];
const DEFAULT_DATABASE = 'data/gogs.db';

export async function openGogsFolder(
  tree: FileTree,
  survey: TreeSurvey,
  installation: Installation,
  context: TreeContext,
): Promise<Source> {
  const { input, temporary, keeps, onBytes, signal } = context;
  const config = installation.config === undefined ? undefined : await readConfig(tree, installation.config, signal);
  const facts = config === undefined ? undefined : factsOf(config, context.history);
  const notices: Notice[] = [];
  const path = findDatabase(facts, survey, installation, context);
  const repositories = await placeOfRepositories(tree, survey, facts, installation, context);
  if (repositories === undefined && keeps !== 'config') notices.push(noRepositories(facts?.repositoryRoot));
  const data = dataFoldersOf(facts, installation, survey, path);
  if (keeps !== 'config') {
    const places = [...dataLinks(installation, survey), ...dataElsewhere(facts, installation, survey, data)];
    for (const place of places) notices.push({ ...DATA_ELSEWHERE, place: JSON.stringify(place) });
  }
  const files: GogsFiles = {
    installation,
    data,
    database: path === undefined ? [] : DATABASE_FILES.map((end) => `${path}${end}`),
    repositories,
  };
  const archive = await temporary.newPath('files.zip');
  const onLeftOut = (left: string): unknown => notices.push({ ...LINK_LEFT_OUT, place: JSON.stringify(left) });
  const { bytes, repositoryBytes } = await packGogs(tree, files, archive, { onLeftOut, onBytes, keeps, signal });
  const zip = await ZipReader.open(archive, { name: input, signal });
  try {
    const database = await openDatabase(tree, path, context);
    const listed = keeps === 'names' ? repositoryBytes : undefined;
    const packed = { ...(await filesOf(input, zip)), listedRepositoryBytes: listed };
    return new GogsRemains({ input, form: 'Gogs folder', database, files: packed, bytes, notices });
  } catch (error) {
    await zip.close();
    throw error;
  }
}

async function readConfig(tree: FileTree, path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  const enters = (folder: string): boolean => isWithin(folderOf(path), folder);
  for await (const entry of tree.walk({ enters, signal })) {
    if (entry.path !== path) continue;
    if (entry.bytes <= MAX_CONFIG_BYTES) return contentOf(entry);
    const name = joinPath(tree.name, path);
    throw new InputError(texts().tooLarge({ name, bytes: entry.bytes, most: MAX_CONFIG_BYTES }));
  }
  throw new InputError(texts().gone({ name: joinPath(tree.name, path) }));
}

function factsOf(config: Buffer, { settings }: GogsHistory): Facts {
  const inlineComments = settings.readsInlineComments(undefined);
  return readFacts(IniDocument.parse(config, { inlineComments }, 'app.ini'), settings);
}

/** The path of the SQLite database; undefined if a dump replaces it. */
function findDatabase(
  facts: Facts | undefined,
  survey: TreeSurvey,
  installation: Installation,
  { input, databaseDump }: TreeContext,
): string | undefined {
  if (databaseDump !== undefined) return undefined;
  const engine = facts?.engine ?? 'sqlite3';
  if (!isFileEngine(engine)) {
    const { dumpOnHost, dumpOnServer, databaseOnHost, databaseOnServer } = texts();
    const access = accessOf(facts);
    const { host } = access;
    const database = facts?.databaseName ?? 'gogs';
    const at = { input, database, engine };
    const dump = isEngine(engine) ? engineNamed(engine).client.dump?.(database, 'dump.sql', access) : undefined;
    if (dump === undefined) throw new InputError(host ? databaseOnHost({ ...at, host }) : databaseOnServer(at));
    const command = dump.map((word) => shellWord(shellOf({ facts }), word)).join(' ');
    throw new InputError(host ? dumpOnHost({ ...at, host, command }) : dumpOnServer({ ...at, command }));
  }
  const stated = facts?.databasePath ?? DEFAULT_DATABASE;
  for (const ending of ['', ...COMPRESSED]) {
    const place = placeOfPath(stated + ending, installation, (path) => survey.files.has(path));
    if (place !== undefined) return place;
  }
  const candidates = databasesIn(survey);
  if (candidates.length === 1) return candidates[0];
  const { noDatabase, otherDatabases, container } = texts();
  if (candidates.length === 0 && survey.files.has(CONTAINER)) throw new InputError(container({ name: input }));
  const at = { input, path: stated };
  throw new InputError(
    candidates.length === 0 ? noDatabase(at) : otherDatabases({ ...at, places: firstOf(candidates) }),
  );
}

async function placeOfRepositories(
  tree: FileTree,
  survey: TreeSurvey,
  facts: Facts | undefined,
  installation: Installation,
  { input, repositories }: TreeContext,
): Promise<GogsFiles['repositories']> {
  const root = facts?.repositoryRoot;
  if (repositories !== undefined) {
    const { name } = findRepositories(input, root, installation, { ...survey, repositoryRoots: new Map() });
    return { tree: await FolderTree.open(repositories, repositories), path: '', name };
  }
  const { path, name } = findRepositories(input, root, installation, survey);
  return path === undefined ? undefined : { tree, path, name };
}

/** Opens the database in its place, or a copy of it if it is in an archive. */
async function openDatabase(tree: FileTree, path: string | undefined, context: TreeContext): Promise<Source> {
  const { databaseDump, temporary, signal } = context;
  if (databaseDump !== undefined) return context.open(databaseDump, databaseDump);
  const inside = path ?? DEFAULT_DATABASE;
  const name = joinPath(tree.name, inside);
  const place = placeOnDisk(tree, inside);
  if (place !== undefined) return context.open(name, place);
  const folder = await temporary.newPath('database');
  return context.open(name, await spoolWithCompanions(tree, inside, folder, signal));
}

async function filesOf(input: string, zip: ZipReader): Promise<ArchiveFiles> {
  const { config, repositories } = indexArchive(input, zip);
  return {
    zip,
    isJustPacked: true,
    repositories,
    metadata: undefined,
    config: config && (await readIniFile(zip, config)),
    nameOf: ({ name }) => (name === CONFIG ? undefined : name),
  };
}

const LINK_LEFT_OUT = danger({
  code: 'link-left-out',
  severity: 'warning',
  words: () => texts().linkLeftOut,
  needsHand: false,
  source: 'internal/cmd/backup.go@v0.13.0 stores what a link says as the content of a file',
});

const DATA_ELSEWHERE = danger({
  code: 'data-elsewhere',
  severity: 'error',
  words: () => texts().dataElsewhere,
  needsHand: true,
  source: 'internal/conf/conf.go@v0.13.0; internal/cmd/backup.go@v0.13.0',
});

const noRepositories = (root: string | undefined): Notice => ({
  code: 'repositories-elsewhere',
  severity: 'error',
  ...texts().repositoriesElsewhere,
  needsHand: true,
  source: 'internal/cmd/backup.go@v0.13.0',
  ...(root === undefined ? {} : { place: root }),
});
