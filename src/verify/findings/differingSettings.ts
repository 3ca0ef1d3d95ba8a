/** Compares an app.ini with the one that an upgrade writes, without showing values. */
import { IniDocument } from '../../formats/ini/IniDocument.js';
import { CONFIG } from '../../gogs/layout.js';
import { texts } from '../texts.js';

/**
 * Names each setting whose value differs, is missing or was added, such as `[security] SECRET_KEY`; empty if the files are
 * equal.
 */
export function differingSettings(expected: Buffer, found: Buffer): string[] {
  if (expected.equals(found)) return [];
  const [before, after] = [expected, found].map((content) =>
    IniDocument.parse(content, { inlineComments: false }, CONFIG),
  );
  if (before === undefined || after === undefined) return [];
  const names = new Map<string, readonly [section: string, key: string]>();
  for (const document of [before, after]) {
    for (const section of document.sections()) {
      for (const key of document.keys(section)) names.set(`[${section}] ${key}`, [section, key]);
    }
  }
  const differing = [...names].filter(([, name]) => before.get(...name) !== after.get(...name)).map(([name]) => name);
  return differing.length > 0 ? differing : [texts().commentsOrOrder];
}
