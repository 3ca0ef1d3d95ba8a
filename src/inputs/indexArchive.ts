/** Finds, in one pass over a zip's directory, the entries that determine how to read the zip. */
import { ForeignInputError } from '../core/errors.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import {
  CONFIG,
  DATABASE,
  DUMP_CONFIG,
  DUMP_DATABASE,
  DUMP_REPOSITORIES,
  METADATA,
  READ_FILES,
  REPOSITORIES,
} from '../gogs/layout.js';
import { texts } from './texts.js';

/** The entries of a zip that are read, by their names in backups and dumps. */
export interface ArchiveIndex {
  readonly metadata: ZipEntry | undefined;
  readonly config: ZipEntry | undefined;
  readonly repositories: ZipEntry | undefined;
  /** `gogs-backup/db/*.json` */
  readonly tables: readonly ZipEntry[];
  readonly dump: {
    readonly database: ZipEntry | undefined;
    readonly config: ZipEntry | undefined;
    readonly repositories: ZipEntry | undefined;
  };
}

/** Names of dumps by forks of Gogs: cmd/dump.go in Gitea and Forgejo. */
const OTHER_DUMPS = new Set(['gitea-db.sql', 'forgejo-db.sql']);

/** Throws ForeignInputError for a dump of another program. */
export function indexArchive(input: string, zip: ZipReader): ArchiveIndex {
  const named = new Map<string, ZipEntry | undefined>(READ_FILES.map((name) => [name, undefined]));
  const tables: ZipEntry[] = [];
  let otherDump = false;
  for (const entry of zip.entries) {
    const { name } = entry;
    if (named.has(name)) named.set(name, entry);
    else if (name.startsWith(DATABASE) && name.endsWith('.json')) tables.push(entry);
    else if (OTHER_DUMPS.has(name)) otherDump = true;
  }
  const metadata = named.get(METADATA);
  const database = named.get(DUMP_DATABASE);
  if (otherDump && metadata === undefined && database === undefined) {
    throw new ForeignInputError(texts().otherDump({ input }));
  }
  return {
    metadata,
    config: named.get(CONFIG),
    repositories: named.get(REPOSITORIES),
    tables,
    dump: { database, config: named.get(DUMP_CONFIG), repositories: named.get(DUMP_REPOSITORIES) },
  };
}
