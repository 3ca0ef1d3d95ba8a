/**
 * The steps that have to be done by hand, in order: one list per kind of output, reduced to the steps that apply to this
 * backup.
 */
import type { OutputFormat } from '../../core/outputFormats.js';
import type { LayoutName } from '../../gogs/serverLayout.js';
import { BACKUP_STEPS } from './backupSteps.js';
import { BINARY_FOLDER_STEPS } from './binaryFolderSteps.js';
import { CSV_STEPS } from './csvSteps.js';
import { DATABASE_FILE_STEPS } from './databaseFileSteps.js';
import { DOCKER_BACKUP_STEPS, DOCKER_FILES_STEPS, isForDocker } from './dockerBackupSteps.js';
import { DOCKER_FOLDER_STEPS } from './dockerFolderSteps.js';
import type { NextStep, Step } from './NextStep.js';
import type { Situation } from './Situation.js';
import { SQL_STEPS } from './sqlSteps.js';

const BY_LAYOUT: Readonly<Record<LayoutName, readonly Step[]>> = {
  binary: BINARY_FOLDER_STEPS,
  docker: DOCKER_FOLDER_STEPS,
};

const BY_FORMAT: Readonly<Record<OutputFormat, readonly Step[]>> = {
  zip: BACKUP_STEPS,
  sql: SQL_STEPS,
  csv: CSV_STEPS,
  sqlite: DATABASE_FILE_STEPS,
  files: BINARY_FOLDER_STEPS,
};

export function nextSteps(situation: Situation): NextStep[] {
  return stepsFor(situation)
    .map((step) => step(situation))
    .filter((step) => step !== undefined);
}

function stepsFor(situation: Situation): readonly Step[] {
  const { format, layout, sql, filesOnly } = situation;
  if (layout !== undefined) return BY_LAYOUT[layout.name];
  if (format !== 'zip' || !isForDocker(situation)) return BY_FORMAT[format];
  return sql === null && !filesOnly ? DOCKER_BACKUP_STEPS : DOCKER_FILES_STEPS;
}
