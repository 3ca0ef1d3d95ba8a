/** Builds the site: README, this folder, and the documents beside it. Warnings and dead links are errors. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger, type Plugin } from 'vite';
import { type DefaultTheme, defineConfig, type MarkdownOptions } from 'vitepress';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const outDir = join(repository, 'build', 'site');
const base = process.env['SITE_BASE'] ?? '/';

/** Pages outside of docs/. */
const BESIDE = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'SECURITY.md', 'CONTRIBUTING.md'];

interface Group {
  readonly text: string;
  readonly pages: readonly string[];
}

const GROUPS: readonly Group[] = [
  { text: 'Start', pages: ['README.md'] },
  {
    text: 'Tasks',
    pages: [
      'docs/tasks/move-to-a-new-server.md',
      'docs/tasks/docker.md',
      'docs/tasks/ready-folder.md',
      'docs/tasks/other-engine.md',
      'docs/tasks/native-dumps.md',
      'docs/tasks/only-a-folder.md',
      'docs/tasks/windows.md',
      'docs/tasks/thousands-of-backups.md',
      'docs/many-machines.md',
      'docs/tasks/when-something-went-wrong.md',
      'docs/tasks/leave-for-gitea.md',
    ],
  },
  {
    text: 'Know',
    pages: [
      'docs/how-it-works.md',
      'docs/gogs-backups.md',
      'docs/dangers.md',
      'docs/verify.md',
      'docs/reliability.md',
      'docs/performance.md',
      'SECURITY.md',
    ],
  },
  { text: 'Build on it', pages: ['docs/report.md', 'docs/library.md'] },
  {
    text: 'The project',
    pages: ['CHANGELOG.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/dependencies.md', 'docs/chinese.md'],
  },
];

/** Markdown files in docs/ and its subfolders, except node_modules. */
function pagesIn(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(?:node_modules|\..*)$/.test(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** A Chinese page is in docs/zh/ under the path of the English one. README is the first page. */
const CHINESE = 'docs/zh';
const CHINESE_README = 'README.zh-CN.md';
const CHINESE_INDEX = `${CHINESE}/README.md`;
const pages = [...BESIDE, ...pagesIn('docs')];
const listed = GROUPS.flatMap((group) => group.pages);
const lost = pages.filter((page) => !page.startsWith(CHINESE) && page !== CHINESE_README && !listed.includes(page));
if (lost.length > 0) throw new Error(`no group has ${lost.join(', ')}: add it in docs/.vitepress/config.mts`);

/** Everything else in the repository, such as the checklist that README's first command writes. */
const others = readdirSync(repository, { withFileTypes: true }).flatMap(({ name }) =>
  name === 'docs' || BESIDE.includes(name) ? [] : [name, `${name}/**`],
);

const titleOf = (page: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(repository, page), 'utf8'))?.[1]?.replaceAll('`', '') ?? page;

/** README is the first page of its language. */
const REWRITES: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  [CHINESE_README]: `${CHINESE}/index.md`,
};

const siteOf = (page: string): string => `/${REWRITES[page] ?? page}`;
const linkTo = (page: string): string => siteOf(page).replace(/(?:index)?\.md$/, '');

const sidebar: DefaultTheme.SidebarItem[] = GROUPS.map(({ text, pages: members }) => ({
  text,
  items: members.map((page) => ({ text: titleOf(page), link: linkTo(page) })),
}));

/** The pages in the index of the Chinese documents, including English ones. */
const chineseSidebar: DefaultTheme.SidebarItem[] = [
  {
    text: '开始',
    items: [CHINESE_README, CHINESE_INDEX].map((page) => ({ text: titleOf(page), link: linkTo(page) })),
  },
  ...readFileSync(join(repository, CHINESE_INDEX), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      text: section.split('\n', 1)[0] ?? '',
      items: [...section.matchAll(/^- \[([^\]]+)\]\(([^)#]+)\)(（英文）)?/gm)].map(
        ([, title = '', path = '', language = '']) => ({
          text: title + language,
          link: linkTo(join(dirname(CHINESE_INDEX), path)),
        }),
      ),
    })),
];
const CHINESE_THEME: DefaultTheme.Config = {
  outline: { level: [2, 3], label: '本页内容' },
  docFooter: { prev: '上一页', next: '下一页' },
  darkModeSwitchLabel: '外观',
  lightModeSwitchTitle: '切换到浅色',
  darkModeSwitchTitle: '切换到深色',
  sidebarMenuLabel: '菜单',
  returnToTopLabel: '回到顶部',
  langMenuLabel: '切换语言',
  skipToContentLabel: '跳到正文',
};
const CHINESE_SEARCH = {
  button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
  modal: {
    noResultsText: '没有找到',
    resetButtonTitle: '清除',
    displayDetails: '显示详细内容',
    backButtonTitle: '关闭',
    footer: { selectText: '选择', navigateText: '移动', closeText: '关闭' },
  },
};

