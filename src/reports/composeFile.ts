/** The docker-compose.yml beside the volume of the official image: starts a server on it as it is. */
import { type ContainerPorts, imageOf } from './containerPorts.js';

export interface ComposedServer {
  /** Minor version of Gogs. */
  readonly target: string;
  /** Name of the folder, which lies beside the file. */
  readonly folder: string;
  readonly ports: ContainerPorts;
}

/** A text in single quotes takes every character as it is, but a quote: https://yaml.org/spec/1.2.2/#732-single-quoted-style */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The long form of volumes: in the short one a colon ends the path. */
export function composeFile({ target, folder, ports }: ComposedServer): string {
  return [
    'services:',
    '  gogs:',
    `    image: ${quoted(imageOf(target))}`,
    '    restart: unless-stopped',
    '    ports:',
    `      - ${quoted(ports.http)}`,
    `      - ${quoted(ports.ssh)}`,
    '    volumes:',
    '      - type: bind',
    // A dollar sign begins a variable.
    `        source: ${quoted(`./${folder.replaceAll('$', '$$$$')}`)}`,
    '        target: /data',
    '',
  ].join('\n');
}
