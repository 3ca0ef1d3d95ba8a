/** The report of an upgrade, for people and programs: see docs/report.md. `reportVersion` is the version of its structure. */

import type { Finding } from '../core/findings.js';
import type { OutputFormat } from '../core/outputFormats.js';
import type { Engine } from '../engines/Engine.js';
import type { SettingChange } from '../gogs/settings/upgradeSettings.js';
import type { InputReport } from './InputReport.js';
import type { NextStep } from './steps/NextStep.js';
import type { TableReport } from './TableReport.js';
import type { VerifyReport } from './VerifyReport.js';

/** The report of an upgrade: see docs/report.md. */
export interface UpgradeReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly input: InputReport;
  readonly output: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly bytes: number;
    readonly target: string;
    /** The requested engine or that of the archive's app.ini; null if there is neither. */
    readonly engine: Engine | null;
    /** SQL file with the rows that a restore cannot read; null if there are none. */
    readonly afterRestoreSql: string | null;
    /** The checklist for after the upgrade, as Markdown; null if the output is a stream, or if no checklist was wanted. */
    readonly nextSteps: string | null;
  };
  readonly tables: readonly TableReport[];
  readonly settings: readonly SettingChange[];
  /** Entries that were carried over in compressed form. */
  readonly files: { readonly count: number; readonly bytes: number };
  /** The report of `--verify`; null if it was not used. It passed, or there would be no output and no report. */
  readonly verification: VerifyReport | null;
  /** False if a finding needs a hand: the command then exits with 9. */
  readonly ready: boolean;
  readonly findings: readonly Finding[];
  /** The next steps, in order. */
  readonly nextSteps: readonly NextStep[];
  readonly seconds: number;
}
