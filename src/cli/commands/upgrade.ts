/** `gogs-backup-upgrade INPUT OUTPUT`: the main job. */
import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs';
import { ProgressLine } from '../ProgressLine.js';
import { renderSummary } from '../renderSummary.js';
import { OUTPUT_OPTIONS, toUpgradeOptions, UPGRADE_OPTIONS } from '../upgradeOptions.js';

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
    .options(UPGRADE_OPTIONS)
    .options({
      sql: {
        type: 'string',
        requiresArg: true,
        describe: 'Write the database as SQL to this file, and the files alone to the zip',
      },
    })
    .options(OUTPUT_OPTIONS)
    .example('$0 old.zip new.zip', 'Upgrade a backup for Gogs 0.13')
    .example('$0 old.zip new.zip --to 0.14 --set database.HOST=db.example.com', 'For 0.14, on a new database server')
    .example('ssh old cat backup.zip | $0 - - > new.zip', 'From and to streams');

async function run(options: ArgumentsCamelCase<Options>, signal: AbortSignal): Promise<void> {
  const { input, output, sql, tempdir, quiet, json } = options;
  // Loaded when it is needed: help and usage errors come at once.
  const { upgrade } = await import('../../upgrade.js');
  const progress = quiet ? undefined : new ProgressLine(process.stderr);
  try {
    const report = await upgrade(input === '-' ? process.stdin : input, output === '-' ? process.stdout : output, {
      ...toUpgradeOptions(options),
      force: options.force,
      signal,
      ...(sql === undefined ? {} : { sql }),
      ...(tempdir === undefined ? {} : { tempdir }),
      ...(progress === undefined ? {} : { onProgress: progress.show }),
    });
    progress?.end();
    if (json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    if (!quiet) process.stderr.write(renderSummary(report));
  } finally {
    progress?.end();
  }
}
