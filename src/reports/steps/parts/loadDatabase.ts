/** The database as SQL, and how its client loads it. */
import type { Step } from '../NextStep.js';
import { type Situation, shellOf, word } from '../Situation.js';

export const loadDatabase: Step = (situation) =>
  situation.sql === null
    ? undefined
    : {
        title: 'Load the database',
        command: loadCommand(situation, situation.sql),
        why: 'It makes all tables, in seconds, with every value as it was. Do this before the files are restored and before the first start.',
      };

export const loadOtherDatabase: Step = ({ filesOnly }) =>
  filesOnly
    ? {
        title: 'Load the database that belongs to these files',
        why: 'They hold none: the restore leaves the database as it finds it. Do this before the files are restored and before the first start.',
      }
    : undefined;

/** Loads a file into the new database, and stops at the first error. */
export function loadCommand(situation: Situation, file: string): string {
  return shellOf(situation) === 'posix' ? posixLoad(situation, file) : powershellLoad(situation, file);
}

function posixLoad(situation: Situation, file: string): string {
  const { engine, facts } = situation;
  const database = word(situation, facts?.databaseName ?? 'DATABASE');
  const client = {
    mysql: `mariadb ${database}`,
    postgres: `psql -v ON_ERROR_STOP=1 -d ${database}`,
    sqlite3: `sqlite3 -bail ${word(situation, facts?.databasePath ?? 'PATH/TO/gogs.db')}`,
  }[engine ?? 'sqlite3'];
  const path = word(situation, file);
  return file.endsWith('.gz') ? `gunzip -c ${path} | ${client}` : `${client} < ${path}`;
}

/** PowerShell has no `<`, and re-codes what goes through its pipes: the clients read the file themselves. */
function powershellLoad(situation: Situation, file: string): string {
  const { engine, facts } = situation;
  const unpack = file.endsWith('.gz') ? `gzip -d ${word(situation, file)}; ` : '';
  const plain = file.replace(/\.gz$/, '');
  const database = word(situation, facts?.databaseName ?? 'DATABASE');
  switch (engine) {
    case 'mysql':
      return `${unpack}mariadb ${database} -e ${word(situation, `source ${plain}`)}`;
    case 'postgres':
      return `${unpack}psql -v ON_ERROR_STOP=1 -d ${database} -f ${word(situation, plain)}`;
    default: {
      const path = word(situation, facts?.databasePath ?? 'PATH/TO/gogs.db');
      return `${unpack}sqlite3 -bail ${path} ${word(situation, `.read "${plain.replaceAll('\\', '/')}"`)}`;
    }
  }
}
