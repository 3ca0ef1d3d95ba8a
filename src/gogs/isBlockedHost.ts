/** The hosts that Gogs regards as local and rejects: internal/netutil/netutil.go@v0.13.0. Does not resolve names. */
import { BlockList, isIP } from 'node:net';

const NETWORKS = [
  ['127.0.0.0', 8],
  ['0.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['255.255.255.255', 32],
  ['10.0.0.0', 8],
] as const;

/** Made when an address is first asked for. */
let local: BlockList | undefined;

function localNetworks(): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of NETWORKS) list.addSubnet(network, prefix, 'ipv4');
  list.addAddress('::1', 'ipv6');
  list.addSubnet('fc00::', 7, 'ipv6');
  list.addSubnet('fe80::', 10, 'ipv6');
  return list;
}

/**
 * Names that public name servers do not know: a single label, or a top-level domain reserved for private networks (RFC 6762,
 * 8375).
 */
const LOCAL_NAME = /^[^.]+$|\.(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/i;

/** True for a host that Gogs would reject, judging by its name, unless the list contains it. */
export function isBlockedHost(host: string, allowlist: readonly string[]): boolean {
  if (allowlist.includes('*') || allowlist.includes(host)) return false;
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 0) return LOCAL_NAME.test(host);
  local ??= localNetworks();
  return local.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** The host of a URL in lower case; undefined if there is none. */
export function hostOf(url: string): string | undefined {
  try {
    const { hostname } = new URL(url.trim());
    return hostname === '' ? undefined : hostname;
  } catch {
    return undefined;
  }
}
