/** Chinese pages match the English ones: everything but prose is the same in both, section by section. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { repository } from '../support/fixtures.js';

const textOf = (page: string): string => readFileSync(join(repository, page), 'utf8');
const namesIn = (folder: string): string[] => readdirSync(join(repository, folder)).map((name) => `${folder}/${name}`);

/** The English and the Chinese page: of README, of every task, and of what else is translated. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['README.md', 'README.zh-CN.md'],
  ...namesIn('docs/tasks').map((page) => [page, page.replace('docs/', 'docs/zh/')] as const),
  ...namesIn('docs/zh')
    .filter((page) => page.endsWith('.md') && page !== 'docs/zh/README.md')
    .map((page) => [page.replace('docs/zh/', 'docs/'), page] as const),
];
const englishOf = new Map(PAIRS.map(([english, chinese]) => [chinese, english]));

const FENCES = /^( *)```(\w*)\n([\s\S]*?)^ *```$/gm;

const withoutComments = (code: string): string => code.replaceAll(/ +# .*$/gm, '');

const withoutCode = (text: string): string => text.replaceAll(FENCES, '').replaceAll(/^ {4}.*$/gm, '');

/** A link as on the English page, with the number of the heading instead of its anchor. */
function targetOf(page: string, link: string): string {
  if (/^https?:/.test(link)) return link;
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  const english = englishOf.get(file) ?? file;
  return anchor === undefined ? english : `${english}#${headingsOf(file).indexOf(anchor)}`;
}

/** The anchors of a page's headings. */
function headingsOf(page: string): string[] {
  return [...withoutCode(textOf(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

interface Section {
  readonly level: number;
  /** Language and text of each code block, without output, which is in the language of the page. */
  readonly code: readonly string[];
  readonly spans: readonly string[];
  readonly links: readonly string[];
  readonly figures: readonly string[];
  /** The line beginnings that form tables and lists. */
  readonly structure: readonly string[];
}

function sectionsOf(page: string): Section[] {
  return textOf(page)
    .split(/^(?=#+ )/m)
    .map((section) => {
      const prose = withoutCode(section);
      return {
        level: /^#*/.exec(section)?.[0].length ?? 0,
        code: [
          ...[...section.matchAll(FENCES)].map(([, indent = '', language = '', text = '']) =>
            language === '' && !text.trim().startsWith('gogs-backup-upgrade ')
              ? ''
              : `${language}\n${withoutComments(text).replaceAll(`\n${indent}`, '\n')}`,
          ),
          ...(section.replaceAll(FENCES, '').match(/^ {4}.*$/gm) ?? []).map(withoutComments),
        ],
        // English has names for months; messages of ours are in both languages.
        figures: [...new Set(prose.replaceAll(/年 \d+ 月/g, '').match(/\d+(?:[.,]\d+)*/g))].sort(),
        // Sorted, because word order differs.
        spans: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span).sort(),
        links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
          .map(([, link = '']) => targetOf(page, link))
          // The link to the page in the other language.
          .filter((target) => target !== (englishOf.get(page) ?? page))
          .sort(),
        structure: (prose.match(/^ *(?:[-*]|\d+\.|\|(?:[^|\n]*\|)+)(?= |$)/gm) ?? []).map((line) =>
          line.replaceAll(/[^|]*(?=\|)/g, ''),
        ),
      };
    });
}

test.each(PAIRS)('%s has the same sections, commands, options, figures and links as %s', (english, chinese) => {
  expect(sectionsOf(chinese)).toEqual(sectionsOf(english));
});

test('the index of the Chinese documents lists every page, in Chinese where there is one', () => {
  const index = 'docs/zh/README.md';
  const listed = [...textOf(index).matchAll(/^- \[[^\]]+\]\(([^)#]+)\)/gm)].map(([, link = '']) =>
    join(dirname(index), link),
  );
  const chineseOf = new Map(PAIRS);
  const pages = [...namesIn('docs'), ...namesIn('docs/tasks'), 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
    .filter((page) => page.endsWith('.md'))
    .map((page) => chineseOf.get(page) ?? page);
  expect(listed.sort()).toEqual(pages.sort());
});

const chinesePages = [...PAIRS.map(([, chinese]) => chinese), 'docs/zh/README.md'];

/** Violations of docs/chinese.md; code counts as a Latin word. */
const UNTYPOGRAPHIC =
  /\p{Script=Han}(?:\w|[,;:!?(])|(?:\w|[,;:!?)])\p{Script=Han}|[，。：；？！（）] (?![|·])| [，。：；？！（）]/gu;

test.each(chinesePages)('%s has fullwidth punctuation, and a space between Chinese and Latin words', (page) => {
  const prose = withoutCode(textOf(page))
    .replaceAll(/`[^`\n]*`/g, 'code')
    .replaceAll(/\]\([^)]*\)/g, ']');
  expect(prose.match(UNTYPOGRAPHIC) ?? []).toEqual([]);
});

/** All texts of the program in one language, with "…" for values. */
const printed = (language: 'en' | 'zh'): string =>
  readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(join('texts', `${language}.ts`)))
    .map((name) => textOf(join('src', name)).replaceAll(/\$\{\w+\}/g, '…'))
    .join('\n');

test.each(['docs/tasks/when-something-went-wrong.md', 'docs/zh/tasks/when-something-went-wrong.md'])(
  'the messages of this program that %s explains are those that it prints',
  (page) => {
    const ours = textOf(page)
      .split(/^(?=## )/m)
      .filter((section) => /^## (?:This program|本工具)/.test(section))
      .join('');
    const messages = [...ours.matchAll(/^### (.+)$/gm)]
      .flatMap(([, heading = '']) => heading.split(/ · |（|）/))
      .filter((message) => message !== '')
      .map((message) => message.replaceAll(/\d+/g, '…'));
    expect(messages.length).toBeGreaterThan(60);
    const texts = { en: printed('en'), zh: printed('zh') };
    expect(
      messages.filter((message) => !texts[/\p{Script=Han}/u.test(message) ? 'zh' : 'en'].includes(message)),
    ).toEqual([]);
  },
);
