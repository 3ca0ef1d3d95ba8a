/** The docker-compose.yml beside the volume of the official image, which starts a server on it. */
import { type ContainerPorts, imageOf } from './containerPorts.js';

export interface ComposedServer {
  /** Minor version of Gogs. */
  readonly target: string;
  /** Name of the folder, which is beside the file. */
  readonly folder: string;
  readonly ports: ContainerPorts;
}

/** In single quotes only the quote itself is special: https://yaml.org/spec/1.2.2/#732-single-quoted-style */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Uses the long form of volumes, because in the short form a colon ends the path. */
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
