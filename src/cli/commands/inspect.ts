/** `gogs-backup-upgrade inspect INPUT`: writes nothing, says everything. */
import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs';
import { ENGINES } from '../../gogs/engines.js';
import { renderInspection } from '../../reports/renderInspection.js';
import { ProgressLine } from '../ProgressLine.js';
import { printResult } from '../printResult.js';
import { dashOf } from '../standardStreams.js';

type Options = ReturnType<typeof builder> extends Argv<infer Parsed> ? Parsed : never;

export function inspectCommand(signal: AbortSignal): CommandModule<object, Options> {
  return {
    command: 'inspect <input>',
    describe: 'Say what a backup is, what an upgrade would change, and every danger in it; writes nothing',
    builder,
    handler: (options) => run(options, signal),
  };
}

const builder = (yargs: Argv) =>
  yargs
    .positional('input', {
      type: 'string',
      demandOption: true,
      coerce: dashOf,
      describe: 'Backup to look at; - reads standard input',
    })
    .options({
      to: {
        type: 'string',
        choices: ['0.13', '0.14'] as const,
        default: '0.13' as const,
        describe: 'Gogs that is to restore it one day',
      },
      engine: {
        type: 'string',
        choices: ENGINES,
        describe: 'Database engine of the new server [default: what app.ini names]',
      },
      set: {
        type: 'string',
        array: true,
        nargs: 1,
        requiresArg: true,
        describe: 'A setting that the upgrade will be given: section.KEY=value (repeatable)',
      },
      report: { type: 'string', requiresArg: true, describe: 'Also write a page for a browser to this file' },
      force: { type: 'boolean', describe: 'Replace a report that exists' },
      tempdir: {
        type: 'string',
        requiresArg: true,
        describe: 'Folder for temporary files; repositories.zip must fit there',
      },
      'max-row-bytes': {
        type: 'number',
        requiresArg: true,
        describe: 'Longest row that is accepted; 256 MiB if not given',
      },
      quiet: { type: 'boolean', alias: 'q', describe: 'Show no progress' },
      json: { type: 'boolean', describe: 'Write what was found as JSON to standard output' },
    })
    .example('$0 inspect old.zip', 'Look at a backup before the old server goes')
    .example('$0 inspect old.zip --report old.html', 'A page to show to a colleague');

async function run(options: ArgumentsCamelCase<Options>, signal: AbortSignal): Promise<void> {
  const { input, report: page, force, quiet, json, _: __, $0, ...rest } = options;
  // Loaded when it is needed: help and usage errors come at once.
  const [{ inspect }, { writeInspectionPage }] = await Promise.all([
    import('../../inspect/inspect.js'),
    import('../../inspect/writeInspectionPage.js'),
  ]);
  const progress = quiet === true ? undefined : new ProgressLine(process.stderr);
  try {
    const inspecting = () =>
      inspect(input === '-' ? process.stdin : input, { ...rest, signal, onProgress: progress?.show });
    const report = await (page === undefined
      ? inspecting()
      : writeInspectionPage({ path: page, replace: force }, inspecting));
    progress?.end();
    const width = Math.min(120, process.stdout.columns ?? 100);
    await printResult(json === true ? `${JSON.stringify(report, undefined, 2)}\n` : renderInspection(report, width));
  } finally {
    progress?.end();
  }
}
