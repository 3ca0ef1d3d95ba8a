import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../../src/core/errors.js';
import { IniDocument, type IniOptions } from '../../../src/formats/ini/IniDocument.js';
import { growth, LINEAR, runs } from '../../support/effort.js';
import { unicodeText } from '../../support/unicodeText.js';

const parse = (text: string, options?: IniOptions) => IniDocument.parse(Buffer.from(text), options);
const value = (text: string, options?: IniOptions) => parse(text, options).get('', 'K');
const written = (document: IniDocument) => document.toBuffer().toString();

/** Lines that exercise every branch of the parser more often than random text does. */
const fragment = fc.constantFrom(
  'KEY = value',
  'KEY=',
  'KEY : a # b ; c',
  ' indented = "quoted"',
  "K = 'single'",
  'K = `back;tick` ; comment',
  'K = """',
  '"""',
  'K = """one line"""',
  'K = `',
  '`',
  'K = a\\',
  'K = a\\ ; comment',
  '`a=b` = c',
  '`K`ignored = c',
  '"""x"""=y',
  '- = counted',
  '[section]',
  '[a.b]',
  '[DEFAULT]',
  '# comment',
  '  ; comment',
  '',
  '   ',
  'K = \u00a0spaced\u2003',
  'K = \\',
);
const lines = fc
  .array(fc.tuple(fragment, fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 12 })
  .map((parts) => parts.map(([text, end]) => text + end).join(''));
const maybeUnterminated = fc.tuple(lines, fc.boolean()).map(([text, cut]) => (cut ? text.trimEnd() : text));

/** Undefined for a text that go-ini rejects. */
function parseOrRefuse(text: string | Uint8Array, options?: IniOptions): IniDocument | undefined {
  try {
    return IniDocument.parse(typeof text === 'string' ? Buffer.from(text) : text, options);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return undefined;
  }
}

/** Every value by section and key, without empty sections. */
function view(document: IniDocument): Record<string, Record<string, string>> {
  const sections = document.sections().map((section) => {
    const values = document.keys(section).map((key) => [key, document.get(section, key) ?? '']);
    return [section, Object.fromEntries(values)] as const;
  });
  return Object.fromEntries(sections.filter(([, values]) => Object.keys(values).length > 0));
}

