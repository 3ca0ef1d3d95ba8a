/** The library: everything the command line does, without a command line. */
export {
  type BatchEvent,
  type BatchOptions,
  type BatchReport,
  type BatchResult,
  type BatchStatus,
  batch,
} from './batch.js';
export * from './errors.js';
export type { Finding, Severity } from './findings.js';
export type { Engine } from './gogs/engines.js';
export type { TargetName } from './gogs/targets.js';
export type { InspectedTable, InspectReport } from './InspectReport.js';
export { type InspectOptions, inspect } from './inspect.js';
export { inspectionPage } from './inspectionPage.js';
export type { NextStep } from './nextSteps.js';
export type { Progress } from './ProgressMeter.js';
export { TOOL } from './tool.js';
export type { UpgradeOptions } from './UpgradeOptions.js';
export type { TableReport, UpgradeReport } from './UpgradeReport.js';
export { upgrade } from './upgrade.js';
export type { VerifiedTable, VerifyReport } from './VerifyReport.js';
export { type VerifyOptions, verify } from './verify.js';
