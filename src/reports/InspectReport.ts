/** What an inspection found, for people and for programs; `format` counts its shape's versions. */

import type { Finding } from '../core/findings.js';
import type { Engine } from '../engines/Engine.js';
import type { FileGroup } from '../gogs/FileSummary.js';
import type { SettingChange } from '../gogs/settings/upgradeSettings.js';
import type { InputReport } from './InputReport.js';
import type { NextStep } from './steps/NextStep.js';
import type { TableReport } from './TableReport.js';

/** A table of the input, and what an upgrade would make of it. */
export interface InspectedTable extends TableReport {
  /** Bytes of its rows in the input, inflated; 0 for a table that the input lacks. */
  readonly bytes: number;
  /** What its rows are, in words. */
  readonly meaning: string;
}

/** A table that is not one of Gogs'. */
export interface OtherTable {
  readonly name: string;
  /** Where it stands in the input: `notes.json`. */
  readonly place: string;
}

export interface InspectReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly input: InputReport;
  /** What the upgrade was tried for. */
  readonly target: { readonly name: string; readonly engine: Engine | null };
  /** False when an upgrade would refuse the input. */
  readonly canUpgrade: boolean;
  /** False when an upgrade would refuse the input, or its output would need a hand. */
  readonly ready: boolean;
  /** False for a backup of the target's own release in which an upgrade would change nothing. */
  readonly needsUpgrade: boolean;
  /** Largest first. */
  readonly tables: readonly InspectedTable[];
  /** Tables that are none of Gogs'; they are not carried over. */
  readonly otherTables: readonly OtherTable[];
  /** What an upgrade would change in app.ini. */
  readonly settings: readonly SettingChange[];
  /** What is no table, by folder. */
  readonly files: readonly FileGroup[];
  /** What repositories.zip holds; null when there is none. */
  readonly repositories: { readonly count: number; readonly files: number; readonly bytes: number } | null;
  readonly findings: readonly Finding[];
  /** What to do, in order: before the upgrade, the upgrade, after it. */
  readonly plan: readonly NextStep[];
  readonly seconds: number;
}
