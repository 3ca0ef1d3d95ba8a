/** `gogs-backup-upgrade inspect INPUT`: reports everything without writing an output. */
import { ENGINES } from '../../engines/Engine.js';
import { DEFAULT_TARGET, TARGET_NAMES } from '../../gogs/gogsHistory.js';
import { renderInspection } from '../../reports/renderInspection.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { PREVIEWS } from '../describeTargets.js';
import { INPUT_OPTIONS, READING_OPTIONS } from '../inputOptions.js';
import { ProgressLine } from '../ProgressLine.js';
import { printResult } from '../printResult.js';
import { inputBehind } from '../standardStreams.js';

export const inspectCommand = defineCommand({
  name: 'inspect',
  brief: 'Say what a backup is and what is dangerous in it; write nothing',
  summary: 'Say what a backup is, what an upgrade would change, and every danger in it; writes nothing',
  arguments: { input: { describe: 'Backup to look at; - is standard input' } },
  options: {
    to: {
      type: 'string',
      choices: TARGET_NAMES,
      default: DEFAULT_TARGET,
      describe: `Gogs that is to restore it one day${PREVIEWS}`,
    },
    engine: {
      type: 'string',
      choices: ENGINES,
      describe: 'Database engine of the new server; what app.ini names if not given',
    },
    set: {
      type: 'string',
      value: 'SECTION.KEY=VALUE',
      array: true,
      nargs: 1,
      describe: 'A setting that the upgrade will be given: section.KEY=value (repeatable)',
    },
    'files-only': { type: 'boolean', describe: 'Look at the files alone; it may lack its database' },
    report: { type: 'string', value: 'FILE', describe: 'Also write a page for a browser to this file' },
    force: { type: 'boolean', describe: 'Replace a report that exists' },
    ...INPUT_OPTIONS,
    ...READING_OPTIONS,
    tempdir: {
      type: 'string',
      value: 'FOLDER',
      describe: 'Folder for temporary files; repositories.zip must fit there',
    },
    quiet: { type: 'boolean', alias: 'q', describe: 'Show no progress' },
    verbose: { type: 'boolean', alias: 'v', describe: 'Say everything that is known, not only what to act on' },
    json: { type: 'boolean', describe: 'Write what was found as JSON to standard output' },
  },
  examples: [
    ['Look at a backup before the old server goes', '$0 inspect old.zip'],
    ['A page to show to a colleague', '$0 inspect old.zip --report old.html'],
  ],
  exitCodes: [3, 4, 6],

  async run({ input }, { report: page, force, quiet, json, verbose, ...rest }, signal) {
    // Loaded on demand, so that help and usage errors appear at once.
    const { inspect } = await import('../../inspect/inspect.js');
    const { writeInspectionPage } = await import('../../inspect/writeInspectionPage.js');
    const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
    try {
      const source = inputBehind(input);
      const inputs = [source, rest.databaseDump, rest.repositories].filter((path) => typeof path === 'string');
      const inspecting = () => inspect(source, { ...rest, signal, onProgress: progress?.show });
      const report = await (page === undefined
        ? inspecting()
        : writeInspectionPage({ path: page, inputs, replace: force }, inspecting));
      progress?.end();
      await printResult(
        json === true
          ? `${JSON.stringify(report, undefined, 2)}\n`
          : renderInspection(report, layoutFor(process.stdout, verbose)),
      );
    } finally {
      progress?.end();
    }
  },
});
