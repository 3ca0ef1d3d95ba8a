/** `gogs-backup-upgrade INPUT OUTPUT`: the default command. */
import { NeedsHandError, UsageError } from '../../core/errors.js';
import { renderSummary } from '../../reports/renderSummary.js';
import { layoutFor } from '../../reports/TextPage.js';
import { describeUpgrade } from '../../reports/upgradeVerdict.js';
import { defineCommand } from '../Command.js';
import { INPUT_OPTIONS } from '../inputOptions.js';
import { ProgressLine } from '../ProgressLine.js';
import { printResult } from '../printResult.js';
import { inputBehind, outputBehind } from '../standardStreams.js';
import { GROUPS, RUN_OPTIONS, UPGRADE_OPTIONS } from '../upgradeOptions.js';

export const upgradeCommand = defineCommand({
  name: 'upgrade',
  isDefault: true,
  brief: 'Upgrade one backup; this is what is done without a command',
  summary: 'Upgrade an old backup to one that restores cleanly on Gogs 0.13 or 0.14',
  arguments: {
    input: {
      describe:
        'Zip of `gogs backup` or `gogs dump`, gogs.db, folder of a Gogs or tar of it, SQL dump, or folder of CSV files; - is standard input',
    },
    output: { describe: 'Zip, .sql, .sql.gz, .csv.zip or folder/ to write; - is standard output' },
  },
  options: {
    ...UPGRADE_OPTIONS,
    sql: {
      group: GROUPS.output,
      type: 'string',
      value: 'FILE',
      describe: 'Write the database as SQL to this file, and the files alone to the zip',
    },
    compose: {
      group: GROUPS.output,
      type: 'boolean',
      describe: 'With --layout docker: also write docker-compose.yml beside the folder',
    },
    ...INPUT_OPTIONS,
    ...RUN_OPTIONS,
  },
  examples: [
    ['A backup for Gogs 0.13', '$0 old.zip new.zip'],
    ['For 0.14, with another database', '$0 old.zip new.zip --to 0.14 --set database.HOST=db:3306'],
    ['The database for PostgreSQL, the files apart', '$0 old.zip new.zip --sql new.sql --engine postgres'],
    ['From what is left of a Docker volume', '$0 /srv/old-data new.zip'],
    ["From a database's own dump", '$0 dump.sql.gz new.sql --engine mysql'],
    ['From and to streams', 'ssh old cat backup.zip | $0 - - > new.zip'],
  ],
  exitCodes: [3, 4, 5, 6, 8, 9],

  async run({ input, output }, { quiet, json, verbose, noChecklist, ...rest }, signal) {
    if (json === true && output === '-') {
      throw new UsageError('--json and the output cannot both go to standard output.');
    }
    // Loaded on demand, so that help and usage errors appear at once.
    const { upgradeAndVerify } = await import('../../verify/upgradeAndVerify.js');
    const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
    try {
      const report = await upgradeAndVerify(inputBehind(input), outputBehind(output, rest.format === 'sql'), {
        ...rest,
        checklist: noChecklist !== true,
        signal,
        onProgress: progress?.show,
      });
      progress?.end();
      if (json === true) await printResult(`${JSON.stringify(report, undefined, 2)}\n`);
      if (quiet !== true) process.stderr.write(renderSummary(report, layoutFor(process.stderr, verbose)));
      else if (!report.ready) process.stderr.write(`${output}: ${describeUpgrade(report).text}\n`);
      if (!report.ready) throw new NeedsHandError(describeUpgrade(report).text);
    } finally {
      progress?.end();
    }
  },
});
