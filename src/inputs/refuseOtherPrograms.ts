/** Recognizes databases of forks of Gogs. */
import { ForeignInputError } from '../core/errors.js';
import type { Source } from './Source.js';
import { texts } from './texts.js';

/** Tables that Gitea has had since 1.1 and Gogs never had: models/migrations in Gitea. */
const GITEA_TABLES = ['repo_unit', 'external_login_user', 'oauth2_application', 'reaction', 'review', 'deleted_branch'];
const FORGEJO_TABLES = ['forgejo_version', 'forgejo_sem_ver', 'forgejo_blocked_user'];
/** A single such table may belong to another application in the same database. */
const ENOUGH = 2;

/** Throws InputError for a database of another program. */
export function refuseOtherPrograms({ input, foreignTables }: Source): void {
  const names = new Set(foreignTables.map(({ name }) => name.replace(/\.(?:json|csv|tsv|txt)$/i, '')));
  const isForgejo = FORGEJO_TABLES.some((name) => names.has(name));
  if (!isForgejo && GITEA_TABLES.filter((name) => names.has(name)).length < ENOUGH) return;
  throw new ForeignInputError(texts().otherDatabase({ input, program: isForgejo ? 'Forgejo' : 'Gitea' }));
}
