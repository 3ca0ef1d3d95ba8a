/** Steps after the volume of the official image: everything is in its place. */
import { containerPorts, imageOf } from '../containerPorts.js';
import type { Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { lfsIntoFolder, loadScript, writeConfig } from './parts/folderSteps.js';
import { folderOf, type Situation, word } from './Situation.js';

const runContainer: Step = (situation) => ({
  title: 'Start the container',
  command: startCommand(situation),
  why: 'Everything is in its place: nothing is restored, and there must be no install page. [server] EXTERNAL_URL and SSH_PORT in gogs/conf/app.ini name the address and the port that people use from outside.',
});

function startCommand(situation: Situation): string {
  const { composeFile, facts, target } = situation;
  if (composeFile !== null) return `docker compose -f ${word(situation, composeFile)} up -d`;
  const { http, ssh } = containerPorts(facts);
  return `docker run -d --name gogs -p ${http} -p ${ssh} -v ${dockerVolume(situation)}:/data ${imageOf(target)}`;
}

const lookAround: Step = () => ({
  title: 'Look around',
  why: 'Sign in, clone and push once, and look through gogs/log/gogs.log in the folder for errors. Keep the old server until then.',
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
