/** Repositories whose Git data is not in the archive, and Git data without a row. */

import { danger } from '../../core/danger.js';
import { HashSet, hashText } from '../../core/HashSet.js';
import { integerOf, textOf } from '../../core/values.js';
import { parseRepositoryPath, wikiOwner } from '../../gogs/repositoryPaths.js';
import { columnIndexes } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

const SOURCE = 'internal/repoutil/repoutil.go@v0.13.0: RepositoryPath; internal/cmd/backup.go@v0.13.0';

export const REPOSITORY_WITHOUT_FILES = danger({
  code: 'repository-without-files',
  severity: 'warning',
  words: () => texts().repositoryWithoutFiles,
  needsHand: true,
  source: SOURCE,
});

export const FILES_WITHOUT_REPOSITORY = danger({
  code: 'files-without-repository',
  severity: 'info',
  words: () => texts().filesWithoutRepository,
  needsHand: false,
  source: SOURCE,
});

/** Maximum number of owners whose names are kept: more than any server has. */
const MOST_OWNERS = 1_000_000;

export const repositories: StartCheck = ({ deep, notice, tables }) => {
  if (!deep || !tables.has('repository') || !tables.has('user')) return undefined;
  const folders = new HashSet();
  const known = new HashSet();
  /** By hash of the path. The paths themselves are kept for folders only, of which there are few. */
  const paths = new Map<number, string>();
  const owners = new Map<number, string>();
  let opened = false;
  return {
    seeRepositoryFile({ name }) {
      opened = true;
      const path = parseRepositoryPath(name);
      if (path === undefined) return;
      const hash = hashText(path.repository);
      if (folders.add(hash) && paths.size < MOST_OWNERS) paths.set(hash, path.repository);
    },
    stepFor(table) {
      if (table.name === 'user') {
        const [id, name] = columnIndexes(table, 'id', 'lower_name');
        return (row) => {
          const owner = integerOf(row.cell(id));
          if (owner !== undefined && owners.size < MOST_OWNERS) {
            owners.set(owner, textOf(row.cell(name))?.toString('utf8') ?? '');
          }
          return undefined;
        };
      }
      if (table.name !== 'repository' || !opened) return undefined;
      const [id, owner, name] = columnIndexes(table, 'id', 'owner_id', 'lower_name');
      return (row) => {
        const ownerName = owners.get(integerOf(row.cell(owner)) ?? 0);
        // Another check reports a missing owner.
        if (ownerName === undefined) return undefined;
        const path = `${ownerName}/${textOf(row.cell(name))?.toString('utf8') ?? ''}.git`;
        const hash = hashText(path);
        known.add(hash);
        if (!folders.has(hash) && !folders.overflowed) {
          notice({ ...REPOSITORY_WITHOUT_FILES, place: `${path} (Repository id ${integerOf(row.cell(id)) ?? '?'})` });
        }
        return undefined;
      };
    },
    finish() {
      for (const path of paths.values()) {
        if (!known.has(hashText(wikiOwner(path))) && !known.has(hashText(path))) {
          notice({ ...FILES_WITHOUT_REPOSITORY, place: JSON.stringify(path) });
        }
      }
    },
  };
};
