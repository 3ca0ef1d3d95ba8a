/**
 * Steps after a backup for the official image, where `gogs restore` cannot be used: it renames /data/gogs, which holds the
 * database, and moves folders across the links from /app/gogs into /data (restore.go@v0.13.0; gogs issues 6785, 7684, 7840).
 * Instead, the volume is built from the archive.
 */
import type { NextStep, Step } from './NextStep.js';
import { createDatabase } from './parts/createDatabase.js';
import { resyncHooks, rewriteKeys } from './parts/hooksAndKeys.js';
import { copyLfsObjects, lfsFolder } from './parts/lfsObjects.js';
import { loadDatabase, loadOtherDatabase } from './parts/loadDatabase.js';
import { archive, type Situation, word } from './Situation.js';
import { texts } from './texts.js';

const VOLUME = 'gogs-volume';

/** Whether the paths of app.ini are those of the image: docker/s6/gogs/setup@v0.12.3. */
export const isForDocker = ({ facts }: Pick<Situation, 'facts'>): boolean =>
  facts?.paths.some(({ value }) => /^\/app\/gogs(?:\/|$)|^\/data\/git(?:\/|$)/.test(value)) === true;

const makeVolume: Step = (situation) => ({
  ...texts().makeVolume,
  command: `gogs-backup-upgrade ${archive(situation)} ${VOLUME} --layout docker`,
});

const followVolume: Step = () => ({
  title: texts().followVolume.title({ page: `${VOLUME}.next-steps.md` }),
  why: texts().followVolume.why,
});

const unpackVolume: Step = (situation) => {
  const { files, hasConfig } = situation;
  const parts = [
    `unzip -q ${archive(situation)} -d unpacked`,
    `mkdir -p ${VOLUME}/gogs/data ${VOLUME}/git`,
    ...(hasConfig || files.has('custom') ? [`cp -a unpacked/gogs-backup/custom/. ${VOLUME}/gogs/`] : []),
    ...(hasData(situation) ? [`cp -a unpacked/gogs-backup/data/. ${VOLUME}/gogs/data/`] : []),
    ...(files.has('repositories.zip') ? [`unzip -q unpacked/gogs-backup/repositories.zip -d ${VOLUME}/git`] : []),
  ];
  return {
    ...texts().unpackVolume,
    command: parts.join(' && '),
  };
};

/** An SQLite file is in the volume; a database server is elsewhere. */
const loadIntoVolume: Step = (situation) => {
  const { facts } = situation;
  return loadDatabase(
    facts === undefined
      ? situation
      : { ...situation, facts: { ...facts, databasePath: `${VOLUME}/gogs/data/gogs.db` } },
  );
};

const lfsIntoVolume: Step = (situation) => {
  const step = situation.files.has('data/lfs-objects') ? undefined : copyLfsObjects(situation);
  const from = word(situation, `${lfsFolder(situation)}/`);
  return step && { ...step, command: `rsync -a OLD-SERVER:${from} ${VOLUME}/gogs/data/lfs-objects/` };
};

const hasData = ({ files }: Situation): boolean =>
  (['data/attachments', 'data/avatars', 'data/repo-avatars', 'data/lfs-objects', 'data/ssh'] as const).some((group) =>
    files.has(group),
  );

const startContainer: Step = ({ target }) => ({
  title: texts().startContainer.title,
  command: `docker run -d --name gogs -p 3000:3000 -p 10022:22 -v "$PWD/${VOLUME}:/data" gogs/gogs:${target}`,
  why: texts().startContainer.why,
});

/** Runs a command as the image does: as user git, in the folder of the program. */
const inContainer =
  (step: Step): Step =>
  (situation): NextStep | undefined => {
    const found = step(situation);
    if (found?.command === undefined) return found;
    return { ...found, command: `docker exec -u git -e USER=git -w /app/gogs gogs ./${found.command}` };
  };

const lookAround: Step = () => ({
  title: texts().lookAround.title,
  why: texts().lookAround.why({ log: `${VOLUME}/gogs/log/gogs.log` }),
});

export const DOCKER_BACKUP_STEPS: readonly Step[] = [makeVolume, followVolume];

/** Steps if the database is moved as SQL, or separately. */
export const DOCKER_FILES_STEPS: readonly Step[] = [
  unpackVolume,
  createDatabase,
  loadIntoVolume,
  loadOtherDatabase,
  lfsIntoVolume,
  startContainer,
  inContainer(resyncHooks),
  inContainer(rewriteKeys),
  lookAround,
];