describe('reading as go-ini does', () => {
  test.each([
    ['K = v', 'v'],
    ['K: v', 'v'],
    ['K=a=b:c', 'a=b:c'],
    ['K =   padded  ', 'padded'],
    ['K = \u00a0padded\u2003', 'padded'],
    ['K = "quoted "', 'quoted '],
    ["K = ' quoted'", ' quoted'],
    ['K = "a" and "b"', '"a" and "b"'],
    ['K = `mail;pw#1`', 'mail;pw#1'],
    ['K = `a`b` ; comment', 'a`b'],
    ['K = """one"line"""', 'one"line'],
    ['K = """two\r\nlines"""\r\n', 'two\r\nlines'],
    ['K = `two\n lines` # comment\n', 'two\n lines'],
    ['K = a\\\n   b\\\n c\nX = y', 'abc'],
    ['K = a\\\n\nX = y', 'a'],
    ['K = a\\', 'a'],
    ['K = """', '"""'],
    ['K =', ''],
    ['K = %(X)s', '%(X)s'],
    ['K = 1\nK = 2', '2'],
    ['`K` = quoted key', 'quoted key'],
    ['"K" = quoted key', 'quoted key'],
    ['"""K""" = quoted key', 'quoted key'],
    ['\ufeffK = after a byte order mark', 'after a byte order mark'],
    ['[DEFAULT]\nK = default', 'default'],
    ['K = 1\n[x]\nK = 2\n[DEFAULT]\nK = 3', '3'],
  ])('%j is %j', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test('a # or ; inside a value belongs to the value unless the file is read with inline comments', () => {
    expect(value('K = a;b # c')).toBe('a;b # c');
    expect(value('K = a;b # c', { inlineComments: true })).toBe('a');
    expect(value('K = `a;b` # c', { inlineComments: true })).toBe('a;b');
  });

  test('section names are case-sensitive, repeated sections merge, and they inherit from the part before the last dot', () => {
    const document = parse('[a]\nX = 1\nY = 2\n[A]\nX = 3\n[a.b]\nY = 4\n[a]\nX = 5\n');
    expect(document.sections()).toEqual(['a', 'A', 'a.b']);
    expect(document.get('a', 'X')).toBe('5');
    expect(document.get('A', 'X')).toBe('3');
    expect(document.get('a.b', 'X')).toBe('5');
    expect(document.get('a.b.c', 'Y')).toBe('4');
    expect(document.get('a.b', 'Z')).toBeUndefined();
    expect(document.keys('a.b')).toEqual(['Y']);
  });

  test.each([
    ['a\n', 'line 1'],
    ['K = v\n[open\n', 'line 2'],
    ['\n\n= v', 'line 3'],
    ['K = v\n[]\n', 'line 2'],
    ['K = 1\n`K = 2\n', 'line 2'],
    ['[x]\nK = `secret\nsecret\n', 'line 2'],
  ])('%j is rejected at its %s', (text, line) => {
    expect(() => parse(text)).toThrow(InputError);
    expect(() => parse(text)).toThrow(line);
  });

  test('a message never quotes the line, which may hold a password', () => {
    expect(() => parse('PASSWD "hunter2"\n')).toThrow(expect.not.objectContaining({ message: /hunter2/ }));
    expect(() => parse('PASSWD "hunter2"\n')).not.toThrow(/hunter2/);
  });
});

test('400 texts read as go-ini 1.67.0 read them', () => {
  // [text, inline comments, go-ini's result: values by section and key, or null if it rejects the text]
  type Case = [string, boolean, Record<string, Record<string, string>> | null];
  const file = new URL('../../../../tests/fixtures/ini/go-ini-1.67.0.json', import.meta.url);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];
  expect(cases).toHaveLength(400);
  for (const [text, inlineComments, expected] of cases) {
    const document = parseOrRefuse(text, { inlineComments });
    expect([text, document === undefined ? null : view(document)]).toEqual([text, expected]);
  }
});

describe('keeping unchanged bytes', () => {
  test('any bytes that parse are written back unchanged', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 40 }), maybeUnterminated),
        fc.boolean(),
        (source, inlineComments) => {
          const document = parseOrRefuse(source, { inlineComments });
          if (document !== undefined) expect(document.toBuffer()).toEqual(Buffer.from(source as Uint8Array));
        },
      ),
      { numRuns: runs(200) },
    );
  });

  test('a file in UTF-16 is rejected with that reason', () => {
    const text = '; comment\n\nA = 1\n[s]\n';
    for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(`\ufeff${text}`, 'utf16le').swap16()])
      expect(() => IniDocument.parse(bytes)).toThrow(/line \d: .*UTF-16.* save it as UTF-8/);
  });

  test('bytes that are not UTF-8 survive a change elsewhere', () => {
    const document = IniDocument.parse(Buffer.from('K = caf\xe9\nL = 1\n', 'latin1'));
    document.set('', 'L', 'é');
    document.renameKey('', 'K', 'M');
    expect(document.toBuffer()).toEqual(
      Buffer.concat([Buffer.from('M = caf\xe9\nL = ', 'latin1'), Buffer.from('é\n')]),
    );
  });
});

