/** `gogs-backup-upgrade INPUT OUTPUT`: the main job. */
import type { Argv, CommandModule, Options as CommandOption } from 'yargs';
import { UsageError } from '../../core/errors.js';
import { renderSummary } from '../../reports/renderSummary.js';
import { ProgressLine } from '../ProgressLine.js';
import { printResult } from '../printResult.js';
import { type PlainOption, quickParse } from '../quickParse.js';
import { dashOf } from '../standardStreams.js';
import { GROUPS, RUN_OPTIONS, UPGRADE_OPTIONS } from '../upgradeOptions.js';

type Options = ReturnType<typeof builder> extends Argv<infer Parsed> ? Parsed : never;

export function upgradeCommand(signal: AbortSignal): CommandModule<object, Options> {
  return {
    command: ['$0 <input> <output>', 'upgrade <input> <output>'],
    describe: 'Upgrade an old backup to one that restores cleanly on Gogs 0.13 or 0.14',
    builder,
    handler: ({ _, $0, ...options }) => run(options, signal),
  };
}

/** Runs the command if the arguments are plainly its own; undefined when yargs should look at them. */
export function quickUpgrade(args: readonly string[], signal: AbortSignal): Promise<void> | undefined {
  const isNamed = args[0] === 'upgrade';
  const parsed = quickParse(isNamed ? args.slice(1) : args, OPTIONS);
  if (parsed?.positionals.length !== 2) return undefined;
  const [input = '', output = ''] = parsed.positionals;
  // A bare word may be the name of another command.
  if (!isNamed && input !== '-' && !/[./\\]/.test(input)) return undefined;
  return run({ ...(parsed.values as Omit<Options, 'input' | 'output'>), input, output }, signal);
}

const OPTIONS = {
  ...UPGRADE_OPTIONS,
  sql: {
    group: GROUPS.output,
    type: 'string',
    requiresArg: true,
    describe: 'Write the database as SQL to this file, and the files alone to the zip',
  },
  ...RUN_OPTIONS,
} as const satisfies Record<string, PlainOption & CommandOption>;

const builder = (yargs: Argv) =>
  yargs
    .positional('input', {
      type: 'string',
      demandOption: true,
      coerce: dashOf,
      describe: 'Zip of `gogs backup` or `gogs dump`, SQL dump, or folder of CSV files; - is standard input',
    })
    .positional('output', {
      type: 'string',
      demandOption: true,
      coerce: dashOf,
      describe: 'Zip, .sql, .sql.gz, .csv.zip or folder/ to write; - is standard output',
    })
    .options(OPTIONS)
    .example('$0 old.zip new.zip', 'A backup for Gogs 0.13')
    .example('$0 old.zip new.zip --to 0.14 --set server.DOMAIN=git.example.com', 'For 0.14, with a new name')
    .example('$0 old.zip new.zip --sql new.sql --engine postgres', 'The database for PostgreSQL, the files apart')
    .example('$0 dump.sql.gz new.sql --engine mysql', "From a database's own dump")
    .example('ssh old cat backup.zip | $0 - - > new.zip', 'From and to streams');

async function run(options: Options, signal: AbortSignal): Promise<void> {
  const { input, output, quiet, json, ...rest } = options;
  if (json === true && output === '-') throw new UsageError('--json and the output cannot both go to standard output.');
  // Loaded when it is needed: help and usage errors come at once.
  const { upgradeAndVerify } = await import('../../verify/upgradeAndVerify.js');
  const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
  try {
    const report = await upgradeAndVerify(
      input === '-' ? process.stdin : input,
      output === '-' ? process.stdout : output,
      {
        ...rest,
        signal,
        onProgress: progress?.show,
      },
    );
    progress?.end();
    if (json === true) await printResult(`${JSON.stringify(report, undefined, 2)}\n`);
    if (quiet !== true) process.stderr.write(renderSummary(report));
  } finally {
    progress?.end();
  }
}
