/** The library: everything that the command line does. */
export { type BatchOptions, type BatchRun, batch } from './batch/batch.js';
export type { BatchUpgradeOptions } from './batch/messages.js';
export type { ResourceLimits } from './batch/resources.js';
export type { BatchEvent } from './batch/runInputs.js';
export * from './core/errors.js';
export { FINDING_CODES, type FindingCode } from './core/findingCodes.js';
export type { Finding, Severity } from './core/findings.js';
export { LANGUAGES, type Language, setLanguage } from './core/language.js';
export type { OutputFormat } from './core/outputFormats.js';
export type { Progress } from './core/ProgressMeter.js';
export type { SourceForm } from './core/SourceForm.js';
export type { Shell } from './core/shellWord.js';
export { TOOL } from './core/tool.js';
export { ENGINES, type Engine } from './engines/Engine.js';
export type { FileGroup } from './gogs/FileSummary.js';
export { TARGET_NAMES, type TargetName } from './gogs/gogsHistory.js';
export type { LayoutName } from './gogs/serverLayout.js';
export type { SettingName } from './gogs/settings/names.js';
export type { SettingChange } from './gogs/settings/upgradeSettings.js';
export type { InputOptions, ReadingOptions, SourceOptions } from './inputs/InputOptions.js';
export { type InspectOptions, inspect } from './inspect/inspect.js';
export { type Backup, type BackupFile, type OpenBackupOptions, openBackup } from './read/openBackup.js';
export type * from './read/TableRows.js';
export type {
  BatchFailure,
  BatchReport,
  BatchResult,
  BatchStatus,
  PassedOver,
  UpgradeSummary,
  WrittenFile,
} from './reports/BatchReport.js';
export type { InputReport } from './reports/InputReport.js';
export type { InspectedTable, InspectReport, OtherTable } from './reports/InspectReport.js';
export { inspectionPage } from './reports/inspectionPage.js';
export { nextStepsPage, type PageContent, type PageSubject } from './reports/nextStepsPage.js';
export type { NextStep } from './reports/steps/NextStep.js';
export type { TableReport } from './reports/TableReport.js';
export type { UpgradeReport } from './reports/UpgradeReport.js';
export type { VerifiedTable, VerifyReport } from './reports/VerifyReport.js';
export type { ContentOptions } from './upgrade/ContentOptions.js';
export type { UpgradeOptions } from './upgrade/UpgradeOptions.js';
export { upgradeAndVerify as upgrade } from './verify/upgradeAndVerify.js';
export type { VerifyOptions } from './verify/VerifyOptions.js';
export { verify } from './verify/verify.js';
