/** `gogs-backup-upgrade INPUT OUTPUT`: the default command. */

import { NeedsHandError, UsageError } from '../../core/errors.js';
import { printableJson } from '../../core/printable.js';
import { describeUpgrade } from '../../reports/describeUpgrade.js';
import { renderSummary } from '../../reports/renderSummary.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { INPUT_OPTIONS } from '../inputOptions.js';
import { ProgressLine } from '../ProgressLine.js';
import { printResult } from '../printResult.js';
import { inputBehind, outputBehind } from '../standardStreams.js';
import { texts } from '../texts.js';
import { GROUPS, RUN_OPTIONS, UPGRADE_OPTIONS } from '../upgradeOptions.js';

export const upgradeCommand = defineCommand({
  name: 'upgrade',
  isDefault: true,
  brief: () => texts().upgrade.brief,
  summary: () => texts().upgrade.summary,
  arguments: {
    input: {
      describe: () => texts().upgrade.input,
    },
    output: { describe: () => texts().upgrade.output },
  },
  options: {
    ...UPGRADE_OPTIONS,
    sql: {
      group: GROUPS.output,
      type: 'string',
      value: 'FILE',
      describe: () => texts().upgrade.sql,
    },
    compose: {
      group: GROUPS.output,
      type: 'boolean',
      describe: () => texts().upgrade.compose,
    },
    ...INPUT_OPTIONS,
    ...RUN_OPTIONS,
  },
  examples: [
    [() => texts().upgrade.examples.plain, '$0 old.zip new.zip'],
    [() => texts().upgrade.examples.otherDatabase, '$0 old.zip new.zip --to 0.14 --set database.HOST=db:3306'],
    [() => texts().upgrade.examples.postgres, '$0 old.zip new.zip --sql new.sql --engine postgres'],
    [() => texts().upgrade.examples.folder, '$0 /srv/old-data new.zip'],
    [() => texts().upgrade.examples.dump, '$0 dump.sql.gz new.sql --engine mysql'],
    [() => texts().upgrade.examples.streams, 'ssh old cat backup.zip | $0 - - > new.zip'],
  ],
  exitCodes: [3, 4, 5, 6, 8, 9],

  async run({ input, output }, { quiet, json, verbose, noChecklist, ...rest }, signal) {
    if (json === true && output === '-') {
      throw new UsageError(texts().upgrade.jsonAndOutput);
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
      if (json === true) await printResult(`${printableJson(report)}\n`);
      if (quiet !== true) process.stderr.write(renderSummary(report, layoutFor(process.stderr, verbose)));
      if (report.ready) return;
      const verdict = describeUpgrade(report, { isAlone: quiet === true }).text;
      if (quiet === true) process.stderr.write(`${texts().progress.summary({ output, verdict })}\n`);
      throw new NeedsHandError(verdict);
    } finally {
      progress?.end();
    }
  },
});
