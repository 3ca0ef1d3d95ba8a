/** Danger: since 0.14.3 the user name that a reverse proxy sends counts only from trusted addresses. */
import type { Notice } from '../../core/findings.js';
import { compareVersions } from '../../gogs/versions.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

export function reverseProxy({
  facts,
  target: { history, firstRelease },
}: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  if (!facts.reverseProxy.enabled || facts.reverseProxy.trusted !== undefined) return [];
  // Any 0.14 release can restore a backup made for 0.14.0.
  const since = history.settings.addedIn('auth.TRUSTED_PROXY_IPS');
  if (since === undefined || compareVersions(history.targetOfRelease(since).firstRelease, firstRelease) > 0) return [];
  const words = texts().reverseProxy;
  return [
    {
      code: 'reverse-proxy',
      severity: 'warning',
      title: words.title,
      consequence: words.consequence({ since }),
      remedy: words.remedy,
      needsHand: false,
      source: 'conf/app.ini: [auth] TRUSTED_PROXY_IPS is not in v0.14.2, but in v0.14.3, with 127.0.0.0/8,::1/128',
      place: '[auth] ENABLE_REVERSE_PROXY_AUTHENTICATION',
    },
  ];
}
