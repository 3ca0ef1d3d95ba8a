import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  cutOff: ({ name, pages, bytes, size }) =>
    `无法使用 ${name}：数据库有 ${pages} 页（${bytes} 字节），但文件在 ${size} 字节后结束。副本被截断了：请在停止 Gogs 后重新复制，并确认磁盘未满。`,
  changed: ({ name }) =>
    `无法使用 ${name}：它在读取过程中发生了变化。请停止 Gogs 后重试，或指定用 \`sqlite3 gogs.db '.backup copy.db'\` 制作的副本，该命令可在 Gogs 运行时使用。`,
  changes: ({ name }) =>
    `无法使用 ${name}：它在复制过程中发生变化。请停止 Gogs 后重试，或指定用 \`sqlite3 gogs.db '.backup copy.db'\` 制作的副本，该命令可在 Gogs 运行时使用。`,
  damaged: ({ name, found }) =>
    `无法读取 ${name}：数据库已损坏（${found}）。请在停止 Gogs 后重新复制；如果原文件也已损坏，请用 \`sqlite3 gogs.db .recover > recovered.sql\` 挽救能挽救的内容，再指定 recovered.sql。`,
  rowTooLong: ({ name, table, row, bytes }) =>
    `无法读取 ${name}，表 ${table}，行 ${row}：它超过 ${bytes} 字节。如果该行确实如此，请用 --max-row-bytes 允许更大的行。`,
  badLog: ({ name, reason }) =>
    `无法读取 ${name}-wal（${name} 最新更改的日志）：${reason}。请在停止 Gogs 后重新复制两者。`,
  badJournal: ({ name }) =>
    `无法读取 ${name}：它的头部无法理解。请在旧服务器上用 \`sqlite3 gogs.db .tables\` 打开一次数据库以便整理，再重新复制。`,
  superJournal: ({ name }) =>
    `无法读取 ${name}：它属于跨多个数据库的事务。请在旧服务器上用 \`sqlite3 gogs.db .tables\` 打开一次数据库以便整理，再重新复制。`,
  temporaryCopy: '数据库的临时副本',
  sameKey: ({ columns }) =>
    `无法写数据库：有两行的 ${columns} 相同，而该值必须唯一。\`inspect\` 会列出这些行：请在旧服务器上或在输入中修改其中一行。备份（new.zip）和 SQL 会保留这两行。`,
  journalMode: ({ mode }) => `日志模式仍为 ${mode}`,
  placed: ({ page, table, found }) => `表 ${table} 的第 ${page} 页：${found}`,
  found: {
    badHeader: '它的头部无法理解',
    noSuchPage: ({ page, pages }) => `需要第 ${page} 页，而总共只有 ${pages} 页`,
    pageCutOff: ({ page }) => `第 ${page} 页被截断`,
    rowCutOff: ({ row }) => `行 ${row} 被截断`,
    tooManyValues: ({ row }) => `行 ${row} 的值多于表的列数`,
    keysOutOfOrder: '它的键顺序错误',
    rowOutOfOrder: ({ row }) => `行 ${row} 的顺序错误`,
    rowBeyondPage: '某行超出了所在的页',
    rowBeyondDatabase: ({ bytes }) => `某行声称占用 ${bytes} 字节，超过整个数据库`,
    longRowGoesOn: '某个长行没有在应有的位置结束',
    pageMissing: '没有这一页',
    pageUsedTwice: '它被使用了两次',
    notATablePage: '它不是表的页',
    tooDeep: '它的层级过深',
    rowOutside: '某行位于页之外',
    numberCutOff: '某个数字被截断',
    unknownType: ({ type }) => `某个值的类型为 ${type}，该类型不存在`,
    badDefault: ({ column, reason }) => `列 ${column} 的默认值无法理解：${reason}`,
  },
  withoutRowId: '它是 WITHOUT ROWID 表',
  noColumnList: '它不是列的列表',
  definesAnother: '它定义的是另一个表',
};
