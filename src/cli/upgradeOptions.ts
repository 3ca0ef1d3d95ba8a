/** The options of an upgrade, for every command that upgrades. */
import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import { OUTPUT_FORMATS } from '../backups/outputFormats.js';
import { ENGINES } from '../gogs/engines.js';
import type { UpgradeOptions } from '../upgrade.js';

export const UPGRADE_OPTIONS = {
  to: {
    type: 'string',
    choices: ['0.13', '0.14'] as const,
    default: '0.13' as const,
    describe: 'Gogs that is to restore the output',
  },
  engine: {
    type: 'string',
    choices: ENGINES,
    describe: 'Database engine of the new server [default: what app.ini names]',
  },
  format: {
    type: 'string',
    choices: OUTPUT_FORMATS,
    describe: 'What to write [default: what the name of the output says]',
  },
  'drop-existing': { type: 'boolean', default: false, describe: 'Let the SQL drop tables that exist' },
  set: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [] as string[],
    requiresArg: true,
    describe: 'Set section.KEY=value in app.ini (repeatable)',
  },
  'keep-config': { type: 'boolean', default: false, describe: 'Leave app.ini as it is' },
  'redact-tokens': {
    type: 'boolean',
    default: false,
    describe: 'Store access tokens so that the archive holds no usable one',
  },
  exact: { type: 'boolean', default: false, describe: 'Also write SQL that puts right what a restore overwrites' },
  strict: { type: 'boolean', default: false, describe: 'Refuse when something would be lost or needs a hand' },
  'max-row-bytes': {
    type: 'number',
    requiresArg: true,
    describe: 'Longest row that is accepted [default: 256 MiB]',
  },
} as const satisfies Record<string, Options>;

/** Options of commands that write, besides. */
export const OUTPUT_OPTIONS = {
  force: { type: 'boolean', default: false, describe: 'Replace an output that exists' },
  tempdir: { type: 'string', requiresArg: true, describe: 'Folder for temporary files' },
  quiet: { type: 'boolean', alias: 'q', default: false, describe: 'Print errors only' },
  json: { type: 'boolean', default: false, describe: 'Write the report as JSON to standard output' },
} as const satisfies Record<string, Options>;

type Parsed = ArgumentsCamelCase<InferredOptionTypes<typeof UPGRADE_OPTIONS>>;

/** What was asked of an upgrade, as the library takes it. */
export function toUpgradeOptions(parsed: Parsed) {
  const { to, set, dropExisting, keepConfig, redactTokens, exact, strict, engine, format, maxRowBytes } = parsed;
  return {
    ...{ to, set, dropExisting, keepConfig, redactTokens, exact, strict },
    ...(engine === undefined ? {} : { engine }),
    ...(format === undefined ? {} : { format }),
    ...(maxRowBytes === undefined ? {} : { maxRowBytes }),
  } satisfies UpgradeOptions;
}
