/** Steps for every new server: first the program, then the old secret, and a look around at the end. */
import type { Step } from '../NextStep.js';

export const install: Step = ({ target, facts }) => {
  const user = facts?.runUser;
  return {
    title: `Install Gogs ${target} on the new server and stop it`,
    why: `The restore works on the database and the folders that a running server uses.${
      user === undefined ? '' : ` Run everything below as ${user}, the RUN_USER of app.ini.`
    }`,
  };
};

export const bringSecretKey: Step = () => ({
  title: 'Give the new app.ini the SECRET_KEY of the old server',
  why: 'With another key nobody with two-factor authentication can sign in.',
});

export const start: Step = ({ facts }) => ({
  title: 'Start Gogs and look around',
  why: `Sign in, clone and push once, and look through ${
    facts?.logRootPath === undefined ? 'log/gogs.log' : `${facts.logRootPath}/gogs.log`
  } for errors. Keep the old server until then.`,
});
