/** Options for every command that upgrades. */
import { OUTPUT_FORMATS } from '../core/outputFormats.js';
import { ENGINES } from '../engines/Engine.js';
import { DEFAULT_TARGET, TARGET_NAMES } from '../gogs/gogsHistory.js';
import { LAYOUT_NAMES } from '../gogs/serverLayout.js';
import type { UpgradeOptions } from '../upgrade/UpgradeOptions.js';
import type { CommandOption } from './Command.js';
import { camelCase } from './checkArguments.js';
import { PREVIEWS } from './describeTargets.js';
import { READING_OPTIONS } from './inputOptions.js';

export const GROUPS = {
  target: 'What for:',
  output: 'What to write:',
  config: 'app.ini:',
  safety: 'Safety:',
  report: 'Report:',
} as const;

/** Options of the upgrade itself. */
export const UPGRADE_OPTIONS = {
  to: {
    group: GROUPS.target,
    type: 'string',
    choices: TARGET_NAMES,
    default: DEFAULT_TARGET,
    describe: `Gogs that is to take it over${PREVIEWS}`,
  },
  engine: {
    group: GROUPS.target,
    type: 'string',
    choices: ENGINES,
    describe: 'Database engine of the new server; what app.ini names if not given',
  },
  format: {
    group: GROUPS.output,
    type: 'string',
    choices: OUTPUT_FORMATS,
    describe: 'What to write, if the name of the output does not say',
  },
  exact: {
    group: GROUPS.output,
    type: 'boolean',
    describe: 'Also write SQL that puts right what `gogs restore` overwrites',
  },
  layout: {
    group: GROUPS.output,
    choices: LAYOUT_NAMES,
    describe: 'Make the folder that a new server starts on: beside the program, or for Docker',
  },
  'install-path': {
    group: GROUPS.output,
    type: 'string',
    value: 'FOLDER',
    describe: 'Where that folder will lie on the new server; where it is written if not given',
  },
  owner: { group: GROUPS.output, type: 'string', value: 'UID:GID', describe: 'Its owner, as 1000:1000 (for root)' },
  'files-only': {
    group: GROUPS.output,
    type: 'boolean',
    describe: 'Leave the database out: only the files, into a zip; the input may lack its database',
  },
  'drop-existing': { group: GROUPS.output, type: 'boolean', describe: 'Let the SQL drop tables that exist' },
  'redact-tokens': {
    group: GROUPS.output,
    type: 'boolean',
    describe: 'Store access tokens so that the output holds no usable one',
  },
  set: {
    group: GROUPS.config,
    type: 'string',
    value: 'SECTION.KEY=VALUE',
    array: true,
    nargs: 1,
    describe: 'Set a value in it: section.KEY=value (repeatable)',
  },
  'keep-config': { group: GROUPS.config, type: 'boolean', describe: 'Leave it as it is' },
  strict: {
    group: GROUPS.safety,
    type: 'boolean',
    describe: 'Refuse when something would be lost or needs a hand',
  },
  verify: {
    group: GROUPS.safety,
    type: 'boolean',
    describe: 'Rehearse the restore of the output before it gets its name; fail if a row is not there',
  },
  'drop-orphans': {
    group: GROUPS.output,
    type: 'boolean',
    describe: 'Leave out rows that belong to something that is gone',
  },
  rehearsal: {
    group: GROUPS.output,
    type: 'boolean',
    describe: 'For a test server: webhooks, waiting deliveries, mirrors and mail are held',
  },
  ...READING_OPTIONS,
} as const satisfies Record<string, CommandOption>;

/** The only option whose meaning is inverted on the command line. */
const NO_CHECKLIST = 'no-checklist';

/** Options for running a command that writes. */
export const RUN_OPTIONS = {
  force: { group: GROUPS.safety, type: 'boolean', describe: 'Replace an output that exists' },
  tempdir: {
    group: GROUPS.safety,
    type: 'string',
    value: 'FOLDER',
    describe: "Folder for temporary files; the system's if not given",
  },
  [NO_CHECKLIST]: {
    group: GROUPS.report,
    type: 'boolean',
    describe: 'Write no page of next steps beside an output',
  },
  quiet: { group: GROUPS.report, type: 'boolean', alias: 'q', describe: 'Print errors only' },
  verbose: {
    group: GROUPS.report,
    type: 'boolean',
    alias: 'v',
    describe: 'Say everything that was done and found, not only what to act on',
  },
  json: { group: GROUPS.report, type: 'boolean', describe: 'Write the report as JSON to standard output' },
} as const satisfies Record<string, CommandOption>;

/** Selects the options of an upgrade from the parsed command line. */
export function pickUpgradeOptions(parsed: Readonly<Record<string, unknown>>): UpgradeOptions {
  const names = Object.keys(UPGRADE_OPTIONS).map(camelCase);
  const given = names.map((name) => [name, parsed[name]] as const).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(parsed[camelCase(NO_CHECKLIST)] === true ? { checklist: false } : {}) };
}
