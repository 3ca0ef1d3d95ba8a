import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeJsonText, encodeJsonText, shortenEscapes } from '../../src/core/jsonText.js';
import { unicodeText } from '../support/unicodeText.js';

const decode = (json: string): string => {
  const bytes = Buffer.from(`,${json},`);
  return decodeJsonText(bytes, 1, bytes.length - 1).toString('utf8');
};

function encode(text: Buffer): string {
  const out = Buffer.alloc(6 * text.length + 2);
  return out.subarray(0, encodeJsonText(text, 0, text.length, out, 0)).toString('utf8');
}

/** Text with everything that JSON must escape, and characters of one to four bytes. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\u0000', '\u001f', '<', '\u2028'),
    unicodeText({ minLength: 1, maxLength: 1 }),
  ),
});

/** A JSON string with some of its characters written as escapes, in either case. */
const escapedJson = fc.tuple(text, fc.infiniteStream(fc.nat(3))).map(([value, choices]) => {
  const units = Array.from({ length: value.length }, (_, i) => value.slice(i, i + 1));
  const written = units.map((unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
    switch (choices.next().value) {
      case 0:
        return `\\u${hex}`;
      case 1:
        return `\\u${hex.toUpperCase()}`;
      default:
        // A lone surrogate has no UTF-8 form.
        return unit === '/' ? '\\/' : /[\ud800-\udfff]/.test(unit) ? `\\u${hex}` : JSON.stringify(unit).slice(1, -1);
    }
  });
  return `"${written.join('')}"`;
});

describe('decoding', () => {
  test('gives the text that JSON.parse gives', () => {
    fc.assert(fc.property(escapedJson, (json) => expect(decode(json)).toBe(JSON.parse(json))));
  });

  test('gives U+FFFD for a lone surrogate, as Go does', () => {
    expect(decode('"a\\ud83db"')).toBe('a\ufffdb');
    expect(decode('"\\udc19\\ud83d"')).toBe('\ufffd\ufffd');
    expect(decode('"\\ud83d\\u0041"')).toBe('\ufffdA');
  });
});

describe('encoding', () => {
  test('gives a literal that JSON.parse reads back', () => {
    fc.assert(fc.property(text, (value) => expect(JSON.parse(encode(Buffer.from(value)))).toBe(value)));
  });

  test('escapes only what JSON requires', () => {
    expect(encode(Buffer.from('<a href="/x">é🐙\u2028</a>\n\u0001'))).toBe(
      '"<a href=\\"/x\\">é🐙\u2028</a>\\n\\u0001"',
    );
  });

  test('keeps bytes that are not UTF-8', () => {
    const out = Buffer.alloc(20);
    const end = encodeJsonText(Buffer.from([0x61, 0xff, 0xc3, 0x22]), 0, 4, out, 0);
    expect([...out.subarray(0, end)]).toEqual([0x22, 0x61, 0xff, 0xc3, 0x5c, 0x22, 0x22]);
  });
});

describe('shortening', () => {
  const shorten = (json: string): string => shortenEscapes(Buffer.from(json)).toString('utf8');

  test('changes no value', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(escapedJson, escapedJson)), (members) => {
        const json = `{${members.map(([key, value]) => `${key}:[${value},-1.5e3,null]`).join(',')}}`;
        expect(JSON.parse(shorten(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  test('never makes a text longer, and changes nothing the second time', () => {
    fc.assert(
      fc.property(escapedJson, (json) => {
        const once = shorten(json);
        expect(Buffer.byteLength(once)).toBeLessThanOrEqual(Buffer.byteLength(json));
        expect(shorten(once)).toBe(once);
      }),
    );
  });

  test('undoes the escapes that Go writes for browsers', () => {
    expect(shorten('{"a":"\\u003cb\\u003e\\u0026\\u2028 \\/ \\u0022 \\u005c \\u000a \\u0001 \\ud83d\\udc19"}')).toBe(
      '{"a":"<b>&\u2028 / \\" \\\\ \\n \\u0001 🐙"}',
    );
  });

  test('keeps a lone surrogate', () => {
    expect(shorten('"\\ud83d x \\udc19"')).toBe('"\\ud83d x \\udc19"');
  });
});
