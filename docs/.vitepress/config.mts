/** The documents as a site: README, this folder, and what stands beside them. Warnings and dead links are errors. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger, type Plugin } from 'vite';
import { type DefaultTheme, defineConfig, type MarkdownOptions } from 'vitepress';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const outDir = join(repository, 'build', 'site');

/** Pages that are not in docs/. */
const BESIDE = ['README.md', 'CHANGELOG.md', 'SECURITY.md', 'CONTRIBUTING.md'];

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

/** Markdown in docs/ and its folders, without what npm put there. */
function pagesIn(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(?:node_modules|\..*)$/.test(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** A page in Chinese has the path of the English one below docs/zh/. */
const CHINESE = 'docs/zh';
const pages = [...BESIDE, ...pagesIn('docs')];
const listed = GROUPS.flatMap((group) => group.pages);
const lost = pages.filter((page) => !page.startsWith(CHINESE) && !listed.includes(page));
if (lost.length > 0) throw new Error(`no group has ${lost.join(', ')}: add it in docs/.vitepress/config.mts`);

const otherFolders = readdirSync(repository, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && entry.name !== 'docs' ? [entry.name] : [],
);

const titleOf = (page: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(repository, page), 'utf8'))?.[1]?.replaceAll('`', '') ?? page;

const linkTo = (page: string): string => `/${page.replace(/(?:README)?\.md$/, '')}`;

const sidebarOf = (groups: readonly Group[]): DefaultTheme.SidebarItem[] =>
  groups
    .map(({ text, pages: members }) => ({
      text,
      items: members
        .filter((page) => pages.includes(page))
        .map((page) => ({ text: titleOf(page), link: linkTo(page) })),
    }))
    .filter(({ items }) => items.length > 0);

const inChinese = (page: string): string => `${CHINESE}/${page.replace(/^docs\//, '')}`;
const CHINESE_GROUPS: Readonly<Record<string, string>> = {
  Start: '开始',
  Tasks: '任务',
  Know: '了解',
  'Build on it': '二次开发',
  'The project': '项目',
};
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
const chineseGroups = GROUPS.map(({ text, pages: members }) => ({
  text: CHINESE_GROUPS[text] ?? text,
  pages: members.map(inChinese),
}));
const hasChinese = pages.some((page) => page.startsWith(CHINESE));

/** Files that pages link to and that are not pages: schemas, the licence. They are copied into the site. */
const linkedFiles = new Set<string>();

const logger = createLogger();
const refuse = (message: string): never => {
  throw new Error(message);
};

const config: MarkdownOptions['config'] = (md) => {
  const standard = md.renderer.rules.link_open;
  md.renderer.rules.link_open = (tokens, index, options, env: { path: string }, renderer) => {
    const href = tokens[index]?.attrGet('href') ?? '';
    const [path = ''] = href.split('#');
    // README is the first page.
    tokens[index]?.attrSet('href', href.replace(/(^|\/)README\.md(?=#|$)/, '$1index.md'));
    const file = resolve(dirname(env.path), path);
    const isPage = path === '' || path.endsWith('.md') || /^[a-z]+:/.test(path);
    if (isPage || !existsSync(file) || !statSync(file).isFile()) {
      return standard?.(tokens, index, options, env, renderer) ?? renderer.renderToken(tokens, index, options);
    }
    linkedFiles.add(file);
    tokens[index]?.attrSet('target', '_self');
    return renderer.renderToken(tokens, index, options);
  };
};

/** As GitHub names the anchors of headings, by which pages link to them. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** Pages beside docs/ have to find it as well. */
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
  base: process.env['SITE_BASE'] ?? '/',
  srcDir: '..',
  outDir,
  cacheDir: join(repository, 'build', 'site-cache'),
  srcExclude: [...otherFolders.map((name) => `${name}/**`), 'docs/node_modules/**'],
  rewrites: { 'README.md': 'index.md', [`${CHINESE}/README.md`]: `${CHINESE}/index.md` },
  markdown: { config, anchor: { slugify: anchorOf } },
  vite: {
    plugins: [vueOfTheSite],
    customLogger: { ...logger, warn: refuse, warnOnce: refuse },
    // Browsers of the last years.
    build: { target: 'es2022', chunkSizeWarningLimit: 2_000 },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: { locales: { [CHINESE]: { translations: CHINESE_SEARCH } } },
    },
    outline: [2, 3],
    // Not every page has a translation: the menu of languages leads to the first page.
    i18nRouting: false,
  },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: sidebarOf(GROUPS) } },
    ...(hasChinese
      ? {
          [CHINESE]: {
            label: '简体中文',
            lang: 'zh-CN',
            themeConfig: { ...CHINESE_THEME, sidebar: sidebarOf(chineseGroups) },
          },
        }
      : {}),
  },
  buildEnd: () => {
    for (const file of linkedFiles) {
      const copy = join(outDir, relative(repository, file));
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(file, copy);
    }
  },
});
