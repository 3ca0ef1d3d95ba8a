/** `gogs-backup-upgrade inspect INPUT`: reports everything without writing an output. */
import { printableJson } from '../../core/printable.js';
import { ENGINES } from '../../engines/Engine.js';
import { OutputGate } from '../../files/OutputGate.js';
import { DEFAULT_TARGET, TARGET_NAMES } from '../../gogs/gogsHistory.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { INPUT_OPTIONS, READING_OPTIONS } from '../inputOptions.js';
import { ProgressLine } from '../ProgressLine.js';
import { previews } from '../previews.js';
import { printResult } from '../printResult.js';
import { inputBehind } from '../standardStreams.js';
import { texts } from '../texts.js';

export const inspectCommand = defineCommand({
  name: 'inspect',
  brief: () => texts().inspect.brief,
  summary: () => texts().inspect.summary,
  arguments: { input: { describe: () => texts().inspect.input } },
  options: {
    to: {
      type: 'string',
      choices: TARGET_NAMES,
      default: DEFAULT_TARGET,
      describe: () => texts().inspect.to({ previews: previews() }),
    },
    engine: {
      type: 'string',
      choices: ENGINES,
      describe: () => texts().options.engine,
    },
    set: {
      type: 'string',
      value: 'SECTION.KEY=VALUE',
      array: true,
      nargs: 1,
      describe: () => texts().inspect.set,
    },
    'files-only': { type: 'boolean', describe: () => texts().inspect.filesOnly },
    report: { type: 'string', value: 'FILE', describe: () => texts().inspect.report },
    force: { type: 'boolean', describe: () => texts().inspect.force },
    ...INPUT_OPTIONS,
    ...READING_OPTIONS,
    tempdir: {
      type: 'string',
      value: 'FOLDER',
      describe: () => texts().inspect.tempdir,
    },
    quiet: { type: 'boolean', alias: 'q', describe: () => texts().inspect.quiet },
    verbose: { type: 'boolean', alias: 'v', describe: () => texts().inspect.verbose },
    json: { type: 'boolean', describe: () => texts().inspect.json },
  },
  examples: [
    [() => texts().inspect.examples.plain, '$0 inspect old.zip'],
    [() => texts().inspect.examples.page, '$0 inspect old.zip --report old.html'],
  ],
  exitCodes: [3, 4, 6],

  async run({ input }, { report: page, force, quiet, json, verbose, ...rest }, signal) {
    // Loaded on demand, so that help and usage errors appear at once.
    const { inspect } = await import('../../inspect/inspect.js');
    const { writeInspectionPage } = await import('../../inspect/writeInspectionPage.js');
    const { renderInspection } = await import('../../reports/renderInspection.js');
    const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
    try {
      const source = inputBehind(input);
      const inputs = [source, rest.databaseDump, rest.repositories].filter((each) => each !== undefined);
      const inspecting = () => inspect(source, { ...rest, signal, onProgress: progress?.show });
      if (page === undefined) await OutputGate.open({ inputs, replace: false });
      const report = await (page === undefined
        ? inspecting()
        : writeInspectionPage({ path: page, inputs, replace: force }, inspecting));
      progress?.end();
      await printResult(
        json === true ? `${printableJson(report)}\n` : renderInspection(report, layoutFor(process.stdout, verbose)),
      );
    } finally {
      progress?.end();
    }
  },
});