describe('changing', () => {
  test('set replaces only the value and keeps spacing, comments and line ends', () => {
    const document = parse('; top\r\n[server]\r\n  HTTP_PORT=3000\r\n; next\r\nX = y\r\n');
    document.set('server', 'HTTP_PORT', '80');
    expect(written(document)).toBe('; top\r\n[server]\r\n  HTTP_PORT=80\r\n; next\r\nX = y\r\n');
  });

  test('set fills an empty value, with a space before it if there is one before the delimiter', () => {
    const document = parse('A =\nB=\nC = \n');
    for (const key of ['A', 'B', 'C']) document.set('', key, '1');
    expect(written(document)).toBe('A = 1\nB=1\nC = 1\n');
  });

  test('set adds a new key after the last one of its section, and a new section at the end', () => {
    const document = parse('[a]\nX = 1\n\n; about b\n[b]\nY = 2');
    document.set('a', 'Z', '3');
    document.set('c.d', 'W', '4');
    document.set('', 'TOP', '0');
    expect(written(document)).toBe('TOP = 0\n[a]\nX = 1\nZ = 3\n\n; about b\n[b]\nY = 2\n\n[c.d]\nW = 4\n');
  });

  test('set quotes values that would otherwise be read differently', () => {
    const document = parse('');
    const values = [' padded ', '`', 'a\\', '"quoted"', '"""x', 'two\nlines', '`\n', ''];
    for (const [index, text] of values.entries()) document.set('s', `K${index}`, text);
    const again = IniDocument.parse(document.toBuffer());
    expect(values.map((_, index) => again.get('s', `K${index}`))).toEqual(values);
  });

  test('set then get, through the bytes, returns any value, or set refuses and changes nothing', () => {
    const text = fc.oneof(
      unicodeText({ maxLength: 12 }),
      fc.string({
        unit: fc.constantFrom('`', '"', "'", '\\', '\n', '\r', ' ', '#', ';', '=', 'a', '\u00a0'),
        maxLength: 9,
      }),
    );
    const options = fc.record({ inlineComments: fc.boolean() });
    let refused = 0;
    fc.assert(
      fc.property(
        maybeUnterminated,
        fc.constantFrom('', 'section', 'new'),
        text,
        options,
        (base, section, wanted, how) => {
          const document = parseOrRefuse(base, how);
          if (document === undefined) return;
          const [bytes, before] = [document.toBuffer(), view(document)];
          try {
            document.set(section, 'KEY', wanted);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            // Only a text of several lines with both kinds of quotes cannot be written.
            expect(wanted).toMatch(/^(?=.*\n)(?=.*`)(?=.*")/s);
            expect(document.toBuffer()).toEqual(bytes);
            refused++;
            return;
          }
          const after = view(IniDocument.parse(document.toBuffer(), how));
          expect(after).toEqual({ ...before, [section]: { ...before[section], KEY: wanted } });
        },
      ),
      { numRuns: runs(150) },
    );
    expect(refused).toBeLessThan(60);
  });

  test('any key that can be written is read back; others are rejected', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '=', ':', '`', '"', '[', '#', ' ', '-', 'é'), maxLength: 6 }),
        (key) => {
          const document = parse('');
          try {
            document.set('s', key, 'v');
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect(key).toMatch(/^$|^ | $|`|^-$/);
            return;
          }
          expect(IniDocument.parse(document.toBuffer()).get('s', key)).toBe('v');
        },
      ),
    );
  });

  test('renameKey renames every occurrence and keeps the bytes of the value', () => {
    const document = parse('[database]\nPASSWD : `a;b`   # why\nPASSWD="x"\n');
    expect(document.renameKey('database', 'PASSWD', 'PASSWORD')).toBe(true);
    expect(document.renameKey('database', 'GONE', 'X')).toBe(false);
    expect(written(document)).toBe('[database]\nPASSWORD : `a;b`   # why\nPASSWORD="x"\n');
  });

  test('renameSection renames each header in place', () => {
    const document = parse('[mailer]  ; relay\nA = 1\n[x]\n[mailer]\nB = 2\n');
    expect(document.renameSection('mailer', 'email')).toBe(true);
    expect(written(document)).toBe('[email]  ; relay\nA = 1\n[x]\n[email]\nB = 2\n');
    expect(document.keys('email')).toEqual(['A', 'B']);
  });

  test('moveKey moves the value together with the comment directly above it', () => {
    const document = parse('[service]\nA = 1\n; we notify\nN = `true`\nB = 2\n[user]\nC = 3\n');
    expect(document.moveKey({ section: 'service', key: 'N' }, { section: 'user', key: 'M' })).toBe(true);
    expect(written(document)).toBe('[service]\nA = 1\nB = 2\n[user]\nC = 3\n; we notify\nM = `true`\n');
  });

  test('remove drops every occurrence and nothing else', () => {
    const document = parse('; c\nA = 1\nB = 2\nA = """3\n4"""\n');
    expect(document.remove('', 'A')).toBe(true);
    expect(written(document)).toBe('; c\nB = 2\n');
  });

  test('lifting inline comments keeps every value for a reader without inline comments', () => {
    const text = '[a]\r\n  PORT = 3000 ; the port\r\nPASS = `a;b` # quoted\r\nX = "q" #c';
    const document = parse(text, { inlineComments: true });
    expect(document.liftInlineComments()).toEqual([
      { section: 'a', key: 'PORT' },
      { section: 'a', key: 'X' },
    ]);
    const lifted = IniDocument.parse(document.toBuffer());
    expect(['PORT', 'PASS', 'X'].map((key) => lifted.get('a', key))).toEqual(['3000', 'a;b', 'q']);
    expect(written(document)).toBe('[a]\r\n  ; the port\r\n  PORT = 3000\r\nPASS = `a;b` # quoted\r\n#c\nX = "q"');
  });

  test('lifting an inline comment keeps a backslash before it from continuing the line', () => {
    const document = parse('PASS = a\\ ; comment\nX = 1\n', { inlineComments: true });
    document.liftInlineComments();
    expect(written(document)).toBe('; comment\nPASS = `a\\`\nX = 1\n');
  });

  test('renaming and moving a quoted key drop what go-ini ignores after its quotes', () => {
    const document = parse('[a]\n`K`x = 1\n`L` y: 2\n');
    document.renameKey('a', 'K', 'N');
    document.moveKey({ section: 'a', key: 'L' }, { section: 'b', key: 'M' });
    expect(written(document)).toBe('[a]\nN = 1\n\n[b]\nM: 2\n');
  });

  test('lifting inline comments never changes a value', () => {
    fc.assert(
      fc.property(maybeUnterminated, (text) => {
        const document = parseOrRefuse(text, { inlineComments: true });
        if (document === undefined) return;
        const before = view(document);
        document.liftInlineComments();
        expect(view(IniDocument.parse(document.toBuffer()))).toEqual(before);
      }),
      { numRuns: runs(150) },
    );
  });

  test('moving a key and renaming a section move the values and nothing else', () => {
    fc.assert(
      fc.property(lines, maybeUnterminated, fc.constantFrom('', 'a.b', 'new'), (above, below, target) => {
        const document = parseOrRefuse(`${above}\n[section]\nK = 1\n${below}`);
        if (document === undefined || !document.keys('section').includes('K')) return;
        const before = view(document);
        document.moveKey({ section: 'section', key: 'K' }, { section: target, key: 'MOVED' });
        document.renameSection('section', 'other');
        const { section: { K: moved, ...rest } = {}, ...others } = before;
        const expected = {
          ...others,
          ...(Object.keys(rest).length > 0 && { other: rest }),
          [target]: { ...others[target], MOVED: moved },
        };
        expect(view(IniDocument.parse(document.toBuffer()))).toEqual(expected);
      }),
      { numRuns: runs(200) },
    );
  });

  test('a value over very many lines takes linear time', async () => {
    const work = (lines: number): void => {
      const document = parse(`A = ${'x \\\n'.repeat(lines)}end\nB = 1\n`);
      document.set('', 'B', '2');
      document.toBuffer();
      expect(document.get('', 'A')).toBe(`${'x '.repeat(lines)}end`);
    };
    expect(await growth(10_000, work)).toBeLessThan(LINEAR);
  });
});
