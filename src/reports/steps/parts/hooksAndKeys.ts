/** Rewrites what calls Gogs by its path: the hooks of repositories, and the SSH keys of users. */
import type { Step } from '../NextStep.js';
import { rowsOf } from '../Situation.js';

// internal/cmd/admin.go@v0.13.0
export const resyncHooks: Step = () => ({
  title: 'Rewrite the hooks of all repositories',
  command: 'gogs admin resync-hooks',
  why: 'They call Gogs by its path on the old server; without this every push fails where the path is another.',
});

export const rewriteKeys: Step = (situation) =>
  rowsOf(situation, 'public_key') > 0 &&
  situation.facts?.ssh.disabled !== true &&
  situation.facts?.ssh.builtinServer !== true
    ? {
        title: 'Write the SSH keys of all users anew',
        command: 'gogs admin rewrite-authorized-keys',
        why: 'No backup contains .ssh/authorized_keys. Keys in it that are not from Gogs are lost: save them first.',
      }
    : undefined;
