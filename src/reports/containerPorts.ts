/** The image of a container, and its published ports: Dockerfile@v0.13.4, EXPOSE. */
import type { Facts } from '../gogs/settings/facts.js';

/** `3000:3000`: the port on the host and the port in the container. */
export interface ContainerPorts {
  readonly http: string;
  readonly ssh: string;
}

const HTTP_PORT = '3000';
/** The system's SSH server in the container. */
const SSH_PORT = '22';
/** The host needs port 22 itself. */
const SSH_PORT_OF_HOST = '10022';

const isPort = (text: string | undefined): text is string => text !== undefined && /^\d{1,5}$/.test(text);

export function containerPorts(facts: Pick<Facts, 'httpPort' | 'ssh'> | undefined): ContainerPorts {
  const { httpPort, ssh } = facts ?? {};
  // The port in clone addresses must be published.
  const stated = isPort(ssh?.port) && ssh.port !== SSH_PORT ? ssh.port : SSH_PORT_OF_HOST;
  const inside = ssh?.builtinServer === true ? [ssh.listenPort, ssh.port].find(isPort) : undefined;
  return { http: `${HTTP_PORT}:${isPort(httpPort) ? httpPort : HTTP_PORT}`, ssh: `${stated}:${inside ?? SSH_PORT}` };
}

/** `target` may contain more than the version: `0.15 (preview, …)`. */
export const imageOf = (target: string): string => `gogs/gogs:${target.split(' ', 1)[0]}`;
