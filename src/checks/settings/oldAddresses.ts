/** Danger: one address of the server was changed in app.ini, while another still has the old value. */
import type { Notice } from '../../core/findings.js';
import type { Facts } from '../../gogs/settings/facts.js';
import { formatSetting, joinName } from '../../gogs/settings/names.js';
import { texts } from './texts.js';

/** `before`: from the original app.ini; `after`: with the requested changes. */
export function oldAddresses(before: Facts, after: Facts): Notice[] {
  const replaced = new Map<string, string>();
  before.addresses.forEach((old, index) => {
    const [from, to] = [hostOf(old?.value), hostOf(after.addresses[index]?.value)];
    if (from !== undefined && to !== undefined && from !== to) replaced.set(from, to);
  });
  return after.addresses.flatMap((fact) => {
    const host = hostOf(fact?.value);
    const now = host === undefined ? undefined : replaced.get(host);
    if (fact === undefined || host === undefined || now === undefined) return [];
    const words = texts().oldAddress;
    return [
      {
        code: 'old-address',
        severity: 'warning',
        title: words.title({ now, host }),
        consequence: words.consequence,
        remedy: words.remedy({
          setting: `${joinName(fact.name)}=${fact.value.replaceAll(new RegExp(escapeForRegExp(host), 'gi'), () => now)}`,
        }),
        needsHand: true,
        source: 'internal/conf/conf.go@v0.13.0: Init reads EXTERNAL_URL, DOMAIN and SSH_DOMAIN each by itself',
        place: formatSetting(fact.name, fact.value),
      } satisfies Notice,
    ];
  });
}

/** The host of `git.example.com`, `git.example.com:3000` or a URL; undefined if there is none. */
function hostOf(address: string | undefined): string | undefined {
  const found = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#\s]+)/i.exec(address?.trim() ?? '')?.[1];
  return found?.toLowerCase();
}

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
