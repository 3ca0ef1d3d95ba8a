/** Options for every command that reads an input. */
import type { CommandOption } from './Command.js';
import { texts } from './texts.js';

/** Accompanying parts of an input. */
export const INPUT_OPTIONS = {
  'database-dump': {
    group: () => texts().groups.folder,
    type: 'string',
    value: 'FILE',
    describe: () => texts().options.databaseDump,
  },
  repositories: {
    group: () => texts().groups.folder,
    type: 'string',
    value: 'FOLDER',
    describe: () => texts().options.repositories,
  },
} as const satisfies Record<string, CommandOption>;

const group = (): string => texts().groups.input;

/** How to read an input. */
export const READING_OPTIONS = {
  'database-name': { group, type: 'string', value: 'NAME', describe: () => texts().options.databaseName },
  encoding: { group, type: 'string', value: 'NAME', describe: () => texts().options.encoding },
  'max-row-bytes': { group, type: 'number', value: 'NUMBER', describe: () => texts().options.maxRowBytes },
} as const satisfies Record<string, CommandOption>;
