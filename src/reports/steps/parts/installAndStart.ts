/** Steps for every new server: first the program, then the old secret, and a look around at the end. */
import type { Step } from '../NextStep.js';
import { texts } from '../texts.js';

export const install: Step = ({ target, facts }) => {
  const user = facts?.runUser;
  const { title, why, whyAs } = texts().install;
  return { title: title({ release: target }), why: user === undefined ? why : whyAs({ user }) };
};

export const bringSecretKey: Step = () => texts().bringSecretKey;

export const start: Step = ({ facts }) => {
  const log = facts?.logRootPath === undefined ? 'log/gogs.log' : `${facts.logRootPath}/gogs.log`;
  return { title: texts().start.title, why: texts().start.why({ log }) };
};