/** Tokenizes pages for the search index, and queries. It is sent to the browser as text, so it uses nothing from outside. */
function wordsOf(text: string): string[] {
  const chinese = new Intl.Segmenter('zh', { granularity: 'word' });
  return text
    .split(/[\n\r\p{Z}\p{P}]+/u)
    .flatMap((word) =>
      /\p{Script=Han}/u.test(word) ? Array.from(chinese.segment(word), ({ segment }) => segment) : [word],
    );
}

/** Files that pages link to but that are not pages (schemas, the licence) are copied into the site. */
const linkedFiles = new Set<string>();

const logger = createLogger();
const refuse = (message: string): never => {
  throw new Error(message);
};

const config: MarkdownOptions['config'] = (md) => {
  const standard = md.renderer.rules.link_open;
  // The search index is rendered without realPath.
  md.renderer.rules.link_open = (tokens, index, options, env: { path: string; realPath?: string }, renderer) => {
    const href = tokens[index]?.attrGet('href') ?? '';
    const [path = '', anchor] = href.split('#');
    const file = resolve(dirname(env.realPath ?? env.path), decodeURI(path));
    const page = relative(repository, file);
    // Relative to the page in the repository, which has another path on the site.
    if (pages.includes(page))
      tokens[index]?.attrSet('href', anchor === undefined ? siteOf(page) : `${siteOf(page)}#${anchor}`);
    const isPage = path === '' || path.endsWith('.md') || /^[a-z]+:/.test(path);
    if (isPage || !existsSync(file) || !statSync(file).isFile()) {
      return standard?.(tokens, index, options, env, renderer) ?? renderer.renderToken(tokens, index, options);
    }
    linkedFiles.add(file);
    tokens[index]?.attrSet('href', `${base}${page}`);
    tokens[index]?.attrSet('target', '_self');
    return renderer.renderToken(tokens, index, options);
  };
};

/** Anchors of headings, as generated by GitHub, which pages link to. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** Pages outside of docs/ must find it too. */
const vueOfTheSite: Plugin = {
  name: 'vue of the site',
  enforce: 'pre',
  resolveId(id) {
    return /^vue(?:\/|$)/.test(id) ? this.resolve(id, fileURLToPath(import.meta.url), { skipSelf: true }) : null;
  },
};

export default defineConfig({
  title: 'gogs-backup-upgrade',
  description: 'Moves an old Gogs server to Gogs 0.13 or 0.14 from its backup alone',
  base,
  srcDir: '..',
  outDir,
  cacheDir: join(repository, 'build', 'site-cache'),
  srcExclude: [...others, 'docs/node_modules/**'],
  rewrites: { ...REWRITES },
  markdown: { config, anchor: { slugify: anchorOf } },
  vite: {
    plugins: [vueOfTheSite],
    customLogger: { ...logger, warn: refuse, warnOnce: refuse },
    // Browsers of recent years.
    build: { target: 'es2022', chunkSizeWarningLimit: 2_000 },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        locales: { [CHINESE]: { translations: CHINESE_SEARCH } },
        miniSearch: { options: { tokenize: wordsOf } },
        // VitePress would add it to the English index, because it uses the path of the file, not of the page.
        _render: (source, env: { path: string }, md) =>
          relative(repository, env.path) === CHINESE_README ? '' : md.render(source, env),
      },
    },
    outline: [2, 3],
    // Not every page is translated, so the language menu leads to the first page.
    i18nRouting: false,
  },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar } },
    [CHINESE]: {
      label: '简体中文',
      lang: 'zh-CN',
      description: '只凭备份，就能把旧的 Gogs 服务器迁移到 Gogs 0.13 或 0.14',
      themeConfig: { ...CHINESE_THEME, sidebar: chineseSidebar },
    },
  },
  buildEnd: () => {
    for (const file of linkedFiles) {
      const copy = join(outDir, relative(repository, file));
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(file, copy);
    }
  },
});
