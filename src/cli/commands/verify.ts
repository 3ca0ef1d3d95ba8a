/** `gogs-backup-upgrade verify ARCHIVE`: proves that a backup restores. */
import { UsageError, VerificationError } from '../../core/errors.js';
import { ENGINES } from '../../engines/Engine.js';
import { TARGET_NAMES } from '../../gogs/gogsHistory.js';
import { renderVerification } from '../../reports/renderVerification.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { PREVIEWS } from '../describeTargets.js';
import { INPUT_OPTIONS, READING_OPTIONS } from '../inputOptions.js';
import { ProgressLine } from '../ProgressLine.js';
import { printResult } from '../printResult.js';
import { inputBehind } from '../standardStreams.js';

export const verifyCommand = defineCommand({
  name: 'verify',
  brief: 'Prove that a backup restores and that nothing was lost',
  summary: 'Prove that a backup restores: rehearse the restore, and compare with the input',
  arguments: {
    archive: {
      describe:
        'Zip that gogs restore is to read, new.sql, new.db, or a folder that a server starts on; - is standard input',
    },
  },
  options: {
    against: {
      type: 'string',
      value: 'FILE',
      describe: 'Backup that it was made of: every row and file is compared with it; - is standard input',
    },
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
      value: 'SECTION.KEY=VALUE',
      array: true,
      nargs: 1,
      describe: 'It was made with this --set section.KEY=value (repeatable)',
    },
    'keep-config': { type: 'boolean', describe: 'It was made with --keep-config' },
    'install-path': {
      type: 'string',
      value: 'FOLDER',
      describe: 'The folder of a server was made for this place; where it lies if not given',
    },
    database: {
      type: 'string',
      value: 'URL',
      describe: 'Try the rows on mysql://…, postgres://… or sqlite:FILE, in a scratch database that is dropped again',
    },
    deep: {
      type: 'boolean',
      describe: 'Try every column of large tables too, and check every file in repositories.zip',
    },
    ...INPUT_OPTIONS,
    ...READING_OPTIONS,
    tempdir: { type: 'string', value: 'FOLDER', describe: 'Folder for temporary files' },
    quiet: { type: 'boolean', alias: 'q', describe: 'Print errors only' },
    verbose: { type: 'boolean', alias: 'v', describe: 'Say what was tried for each table' },
    json: { type: 'boolean', describe: 'Write the report as JSON to standard output' },
  },
  examples: [
    ['Prove that nothing was lost between the two', '$0 verify new.zip --against old.zip'],
    ['Compare every row and every file of the folder of a server', '$0 verify new/ --against old.zip'],
    ['What comes through a pipe', 'ssh new cat new.zip | $0 verify -'],
    ['Try the rows on a real server', '$0 verify new.zip --database postgres://postgres@localhost'],
  ],
  exitCodes: [3, 4, 6, 8],

  async run({ archive }, { quiet, json, verbose, against, ...rest }, signal) {
    if (archive === '-' && against === '-') {
      throw new UsageError('The archive and --against cannot both come from standard input.');
    }
    // Loaded on demand, so that help and usage errors appear at once.
    const { verify } = await import('../../verify/verify.js');
    const { formatProblems } = await import('../../verify/formatProblems.js');
    const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
    try {
      const report = await verify(inputBehind(archive), {
        ...rest,
        against: against === undefined ? undefined : inputBehind(against),
        signal,
        onProgress: progress?.show,
      });
      progress?.end();
      if (json === true) await printResult(`${JSON.stringify(report, undefined, 2)}\n`);
      if (quiet !== true) process.stderr.write(renderVerification(report, layoutFor(process.stderr, verbose)));
      if (report.holds) return;
      const problems = quiet === true ? formatProblems(report.findings) : 'see above';
      throw new VerificationError(`${archive} does not hold: ${problems}.`);
    } finally {
      progress?.end();
    }
  },
});
