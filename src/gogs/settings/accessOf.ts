/** How app.ini says that the database is reached. Credentials have no place in HOST, and none in a message. */
import type { DatabaseAccess } from '../../engines/DatabaseEngine.js';
import type { Facts } from './facts.js';

export const accessOf = (facts: Facts | undefined): DatabaseAccess => ({
  host: facts?.databaseHost?.replace(/^[^/]*@/, '') || undefined,
  user: facts?.databaseUser || undefined,
});
