/**
 * Writes `sbom.cdx.json`, a CycloneDX bill of materials that lists the content of the bundle with the checksums of the lock
 * file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { repository } from './repository.js';
import { packagesIn, type ThirdPartyPackage } from './thirdParty.js';

interface LockedPackage {
  /** `sha512-` and base64. */
  readonly integrity: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(repository, name), 'utf8'));

export function writeSbom(metafile: Metafile): void {
  const { name, version, license } = read('package.json') as ThirdPartyPackage;
  const { packages } = read('package-lock.json') as { readonly packages: Readonly<Record<string, LockedPackage>> };
  const root = component({ name, version, license });
  const parts = packagesIn(metafile).map((part) => ({
    ...component(part),
    hashes: hashesOf(packages[part.folder]),
  }));
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { ...root, type: 'application' } },
    components: parts,
    dependencies: [{ ref: root['bom-ref'], dependsOn: parts.map((part) => part['bom-ref']) }],
  };
  writeFileSync(join(repository, 'sbom.cdx.json'), `${JSON.stringify(sbom, undefined, 2)}\n`);
}

function component({ name, version, license }: Pick<ThirdPartyPackage, 'name' | 'version' | 'license'>) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { type: 'library', 'bom-ref': purl, name, version, purl, licenses: [{ license: { id: license } }] };
}

function hashesOf(locked: LockedPackage | undefined): { alg: string; content: string }[] {
  const [, digest] = /^sha512-(.+)$/.exec(locked?.integrity ?? '') ?? [];
  return digest === undefined ? [] : [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }];
}
