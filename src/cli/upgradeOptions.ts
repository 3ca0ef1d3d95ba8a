/** Options for every command that upgrades. */
import { OUTPUT_FORMATS } from '../core/outputFormats.js';
import { ENGINES } from '../engines/Engine.js';
import { DEFAULT_TARGET, TARGET_NAMES } from '../gogs/gogsHistory.js';
import { LAYOUT_NAMES } from '../gogs/serverLayout.js';
import type { UpgradeOptions } from '../upgrade/UpgradeOptions.js';
import type { CommandOption } from './Command.js';
import { camelCase } from './checkArguments.js';
import { READING_OPTIONS } from './inputOptions.js';
import { previews } from './previews.js';
import { texts } from './texts.js';

export const GROUPS = {
  target: () => texts().groups.target,
  output: () => texts().groups.output,
  config: () => texts().groups.config,
  safety: () => texts().groups.safety,
  report: () => texts().groups.report,
} as const;

/** Options of the upgrade itself. */
export const UPGRADE_OPTIONS = {
  to: {
    group: GROUPS.target,
    type: 'string',
    choices: TARGET_NAMES,
    default: DEFAULT_TARGET,
    describe: () => texts().options.to({ previews: previews() }),
  },
  engine: {
    group: GROUPS.target,
    type: 'string',
    choices: ENGINES,
    describe: () => texts().options.engine,
  },
  format: {
    group: GROUPS.output,
    type: 'string',
    choices: OUTPUT_FORMATS,
    describe: () => texts().options.format,
  },
  exact: {
    group: GROUPS.output,
    type: 'boolean',
    describe: () => texts().options.exact,
  },
  layout: {
    group: GROUPS.output,
    type: 'string',
    choices: LAYOUT_NAMES,
    describe: () => texts().options.layout,
  },
  'install-path': {
    group: GROUPS.output,
    type: 'string',
    value: 'FOLDER',
    describe: () => texts().options.installPath,
  },
  owner: { group: GROUPS.output, type: 'string', value: 'UID:GID', describe: () => texts().options.owner },
  'files-only': {
    group: GROUPS.output,
    type: 'boolean',
    describe: () => texts().options.filesOnly,
  },
  'drop-existing': { group: GROUPS.output, type: 'boolean', describe: () => texts().options.dropExisting },
  'redact-tokens': {
    group: GROUPS.output,
    type: 'boolean',
    describe: () => texts().options.redactTokens,
  },
  set: {
    group: GROUPS.config,
    type: 'string',
    value: 'SECTION.KEY=VALUE',
    array: true,
    nargs: 1,
    describe: () => texts().options.set,
  },
  'keep-config': { group: GROUPS.config, type: 'boolean', describe: () => texts().options.keepConfig },
  strict: {
    group: GROUPS.safety,
    type: 'boolean',
    describe: () => texts().options.strict,
  },
  verify: {
    group: GROUPS.safety,
    type: 'boolean',
    describe: () => texts().options.verify,
  },
  'drop-orphans': {
    group: GROUPS.output,
    type: 'boolean',
    describe: () => texts().options.dropOrphans,
  },
  rehearsal: {
    group: GROUPS.output,
    type: 'boolean',
    describe: () => texts().options.rehearsal,
  },
  ...READING_OPTIONS,
} as const satisfies Record<string, CommandOption>;

/** The only option whose meaning is inverted on the command line. */
const NO_CHECKLIST = 'no-checklist';

/** Options for running a command that writes. */
export const RUN_OPTIONS = {
  force: { group: GROUPS.safety, type: 'boolean', describe: () => texts().options.force },
  tempdir: {
    group: GROUPS.safety,
    type: 'string',
    value: 'FOLDER',
    describe: () => texts().options.tempdir,
  },
  [NO_CHECKLIST]: {
    group: GROUPS.report,
    type: 'boolean',
    describe: () => texts().options.noChecklist,
  },
  quiet: { group: GROUPS.report, type: 'boolean', alias: 'q', describe: () => texts().options.quiet },
  verbose: {
    group: GROUPS.report,
    type: 'boolean',
    alias: 'v',
    describe: () => texts().options.verbose,
  },
  json: { group: GROUPS.report, type: 'boolean', describe: () => texts().options.json },
} as const satisfies Record<string, CommandOption>;

/** Selects the options of an upgrade from the parsed command line. */
export function pickUpgradeOptions(parsed: Readonly<Record<string, unknown>>): UpgradeOptions {
  const names = Object.keys(UPGRADE_OPTIONS).map(camelCase);
  const given = names.map((name) => [name, parsed[name]] as const).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(parsed[camelCase(NO_CHECKLIST)] === true ? { checklist: false } : {}) };
}
