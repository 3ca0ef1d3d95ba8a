/** Options for every command that reads an input. */
import type { CommandOption } from './Command.js';

/** Accompanying parts of an input. */
export const INPUT_OPTIONS = {
  'database-dump': {
    group: 'A Gogs folder as the input:',
    type: 'string',
    value: 'FILE',
    describe: 'Dump of its database, where that is on MySQL or PostgreSQL',
  },
  repositories: {
    group: 'A Gogs folder as the input:',
    type: 'string',
    value: 'FOLDER',
    describe: 'Folder of its repositories, where [repository] ROOT leads elsewhere',
  },
} as const satisfies Record<string, CommandOption>;

const GROUP = 'What is read:';

/** How to read an input. */
export const READING_OPTIONS = {
  'database-name': {
    group: GROUP,
    type: 'string',
    value: 'NAME',
    describe: 'Database of Gogs, where an SQL dump holds several',
  },
  encoding: {
    group: GROUP,
    type: 'string',
    value: 'NAME',
    describe: 'Character set of SQL or CSV that is not UTF-8: gb18030, windows-1252, …',
  },
  'max-row-bytes': {
    group: GROUP,
    type: 'number',
    value: 'NUMBER',
    describe: 'Longest row that is accepted; 256 MiB if not given',
  },
} as const satisfies Record<string, CommandOption>;
