/** Steps after the volume of the official image: everything is in its place. */
import { containerPorts, imageOf } from '../containerPorts.js';
import type { Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { lfsIntoFolder, loadScript, writeConfig } from './parts/folderSteps.js';
import { folderOf, type Situation, word } from './Situation.js';
import { texts } from './texts.js';

const runContainer: Step = (situation) => ({
  title: texts().startContainer.title,
  command: startCommand(situation),
  why: texts().startContainer.inPlace,
});

function startCommand(situation: Situation): string {
  const { composeFile, facts, target } = situation;
  if (composeFile !== null) return `docker compose -f ${word(situation, composeFile)} up -d`;
  const { http, ssh } = containerPorts(facts);
  return `docker run -d --name gogs -p ${http} -p ${ssh} -v ${dockerVolume(situation)}:/data ${imageOf(target)}`;
}

const lookAround: Step = () => ({
  title: texts().lookAround.title,
  why: texts().lookAround.inFolder,
});

/** Docker takes a path without a leading slash as the name of a volume. */
const dockerVolume = (situation: Situation): string => {
  const path = folderOf(situation);
  return path.startsWith('/') ? word(situation, path) : `"$PWD"/${word(situation, path)}`;
};

export const DOCKER_FOLDER_STEPS: readonly Step[] = [
  createDatabase,
  loadScript,
  writeConfig,
  lfsIntoFolder,
  runContainer,
  lookAround,
];
