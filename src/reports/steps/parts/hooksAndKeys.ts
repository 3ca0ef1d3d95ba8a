/** Rewrites what calls Gogs by its path: the hooks of repositories, and the SSH keys of users. */
import type { Step } from '../NextStep.js';
import { rowsOf } from '../Situation.js';
import { texts } from '../texts.js';

// internal/cmd/admin.go@v0.13.0
export const resyncHooks: Step = () => ({
  ...texts().resyncHooks,
  command: 'gogs admin resync-hooks',
});

export const rewriteKeys: Step = (situation) =>
  rowsOf(situation, 'public_key') > 0 &&
  situation.facts?.ssh.disabled !== true &&
  situation.facts?.ssh.builtinServer !== true
    ? {
        ...texts().rewriteKeys,
        command: 'gogs admin rewrite-authorized-keys',
      }
    : undefined;
