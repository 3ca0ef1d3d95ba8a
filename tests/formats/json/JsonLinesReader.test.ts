import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../../src/core/errors.js';
import { CellKind, Row } from '../../../src/core/rows.js';
import { textOf } from '../../../src/core/values.js';
import { JsonLinesReader, type KeyMeaning } from '../../../src/formats/json/JsonLinesReader.js';
import { runs } from '../../support/effort.js';

/** Columns A, B and C; B was once called `Old`, and `Gone` is a redundant key. */
const COLUMNS = ['A', 'B', 'C'];
function meaningOf(key: string): KeyMeaning {
  if (key === 'Old') return { use: 'column', index: 1, rank: 0 };
  if (key === 'Gone') return { use: 'nothing' };
  const index = COLUMNS.indexOf(key);
  return index < 0 ? { use: 'extra' } : { use: 'column', index, rank: 1 };
}

interface ReadRow {
  readonly line: number;
  readonly position: number;
  /** The values as written. */
  readonly values: Record<string, string>;
}

function read(chunks: readonly Buffer[], maxLineBytes = 1e6): ReadRow[] {
  const rows: ReadRow[] = [];
  const row = new Row(COLUMNS.length);
  const consumer = {
    row({ line, position, cells, extras, source, sourceStart, size }: Row): void {
      const named = [...cells.map((cell, i) => ({ name: COLUMNS[i] as string, cell })), ...extras];
      const present = named.filter(({ cell }) => cell.kind !== CellKind.Missing);
      const values = present.map(({ name, cell }) => [name, cell.bytes.toString('utf8', cell.start, cell.end)]);
      rows.push({ line, position, values: Object.fromEntries(values) as Record<string, string> });
      if (position >= 0) expect(source[sourceStart + size - 1]).toBe(0x0a);
    },
  };
  const reader = new JsonLinesReader({ file: 'Test.json', meaningOf, maxLineBytes }, row, consumer);
  for (const chunk of chunks) reader.feed(chunk);
  reader.end();
  return rows;
}

const readText = (text: string): ReadRow[] => read([Buffer.from(text)]);

/** Cuts bytes at given positions. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((cut, i) => bytes.subarray(cuts[i], cut));
}

const member = fc.tuple(fc.constantFrom('A', 'B', 'C', 'X', 'Gone', 'Ünï"\n'), fc.json({ maxDepth: 2 }));
/** Each key of a row occurs once, in any order. */
const line = fc
  .uniqueArray(member, { selector: ([key]) => key })
  .chain((members) => fc.tuple(fc.constant(members), fc.constantFrom('', ' ', '\t')))
  .map(
    ([members, space]) =>
      `{${space}${members.map(([key, value]) => `${JSON.stringify(key)}${space}:${space}${value}`).join(`${space},${space}`)}}`,
  );

describe('rows', () => {
  test('hold the values that JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const rows = readText(lines.map((text) => `${text}\n`).join(''));
        expect(rows).toHaveLength(lines.length);
        rows.forEach(({ values }, i) => {
          const { Gone: _, ...expected } = JSON.parse(lines[i] as string) as Record<string, unknown>;
          const found = Object.entries(values).map(([key, value]) => [key, JSON.parse(value) as unknown]);
          expect(Object.fromEntries(found)).toEqual(expected);
        });
      }),
    );
  });

  test('do not depend on how the file is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.boolean(),
        (lines, places, ends) => {
          const bytes = Buffer.from(lines.join('\n') + (ends ? '\n' : ''));
          expect(read(cutAt(bytes, places))).toEqual(read([bytes]));
        },
      ),
    );
  });

  test('have positions, so that gaps between them show', () => {
    const [first, second, third] = readText('{"A":1}\n\r\n{"A":2}\n{"A":3}');
    expect(first).toMatchObject({ line: 1, position: 0 });
    expect(second).toMatchObject({ line: 3, position: 10 });
    // Without its newline the last line cannot be repeated unchanged.
    expect(third).toMatchObject({ line: 4, position: -1 });
  });

  test('keep numbers beyond 64 bits and bytes that are not UTF-8', () => {
    const row = new Row(COLUMNS.length);
    const seen: (Buffer | undefined)[] = [];
    const consumer = { row: (): void => void seen.push(...row.cells.map(textOf)) };
    const reader = new JsonLinesReader({ file: 'Test.json', meaningOf, maxLineBytes: 100 }, row, consumer);
    reader.feed(Buffer.from('{"A":123456789012345678901234567890,"B":"\xff\xc3"}\n', 'latin1'));
    expect(seen).toEqual([Buffer.from('123456789012345678901234567890'), Buffer.from([0xff, 0xc3]), undefined]);
  });

  test.each([
    ['the newer of two keys', '{"Old":1,"B":2}', '2'],
    ['the newer of two keys, in either order', '{"B":2,"Old":1}', '2'],
    ['the newer of two keys, even if it holds an empty text', '{"B":"","Old":"x"}', '""'],
    ['the last of one key', '{"B":1,"B":2}', '2'],
    ['the older key where the newer is null', '{"B":null,"Old":"x"}', '"x"'],
  ])('use for a column %s', (_, text, expected) => {
    expect(readText(text)[0]?.values['B']).toBe(expected);
  });
});

