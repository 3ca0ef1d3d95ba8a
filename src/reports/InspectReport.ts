/** The report of an inspection, for people and programs; `reportVersion` is the version of its structure. */

import type { Finding } from '../core/findings.js';
import type { Engine } from '../engines/Engine.js';
import type { FileGroup } from '../gogs/FileSummary.js';
import type { SettingChange } from '../gogs/settings/upgradeSettings.js';
import type { InputReport } from './InputReport.js';
import type { NextStep } from './steps/NextStep.js';
import type { TableReport } from './TableReport.js';

/** A table of the input, and the result of its upgrade. */
export interface InspectedTable extends TableReport {
  /** Size of its rows in the input, inflated; 0 for a table that the input lacks. */
  readonly bytes: number;
  /** A description of its rows. */
  readonly meaning: string;
}

/** A table that does not belong to Gogs. */
export interface OtherTable {
  readonly name: string;
  /** Its location in the input: `notes.json`. */
  readonly place: string;
}

/** The report of an inspection: see docs/report.md. */
export interface InspectReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly input: InputReport;
  /** The target of the trial upgrade. */
  readonly target: { readonly name: string; readonly engine: Engine | null };
  /** False if an upgrade would refuse the input. */
  readonly canUpgrade: boolean;
  /** False if an upgrade would refuse the input, or its output would need a hand. */
  readonly ready: boolean;
  /** False for a backup of the target's own release that an upgrade would not change. */
  readonly needsUpgrade: boolean;
  /** Largest first. */
  readonly tables: readonly InspectedTable[];
  /** Tables that do not belong to Gogs; they are not carried over. */
  readonly otherTables: readonly OtherTable[];
  /** The changes that an upgrade would make to app.ini. */
  readonly settings: readonly SettingChange[];
  /** Everything but tables, by folder. */
  readonly files: readonly FileGroup[];
  /** The contents of repositories.zip; null if there is none. */
  readonly repositories: { readonly count: number; readonly files: number; readonly bytes: number } | null;
  readonly findings: readonly Finding[];
  /** The steps in order: before the upgrade, the upgrade, after it. */
  readonly plan: readonly NextStep[];
  readonly seconds: number;
}
