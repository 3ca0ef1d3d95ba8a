/** The empty database on the server of an engine that has one. */
import type { Step } from '../NextStep.js';
import { word } from '../Situation.js';

export const createDatabase: Step = (situation) => {
  const { engine, facts } = situation;
  const name = facts?.databaseName ?? 'gogs';
  switch (engine) {
    case 'mysql':
      return {
        title: 'Create an empty database that takes all characters',
        command: `mariadb -e ${word(situation, `CREATE DATABASE \`${name.replaceAll('`', '``')}\` CHARACTER SET utf8mb4`)}`,
        why: 'With the character set utf8 (three bytes at most) the restore stops at the first emoji.',
      };
    case 'postgres':
      return {
        title: 'Create an empty database',
        command: `createdb --encoding UTF8 ${word(situation, name)}`,
        why: 'The restore makes its tables, but not the database.',
      };
    default:
      return undefined;
  }
};
