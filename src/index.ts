/** The library: everything the command line does, without a command line. */
export {
  type BatchEvent,
  type BatchOptions,
  type BatchReport,
  type BatchResult,
  type BatchStatus,
  batch,
} from './batch/batch.js';
export * from './core/errors.js';
export type { Finding, Severity } from './core/findings.js';
export type { Progress } from './core/ProgressMeter.js';
export { TOOL } from './core/tool.js';
export type { Engine } from './gogs/engines.js';
export type { TargetName } from './gogs/gogsHistory.js';
export { type InspectOptions, inspect } from './inspect/inspect.js';
export type { InspectedTable, InspectReport } from './reports/InspectReport.js';
export { inspectionPage } from './reports/inspectionPage.js';
export type { NextStep } from './reports/nextSteps.js';
export type { TableReport } from './reports/TableReport.js';
export type { UpgradeReport } from './reports/UpgradeReport.js';
export type { VerifiedTable, VerifyReport } from './reports/VerifyReport.js';
export type { UpgradeOptions } from './upgrade/UpgradeOptions.js';
export { upgradeAndVerify as upgrade } from './verify/upgradeAndVerify.js';
export { type VerifyOptions, verify } from './verify/verify.js';
