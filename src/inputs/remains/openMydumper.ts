/** Reads folders written by mydumper: SQL in many files. Folders of MySQL Shell are recognized and rejected with advice. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError } from '../../core/errors.js';
import { listed } from '../../core/language.js';
import { outputError } from '../../core/systemErrors.js';
import { type FileTree, folderOf, lastPart, type TreeEntry } from '../../files/FileTree.js';
import { compressionOf } from '../../formats/compression/compressionOf.js';
import { decompress } from '../../formats/compression/decompress.js';
import type { Source } from '../Source.js';
import { filesNamed, type TreeSurvey } from './surveyTree.js';
import type { TreeContext } from './TreeContext.js';
import { texts } from './texts.js';

/** `gogs.user-schema.sql`, `gogs.user.00000.sql.zst`, `gogs.user.sql` */
const PART = /^([^.]+)\.(.+?)(?:(-schema)|(?:\.\d+)*)\.sql(?:\.(?:gz|zst|xz|bz2))?$/;

export async function openMydumper(
  tree: FileTree,
  survey: TreeSurvey,
  { input, temporary, signal, open }: TreeContext,
): Promise<Source | undefined> {
  const [shell] = filesNamed(survey, '@.json');
  if (shell !== undefined) {
    throw new InputError(texts().mysqlShell({ input }));
  }
  const schemas = filesNamed(survey, /^[^.]+\..+-schema\.sql(?:\.\w+)?$/);
  const [first] = schemas;
  if (first === undefined) return undefined;
  const root = folderOf(first);
  const databases = new Set(schemas.map((path) => PART.exec(lastPart(path))?.[1]));
  if (databases.size > 1) {
    const names = listed([...databases].map(String));
    throw new InputError(texts().severalDatabases({ input, names }));
  }
  const script = await temporary.newPath('dump.sql');
  const isPart = (path: string): boolean => folderOf(path) === root && PART.test(lastPart(path));
  // Definitions first. Archives are unordered, so each kind takes a separate walk.
  for (const wanted of [true, false]) {
    const isWanted = (path: string): boolean => isPart(path) && /-schema\.sql/.test(path) === wanted;
    for await (const entry of tree.walk({ signal })) {
      if (entry.kind === 'file' && isWanted(entry.path)) await append(entry, script, input, signal);
    }
  }
  return open(input, script);
}

async function append(entry: TreeEntry, script: string, input: string, signal: AbortSignal | undefined): Promise<void> {
  const file = createWriteStream(script, { flags: 'a', mode: 0o600 });
  try {
    await pipeline(textOf(entry, input, signal), file);
  } catch (error) {
    throw outputError(script, error);
  }
}

async function* textOf(
  entry: TreeEntry,
  input: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  const name = texts().inTree({ path: entry.path, name: input });
  const chunks = entry.content()[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const compression = compressionOf(first.value);
  async function* all(): AsyncGenerator<Buffer, void, void> {
    if (first.done !== true) yield first.value;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  if (compression === undefined) yield* all();
  else yield* decompress(Readable.from(all(), { objectMode: false }), compression, { name, signal });
  yield Buffer.from('\n');
}
