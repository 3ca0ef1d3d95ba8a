/** `gogs-backup-upgrade INPUT OUTPUT`: the main job. */
import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs';
import { OUTPUT_FORMATS } from '../../backups/outputFormats.js';
import { ENGINES } from '../../gogs/engines.js';
import { ProgressLine } from '../ProgressLine.js';
import { renderSummary } from '../renderSummary.js';

type Options = ReturnType<typeof builder> extends Argv<infer Parsed> ? Parsed : never;

export function upgradeCommand(signal: AbortSignal): CommandModule<object, Options> {
  return {
    command: ['$0 <input> <output>', 'upgrade <input> <output>'],
    describe: 'Upgrade an old backup to one that restores cleanly on Gogs 0.13 or 0.14',
    builder,
    handler: (options) => run(options, signal),
  };
}

const builder = (yargs: Argv) =>
  yargs
    .positional('input', {
      type: 'string',
      demandOption: true,
      describe: 'Zip of `gogs backup` or `gogs dump`, SQL dump, or folder of CSV files; - reads standard input',
    })
    .positional('output', {
      type: 'string',
      demandOption: true,
      describe: 'Zip, .sql, .sql.gz or folder/ to write; - writes to standard output',
    })
    .options({
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
      sql: {
        type: 'string',
        requiresArg: true,
        describe: 'Write the database as SQL to this file, and the files alone to the zip',
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
      verify: {
        type: 'boolean',
        default: false,
        describe: 'Rehearse the restore of the output before it gets its name, and fail if a row is not there',
      },
      strict: { type: 'boolean', default: false, describe: 'Refuse when something would be lost or needs a hand' },
      force: { type: 'boolean', default: false, describe: 'Replace an output that exists' },
      tempdir: { type: 'string', requiresArg: true, describe: 'Folder for temporary files' },
      'max-row-bytes': {
        type: 'number',
        requiresArg: true,
        describe: 'Longest row that is accepted [default: 256 MiB]',
      },
      quiet: { type: 'boolean', alias: 'q', default: false, describe: 'Print errors only' },
      json: { type: 'boolean', default: false, describe: 'Write the report as JSON to standard output' },
    })
    .example('$0 old.zip new.zip', 'Upgrade a backup for Gogs 0.13')
    .example('$0 old.zip new.zip --to 0.14 --set database.HOST=db.example.com', 'For 0.14, on a new database server')
    .example('ssh old cat backup.zip | $0 - - > new.zip', 'From and to streams');

async function run(options: ArgumentsCamelCase<Options>, signal: AbortSignal): Promise<void> {
  const { input, output, format, sql, tempdir, engine, maxRowBytes, quiet, json } = options;
  // Loaded when it is needed: help and usage errors come at once.
  const { upgrade } = await import('../../upgrade.js');
  const progress = quiet ? undefined : new ProgressLine(process.stderr);
  try {
    const report = await upgrade(input === '-' ? process.stdin : input, output === '-' ? process.stdout : output, {
      to: options.to,
      force: options.force,
      exact: options.exact,
      verify: options.verify,
      strict: options.strict,
      keepConfig: options.keepConfig,
      set: options.set,
      redactTokens: options.redactTokens,
      signal,
      ...(engine === undefined ? {} : { engine }),
      dropExisting: options.dropExisting,
      ...(format === undefined ? {} : { format }),
      ...(sql === undefined ? {} : { sql }),
      ...(tempdir === undefined ? {} : { tempdir }),
      ...(maxRowBytes === undefined ? {} : { maxRowBytes }),
      ...(progress === undefined ? {} : { onProgress: progress.show }),
    });
    progress?.end();
    if (json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    if (!quiet) process.stderr.write(renderSummary(report));
  } finally {
    progress?.end();
  }
}
