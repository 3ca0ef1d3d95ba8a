import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/core/errors.js';
import { IniDocument } from '../../src/formats/ini/IniDocument.js';
import { readMetadata, upgradeMetadata } from '../../src/gogs/metadata.js';

const parse = (text: string) => IniDocument.parse(Buffer.from(text), { inlineComments: true });
const OLD = `VERSION      = 1
DATE_TIME    = 2026-11-22 13:30:29.029753425 +0000 UTC m=+0.013704446
GOGS_VERSION = 0.10.18.0313
`;

describe('metadata.ini', () => {
  test('is read with the build suffix of its version', () => {
    expect(readMetadata(parse(OLD))).toEqual({
      formatVersion: 1,
      dateTime: '2026-11-22 13:30:29.029753425 +0000 UTC m=+0.013704446',
      gogsVersion: '0.10.18.0313',
    });
  });

  test('is upgraded in place', () => {
    const document = parse(OLD);
    upgradeMetadata(document, '0.13.0');
    expect(document.toBuffer().toString()).toBe(OLD.replace('0.10.18.0313', '0.13.0'));
  });

  test.each([
    ['', /VERSION is missing/],
    ['VERSION = 1\n', /GOGS_VERSION is missing/],
    ['VERSION = 2\nGOGS_VERSION = 0.12.3\n', /VERSION "2"/],
    ['VERSION = 1\nGOGS_VERSION = latest\n', /"latest"/],
  ])('%j is rejected', (text, message) => {
    expect(() => readMetadata(parse(text))).toThrow(InputError);
    expect(() => readMetadata(parse(text))).toThrow(message);
  });
});
