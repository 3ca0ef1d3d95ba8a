/** Finds the inputs of a batch: in folders, by patterns, in lists. Does not open them. */
import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import { listed } from '../core/language.js';
import { reasonOf } from '../core/systemErrors.js';
import { type GlobPattern, parseGlob } from './parseGlob.js';
import { texts } from './texts.js';

/** One backup to upgrade. */
export interface BatchInput {
  /** As the user would write it. */
  readonly path: string;
  /**
   * A name that does not depend on the folder in which the batch is started; with slashes. It determines the output's name and
   * the shard.
   */
  readonly name: string;
  /** Bytes; 0 if unknown before it is opened. */
  readonly bytes: number;
}

export interface FindInputsOptions {
  /** Skipped: outputs of a batch are not inputs. */
  readonly outDir: string;
  /** Files with lists of paths, one per line or separated by NUL; `-` is standard input. */
  readonly fromFiles?: readonly string[] | undefined;
  /** Inputs are named relative to this folder. Default: to the given folder, or to the working directory. */
  readonly base?: string | undefined;
  readonly stdin?: Readable | undefined;
  /** Called for each skipped file in a folder, with its kind: `.txt`. */
  readonly onPassedOver?: ((path: string, kind: string) => void) | undefined;
}

/** In folders, files are recognized by name; explicitly named files are taken regardless of their name. */
const BACKUP_NAME = /\.(?:zip|tgz|tbz2?|txz|(?:sql|psql|pgsql|dump|pgdump|db|sqlite3?|tar)(?:\.(?:gz|xz|bz2|zst))?)$/i;
/** Windows stores thumbnails in the first; an upgrade writes the second beside its output. */
const NO_INPUT = /^thumbs\.db$|\.after-restore\.sql$/i;

/** `.txt`, `.after-restore.sql`, `without an ending` */
const kindOf = (name: string): string =>
  /\.after-restore\.sql$/i.exec(name)?.[0].toLowerCase() ??
  (extname(name).toLowerCase() || texts().kinds.withoutEnding);

/**
 * Inputs sorted by name, each once. An unreadable folder becomes an input itself, so that its upgrade fails and is reported.
 * Throws UsageError if there are no inputs, if a list cannot be read, or if no input is in the base.
 */
export async function findInputs(places: readonly string[], options: FindInputsOptions): Promise<BatchInput[]> {
  const search = new Search(options);
  const lists = [...(options.fromFiles ?? [])];
  for (const place of places) {
    if (place === '-') lists.push('-');
    else await search.addPlace(place, { patterns: true });
  }
  for (const list of lists) {
    for (const path of await readList(list, options.stdin)) await search.addPlace(path, { patterns: false });
  }
  if (search.inputs.size === 0) {
    throw new UsageError(texts().noInputs({ places: listed([...places, ...lists]) || texts().nothing }));
  }
  const { base } = options;
  if (base !== undefined && [...search.inputs.keys()].every((path) => isOutside(resolve(base), path))) {
    throw new UsageError(texts().idleBase({ base }));
  }
  return [...search.inputs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

class Search {
  /** By absolute path, so that an input named twice is upgraded once. */
  readonly inputs = new Map<string, BatchInput>();
  readonly #outDir: string;
  readonly #base: string | undefined;
  readonly #passOver: (path: string, kind: string) => void;

  constructor({ outDir, base, onPassedOver = () => undefined }: FindInputsOptions) {
    this.#passOver = onPassedOver;
    this.#outDir = resolve(outDir);
    this.#base = base === undefined ? undefined : resolve(base);
  }

  async addPlace(place: string, { patterns }: { patterns: boolean }): Promise<void> {
    const there = await stat(place).catch(() => undefined);
    if (there?.isDirectory()) return this.#addFolder(place, place);
    const pattern = there === undefined && patterns ? parseGlob(place) : undefined;
    if (pattern !== undefined) return this.#addMatches(pattern.base, pattern);
    this.#add(place, undefined, there?.size ?? 0);
  }

  /** Adds all backups in a folder, or the folder itself if it is one. */
  async #addFolder(folder: string, root: string): Promise<void> {
    const entries = await this.#list(folder, root);
    if (isCsvFolder(entries.map(({ name }) => name)) || (await isServerFolder(folder))) {
      return this.#add(folder, root, 0);
    }
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await this.#addFolder(path, root);
      else if (BACKUP_NAME.test(entry.name) && !NO_INPUT.test(entry.name)) await this.#addFile(path, root);
      else this.#passOver(path, kindOf(entry.name));
    }
  }

  /** Adds all files that match a pattern, and the contents of matching folders. */
  async #addMatches(folder: string, pattern: GlobPattern): Promise<void> {
    for (const entry of await this.#list(folder, pattern.base)) {
      const path = join(folder, entry.name);
      const name = slashes(relative(pattern.base, path));
      const matches = pattern.matches(name);
      if (entry.isDirectory()) {
        if (matches) await this.#addFolder(path, pattern.base);
        if (pattern.mayContain(name)) await this.#addMatches(path, pattern);
      } else if (matches) {
        await this.#addFile(path, pattern.base);
      }
    }
  }

  /** Without hidden files, which are metadata of other programs (`._backup.zip`) or unfinished. */
  async #list(folder: string, root: string): Promise<Dirent[]> {
    if (resolve(folder) === this.#outDir) return [];
    try {
      return (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    } catch {
      this.#add(folder, root, 0);
      return [];
    }
  }

  /** Follows links to files, but not links to folders, which may form a cycle. */
  async #addFile(path: string, root: string): Promise<void> {
    const there = await stat(path).catch(() => undefined);
    if (there === undefined || there.isFile()) this.#add(path, root, there?.size ?? 0);
    else this.#passOver(path, there.isDirectory() ? texts().kinds.folderLinks : texts().kinds.specialFiles);
  }

  #add(path: string, root: string | undefined, bytes: number): void {
    const absolute = resolve(path);
    if (this.inputs.has(absolute)) return;
    const name = nameOf(absolute, this.#base ?? (root === undefined ? process.cwd() : resolve(root)));
    this.inputs.set(absolute, { path, name, bytes });
  }
}

/** Relative to the base; paths outside of it stay absolute. */
function nameOf(absolute: string, base: string): string {
  const inside = relative(base, absolute);
  if (inside === '') return basename(absolute);
  return slashes(isOutside(base, absolute) ? absolute.replace(/^(?:[A-Za-z]:)?[\\/]+/, '') : inside);
}

function isOutside(base: string, absolute: string): boolean {
  const inside = relative(base, absolute);
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
}

const slashes = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));

/** The folder of a Gogs server is one input, and so is an unpacked backup. */
async function isServerFolder(folder: string): Promise<boolean> {
  for (const file of ['custom/conf/app.ini', 'gogs/conf/app.ini', 'metadata.ini']) {
    if ((await stat(join(folder, file)).catch(() => undefined))?.isFile()) return true;
  }
  return false;
}

/** A folder of exported tables is one input. */
function isCsvFolder(names: readonly string[]): boolean {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  return lower.has('user.csv') && lower.has('repository.csv');
}

async function readList(list: string, stdin: Readable = process.stdin): Promise<string[]> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of list === '-' ? stdin : createReadStream(list)) chunks.push(Buffer.from(chunk));
  } catch (error) {
    throw new UsageError(texts().badList({ list, reason: reasonOf(error) }), { cause: error });
  }
  const text = Buffer.concat(chunks).toString();
  return text.split(text.includes('\0') ? '\0' : /\r?\n/).filter((line) => line !== '');
}
