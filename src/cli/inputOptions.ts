/** The options that say what belongs to an input, for every command that reads one. */
import type { CommandOption } from './Command.js';

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
