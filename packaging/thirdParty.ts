/** Finds the packages in a bundle, and their licences. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { repository } from './repository.js';

export interface ThirdPartyPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Relative to the repository. */
  readonly folder: string;
}

/** The packages of which a bundle contains a part, by name and folder. */
export function packagesIn(metafile: Metafile): ThirdPartyPackage[] {
  const folders = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const [folder] = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders].sort().map((folder) => {
    const manifest = JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8')) as ThirdPartyPackage;
    return { name: manifest.name, version: manifest.version, license: manifest.license, folder };
  });
}

/** The licences require these notices. */
export function writeThirdPartyNotices(metafile: Metafile, path: string): void {
  const notices = packagesIn(metafile).map(({ name, version, license, folder }) => {
    const text = readdirSync(join(repository, folder))
      .filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
      .map((file) => readFileSync(join(repository, folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...text].join('\n\n');
  });
  writeFileSync(path, `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}
