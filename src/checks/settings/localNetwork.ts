/** Danger: webhooks and mirrors in the local network, which Gogs rejects since 0.12.6 unless allowed. */
import type { Notice } from '../../core/findings.js';
import { compareVersions } from '../../gogs/versions.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

/** `from`: the version that wrote the backup, if known. */
export function localNetwork({
  facts,
  from,
  target: { history },
}: Pick<SettingsToCheck, 'facts' | 'from' | 'target'>): Notice[] {
  const since = history.settings.addedIn('security.LOCAL_NETWORK_ALLOWLIST');
  if (facts.localNetworkAllowlist !== undefined) return [];
  if (since === undefined || (from !== undefined && compareVersions(from, since) >= 0)) return [];
  const words = texts().localNetwork;
  return [
    {
      code: 'local-network',
      severity: 'info',
      title: words.title,
      consequence: words.consequence({ since }),
      remedy: words.remedy,
      needsHand: false,
      source: 'internal/conf/static.go: [security] LOCAL_NETWORK_ALLOWLIST is not in v0.12.5, but in v0.12.6',
    },
  ];
}
