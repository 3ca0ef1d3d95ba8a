/** Mirrors of hosts in the local network, which Gogs rejects unless they are allowed. */
import { danger } from '../../core/danger.js';
import { hostOf, isBlockedHost } from '../../gogs/isBlockedHost.js';
import { parseRepositoryPath } from '../../gogs/repositoryPaths.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const LOCAL_MIRROR = danger({
  code: 'local-mirror',
  severity: 'warning',
  words: () => texts().localMirror,
  needsHand: false,
  source: 'internal/database/mirror.go@v0.14.3: runSync; internal/form/repo.go@v0.13.0',
});

const MOST_BYTES = 64 * 1024;
/** Any `url` in a `[remote …]` section. */
const REMOTE_URL = /^\s*\[remote [^\]]*\][^[]*?^\s*url\s*=\s*(\S+)/m;

export const localMirrors: StartCheck = ({ deep, facts, notice }) => {
  if (!deep || facts === undefined) return undefined;
  const allowlist = facts.localNetworkAllowlist ?? [];
  if (allowlist.includes('*')) return undefined;
  return {
    async seeRepositoryFile(file) {
      const path = parseRepositoryPath(file.name);
      if (path?.rest !== 'config' || file.bytes > MOST_BYTES) return;
      const url = REMOTE_URL.exec((await file.read()).toString('utf8'))?.[1];
      // Gogs checks only network URLs against the list.
      if (url === undefined || !/^(?:https?|git):/i.test(url)) return;
      const host = hostOf(url);
      if (host !== undefined && isBlockedHost(host, allowlist)) {
        notice({ ...LOCAL_MIRROR, place: `${JSON.stringify(path.repository)}: ${host}` });
      }
    },
  };
};