test('rows list the values that were ignored', () => {
  const row = new Row(COLUMNS.length);
  const seen: string[] = [];
  const take = (): void => void seen.push(row.repeats.map(({ key, kept }) => `${key} beside ${kept}`).join());
  const reader = new JsonLinesReader({ file: 'T.json', meaningOf, maxLineBytes: 1000 }, row, { row: take });
  reader.feed(
    Buffer.from(
      ['{"A":1,"A":2}', '{"Old":1,"B":2}', '{"B":2,"Old":1}', '{"Old":null,"B":2}', '{"A":1,"B":2}', ''].join('\n'),
    ),
  );
  expect(seen).toEqual(['A beside A', 'Old beside B', 'Old beside B', '', '']);
});

describe('malformed JSON', () => {
  test.each([
    ['{"A":1}\n{"A":"x', 'line 2: the line ends inside a string, at byte 7. The backup looks truncated'],
    ['{"A":1}\n{"A":1', 'line 2: the line ends before its object does, at byte 6. The backup looks truncated'],
    ['{"A":1}\n{"A"', 'line 2: the line ends after a key, at byte 4. The backup looks truncated'],
    ['{"A":1}\n{', 'line 2: the line ends before a key, at byte 1. The backup looks truncated'],
    ['[1]\n', 'line 1: the line does not begin with an object, at byte 0. Each line must be one JSON object'],
    ['{"A":1}{"A":2}\n', 'line 1: the line goes on after its object, at byte 7. Each line'],
    ['{"A":1 "B":2}\n', 'line 1: the line lacks a comma between two members, at byte 7. Each line'],
    ['\n\n{"A":01}\n', 'line 3: the line has a number with a leading zero, at byte 6. Each line'],
    ['{"A":"\u0007"}\n', 'line 1: the line has a control character inside a string, at byte 6. Each line'],
    ['{"A":1,}\n', 'line 1: the line lacks a key in quotes, at byte 7. Each line'],
  ])('%j is an error that names file, line and byte', (text, message) => {
    expect(() => readText(text)).toThrow(InputError);
    expect(() => readText(text)).toThrow(`Cannot read Test.json, ${message}`);
  });

  test('is reported the same way for any chunks, and without the content of the line', () => {
    const text = Buffer.from('{"A":"secret","B":2}\n{"A":"secret" "B":3}\n');
    const messageOf = (chunks: readonly Buffer[]): string => {
      try {
        read(chunks);
        return 'no error';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const message = messageOf([text]);
    expect(message).toContain('line 2');
    expect(message).not.toContain('secret');
    for (let cut = 0; cut <= text.length; cut++) expect(messageOf(cutAt(text, [cut]))).toBe(message);
  });

  test('is found exactly where JSON.parse finds it', () => {
    const pieces = fc.constantFrom('', '"', '\\', '{', '}', ',', ':', '1', ' ', 'null', '\u0001');
    fc.assert(
      fc.property(line, fc.nat(), fc.nat(4), pieces, (valid, at, length, piece) => {
        const start = at % (valid.length + 1);
        const text = valid.slice(0, start) + piece + valid.slice(start + length);
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          parsed = undefined;
        }
        const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        if (isObject || text.trim() === '') expect(() => readText(text)).not.toThrow();
        else expect(() => readText(text)).toThrow(InputError);
      }),
      { numRuns: runs(150) },
    );
  });
});

describe('a line over the limit', () => {
  const long = `{"A":"${'x'.repeat(100)}"}\n`;

  test('is an error that says how to raise the limit', () => {
    expect(() => read([Buffer.from(long)], 50)).toThrow('Test.json, line 1: it is longer than 50 bytes');
    expect(() => read([Buffer.from(long)], 50)).toThrow('--max-row-bytes');
  });

  test('is rejected before all of it is in memory', () => {
    const endless = [Buffer.from('{"A":"'), ...Array.from({ length: 9 }, () => Buffer.alloc(10, 'x'))];
    expect(() => read(endless, 50)).toThrow(InputError);
  });

  test('is longer than the limit by at least one byte', () => {
    expect(read([Buffer.from(long)], long.length)).toHaveLength(1);
    expect(read(cutAt(Buffer.from(long), [20, 40]), long.length)).toHaveLength(1);
    expect(() => read(cutAt(Buffer.from(long), [20, 40]), long.length - 1)).toThrow(InputError);
  });
});
