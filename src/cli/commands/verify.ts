/** `gogs-backup-upgrade verify ARCHIVE`: proves that a backup restores. */
import { VerificationError } from '../../core/errors.js';
import { ENGINES } from '../../gogs/engines.js';
import { TARGET_NAMES } from '../../gogs/gogsHistory.js';
import { renderVerification } from '../../reports/renderVerification.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { PREVIEWS } from '../describeTargets.js';
import { INPUT_OPTIONS } from '../inputOptions.js';
import { ProgressLine } from '../ProgressLine.js';
import { printResult } from '../printResult.js';

export const verifyCommand = defineCommand({
  name: 'verify',
  brief: 'Prove that a backup restores and that nothing was lost',
  summary: 'Prove that a backup restores: rehearse the restore, and compare with the input',
  arguments: { archive: { describe: 'Zip that gogs restore is to read' } },
  options: {
    against: { type: 'string', describe: 'Backup that it was made of: every row and file is compared with it' },
    to: {
      type: 'string',
      choices: TARGET_NAMES,
      describe: `Gogs that is to restore it; what its metadata.ini names if not given${PREVIEWS}`,
    },
    engine: {
      type: 'string',
      choices: ENGINES,
      describe: 'Database engine it was made for; what its app.ini names if not given',
    },
    'files-only': { type: 'boolean', describe: 'It holds the files alone: its database comes as SQL' },
    'redact-tokens': { type: 'boolean', describe: 'It was made with --redact-tokens' },
    'drop-orphans': { type: 'boolean', describe: 'It was made with --drop-orphans' },
    rehearsal: { type: 'boolean', describe: 'It was made with --rehearsal' },
    set: {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'It was made with this --set section.KEY=value (repeatable)',
    },
    'keep-config': { type: 'boolean', describe: 'It was made with --keep-config' },
    database: {
      type: 'string',
      describe: 'Try the rows on mysql://…, postgres://… or sqlite:FILE, in a scratch database that is dropped again',
    },
    deep: {
      type: 'boolean',
      describe: 'Try every column of large tables too, and check every file in repositories.zip',
    },
    ...INPUT_OPTIONS,
    tempdir: { type: 'string', describe: 'Folder for temporary files' },
    'database-name': { type: 'string', describe: 'Database of Gogs, where the input is SQL and holds several' },
    encoding: { type: 'string', describe: 'Character set of an input of SQL or CSV that is not UTF-8' },
    'max-row-bytes': { type: 'number', describe: 'Longest row of the input that is accepted; 256 MiB if not given' },
    quiet: { type: 'boolean', alias: 'q', describe: 'Print errors only' },
    json: { type: 'boolean', describe: 'Write the report as JSON to standard output' },
  },
  examples: [
    ['Prove that nothing was lost between the two', '$0 verify new.zip --against old.zip'],
    ['Try the rows on a real server', '$0 verify new.zip --database postgres://postgres@localhost'],
  ],
  exitCodes: [3, 4, 6, 8],

  async run({ archive }, { quiet, json, ...rest }, signal) {
    // Loaded when it is needed: help and usage errors come at once.
    const { verify } = await import('../../verify/verify.js');
    const { formatProblems } = await import('../../verify/formatProblems.js');
    const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
    try {
      const report = await verify(archive, { ...rest, signal, onProgress: progress?.show });
      progress?.end();
      if (json === true) await printResult(`${JSON.stringify(report, undefined, 2)}\n`);
      if (quiet !== true) process.stderr.write(renderVerification(report, layoutFor(process.stderr, false)));
      if (report.holds) return;
      const problems = quiet === true ? formatProblems(report.findings) : 'see above';
      throw new VerificationError(`${archive} does not hold: ${problems}.`);
    } finally {
      progress?.end();
    }
  },
});
