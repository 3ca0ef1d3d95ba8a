/** `gogs-backup-upgrade verify ARCHIVE`: proves that a backup restores. */
import { UsageError, VerificationError } from '../../core/errors.js';
import { printableJson } from '../../core/printable.js';
import { ENGINES } from '../../engines/Engine.js';
import { afterRestorePath } from '../../files/companionPaths.js';
import { OutputGate } from '../../files/OutputGate.js';
import { TARGET_NAMES } from '../../gogs/gogsHistory.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { INPUT_OPTIONS, READING_OPTIONS } from '../inputOptions.js';
import { ProgressLine } from '../ProgressLine.js';
import { previews } from '../previews.js';
import { printResult } from '../printResult.js';
import { inputBehind } from '../standardStreams.js';
import { texts } from '../texts.js';

export const verifyCommand = defineCommand({
  name: 'verify',
  brief: () => texts().verify.brief,
  summary: () => texts().verify.summary,
  arguments: {
    archive: {
      describe: () => texts().verify.archive,
    },
  },
  options: {
    against: {
      type: 'string',
      value: 'FILE',
      describe: () => texts().verify.against,
    },
    to: {
      type: 'string',
      choices: TARGET_NAMES,
      describe: () => texts().verify.to({ previews: previews() }),
    },
    engine: {
      type: 'string',
      choices: ENGINES,
      describe: () => texts().verify.engine,
    },
    'files-only': { type: 'boolean', describe: () => texts().verify.filesOnly },
    'redact-tokens': { type: 'boolean', describe: () => texts().verify.redactTokens },
    'drop-orphans': { type: 'boolean', describe: () => texts().verify.dropOrphans },
    rehearsal: { type: 'boolean', describe: () => texts().verify.rehearsal },
    set: {
      type: 'string',
      value: 'SECTION.KEY=VALUE',
      array: true,
      nargs: 1,
      describe: () => texts().verify.set,
    },
    'keep-config': { type: 'boolean', describe: () => texts().verify.keepConfig },
    'install-path': {
      type: 'string',
      value: 'FOLDER',
      describe: () => texts().verify.installPath,
    },
    database: {
      type: 'string',
      value: 'URL',
      describe: () => texts().verify.database,
    },
    deep: {
      type: 'boolean',
      describe: () => texts().verify.deep,
    },
    ...INPUT_OPTIONS,
    ...READING_OPTIONS,
    tempdir: { type: 'string', value: 'FOLDER', describe: () => texts().verify.tempdir },
    quiet: { type: 'boolean', alias: 'q', describe: () => texts().options.quiet },
    verbose: { type: 'boolean', alias: 'v', describe: () => texts().verify.verbose },
    json: { type: 'boolean', describe: () => texts().options.json },
  },
  examples: [
    [() => texts().verify.examples.against, '$0 verify new.zip --against old.zip'],
    [() => texts().verify.examples.folder, '$0 verify new/ --against old.zip'],
    [() => texts().verify.examples.pipe, 'ssh new cat new.zip | $0 verify -'],
    [() => texts().verify.examples.server, '$0 verify new.zip --database postgres://postgres@localhost'],
  ],
  exitCodes: [3, 4, 6, 8],

  async run({ archive }, { quiet, json, verbose, against, ...rest }, signal) {
    if (archive === '-' && against === '-') {
      throw new UsageError(texts().verify.bothStandardInput);
    }
    // Loaded on demand, so that help and usage errors appear at once.
    const { verify } = await import('../../verify/verify.js');
    const { formatProblems } = await import('../../verify/findings/formatProblems.js');
    const { renderVerification } = await import('../../reports/renderVerification.js');
    const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
    try {
      const compared = against === undefined ? undefined : inputBehind(against);
      const verified = inputBehind(archive);
      const inputs = [verified, afterRestorePath(archive), compared, rest.databaseDump, rest.repositories];
      await OutputGate.open({ inputs: inputs.filter((each) => each !== undefined), replace: false });
      const report = await verify(verified, {
        ...rest,
        against: compared,
        signal,
        onProgress: progress?.show,
      });
      progress?.end();
      if (json === true) await printResult(`${printableJson(report)}\n`);
      if (quiet !== true) process.stderr.write(renderVerification(report, layoutFor(process.stderr, verbose)));
      if (report.holds) return;
      const { fails, failsAbove } = texts().verify;
      throw new VerificationError(
        quiet === true ? fails({ archive, problems: formatProblems(report.findings) }) : failsAbove({ archive }),
      );
    } finally {
      progress?.end();
    }
  },
});
