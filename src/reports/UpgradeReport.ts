/** What an upgrade did, for people and for programs. Programs: see docs/report.md; `format` counts its shape's versions. */

import type { Finding } from '../core/findings.js';
import type { OutputFormat } from '../core/outputFormats.js';
import type { Engine } from '../engines/Engine.js';
import type { SettingChange } from '../gogs/settings/upgradeSettings.js';
import type { InputReport } from './InputReport.js';
import type { NextStep } from './steps/NextStep.js';
import type { TableReport } from './TableReport.js';
import type { VerifyReport } from './VerifyReport.js';

export interface UpgradeReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly input: InputReport;
  readonly output: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly bytes: number;
    readonly target: string;
    /** The engine the archive's app.ini names, or the one that was asked for; null when neither does. */
    readonly engine: Engine | null;
    /** The rows no restore can read, as SQL; null when there are none. */
    readonly afterRestoreSql: string | null;
    /** The checklist for after the upgrade, as Markdown; null when the output is a stream, or none was wanted. */
    readonly nextSteps: string | null;
  };
  readonly tables: readonly TableReport[];
  readonly settings: readonly SettingChange[];
  /** Entries that were copied as the compressed bytes they were. */
  readonly files: { readonly count: number; readonly bytes: number };
  /** What `--verify` found; null when it was not asked for. It held, or there would be no output and no report. */
  readonly verification: VerifyReport | null;
  /** False when a finding needs a hand: the command line then ends with 9. */
  readonly ready: boolean;
  readonly findings: readonly Finding[];
  /** What to do now, in order. */
  readonly nextSteps: readonly NextStep[];
  readonly seconds: number;
}
