import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { catalogue, listed, setLanguage } from '../../src/core/language.js';
import { repository } from '../support/fixtures.js';

afterEach(() => setLanguage('en'));

describe('the language in use', () => {
  test('is English by default, and applies at the time a text is looked up', () => {
    const texts = catalogue({ en: { hello: 'hello' }, zh: { hello: '你好' } });
    expect(texts().hello).toBe('hello');
    setLanguage('zh');
    expect(texts().hello).toBe('你好');
    expect(listed(['a', 'b'])).toBe('a、b');
  });

  test('does not compile with a text that is missing, superfluous, or has other values', () => {
    const en = { hello: 'hello', rows: ({ count }: { count: number }) => `${count} rows` };
    // @ts-expect-error: a text is missing
    catalogue({ en, zh: { hello: '你好' } });
    // @ts-expect-error: a text that English does not have
    catalogue({ en, zh: { hello: '你好', rows: ({ count }) => `${count} 行`, bye: '再见' } });
    // @ts-expect-error: a value that English does not give
    catalogue({ en, zh: { hello: '你好', rows: ({ number }) => `${number} 行` } });
  });
});

type Texts = { readonly [key: string]: Texts | string | ((values: object) => string) };

const source = join(repository, 'src');
const folders = (readdirSync(source, { recursive: true }) as string[])
  .filter((file) => file.endsWith(join('texts', 'en.ts')))
  .map((file) => file.slice(0, -'/en.ts'.length).replaceAll('\\', '/'));

/** Calls a text with a marker for each value that it uses. */
function call(text: string | ((values: object) => string)): { said: string; asked: string[] } {
  if (typeof text === 'string') return { said: text, asked: [] };
  const asked: string[] = [];
  const get = (_: object, name: string | symbol): string => {
    asked.push(String(name));
    return `⟦${String(name)}⟧`;
  };
  const values = new Proxy({}, { get });
  return { said: text(values), asked: [...new Set(asked)].sort() };
}

function* pairs(
  en: Texts,
  zh: Texts,
  path = '',
): Generator<[string, string | (() => string), string | (() => string)]> {
  for (const [key, text] of Object.entries(en)) {
    const other = zh[key];
    if (typeof text === 'object') yield* pairs(text, other as Texts, `${path}${key}.`);
    else yield [`${path}${key}`, text as string, other as string];
  }
}

/** Removes what is not translated: values, and output of other programs and commands. */
const withoutQuotes = (text: string): string => text.replaceAll(/⟦.*?⟧|"[^"]*"|`[^`]*`|\([^)]*\)/g, '');

describe.each(folders)('%s', (folder) => {
  test('has every value in both languages, and no English in Chinese texts', async () => {
    const { en } = (await import(`../../src/${folder}/en.js`)) as { en: Texts };
    const { zh } = (await import(`../../src/${folder}/zh.js`)) as { zh: Texts };
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    const wrong: string[] = [];
    for (const [key, english, chinese] of pairs(en, zh)) {
      setLanguage('en');
      const first = call(english);
      setLanguage('zh');
      const second = call(chinese);
      const said = `${key}: ${second.said}`;
      if (String(first.asked) !== String(second.asked)) wrong.push(`${said} asks for other values than English`);
      for (const { said: words, asked } of [first, second]) {
        for (const name of asked) if (!words.includes(`⟦${name}⟧`)) wrong.push(`${key}: ${words} lacks ${name}`);
      }
      if (/\p{Script=Han}/u.test(first.said)) wrong.push(`${key}: ${first.said} is not English`);
      if (/[a-z]{3}/.test(withoutQuotes(first.said)) && !/\p{Script=Han}/u.test(second.said)) {
        wrong.push(`${said} has no Chinese`);
      }
      if (/(?:\b[a-z]+ ){4}[a-z]+\b/.test(withoutQuotes(second.said))) wrong.push(`${said} holds an English sentence`);
      if (/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u.test(withoutQuotes(second.said))) {
        wrong.push(`${said} lacks a space between Chinese and Latin`);
      }
      if (/\p{Script=Han} ?[,;:!?](?:\s|$)/u.test(withoutQuotes(second.said)))
        wrong.push(`${said} has halfwidth punctuation`);
    }
    expect(wrong).toEqual([]);
  });
});

test('plurals are for English only', () => {
  const users = folders.filter((folder) => /\bplural\(/.test(readFileSync(join(source, folder, 'zh.ts'), 'utf8')));
  expect(users).toEqual([]);
});

test('every folder of texts is found', () => {
  expect(folders).toEqual(expect.arrayContaining(['checks/rows/texts', 'checks/files/texts', 'checks/settings/texts']));
});
