/** Prepares the metadata.ini of the output. */
import { IniDocument } from '../formats/ini/IniDocument.js';
import { upgradeMetadata } from '../gogs/metadata.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Source } from '../inputs/Source.js';

export function prepareMetadata(source: Source, target: Target): Buffer {
  const content = source.files?.metadata?.content ?? Buffer.from('VERSION      = 1\nGOGS_VERSION = 0.0.0\n');
  const document = IniDocument.parse(content, { inlineComments: true }, 'metadata.ini');
  upgradeMetadata(document, target.firstRelease);
  return document.toBuffer();
}
