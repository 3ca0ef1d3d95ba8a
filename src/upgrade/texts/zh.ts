import { formatCount } from '../../core/format.js';
import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  columnIsGone: ({ column }) => `不再有 ${column}`,
  columnIsNew: ({ column }) => `新增 ${column}`,
  keyIsNow: ({ before, now }) => `${before} 改为 ${now}`,
  previewTarget: ({ name, asOf }) => `${name}（预览，截至 ${asOf}）`,
  preview: ({ name, asOf }) => `Gogs ${name} 尚未发布：这是预览，截至 ${asOf}`,
  foreignTable: {
    title: '已略去不属于 Gogs 的表',
    fromBackup: '备份中没有它们的位置。',
    fromSql: ({ engine }) => `无法把它们写为 ${engine} 的 SQL。`,
    remedy: '如果需要它们，请用其他方式迁移。',
  },
  notForSqlite: ({ engine }) => `无法为 ${engine} 写数据库文件：只有 SQLite 有数据库文件。请改写 SQL：new.sql。`,
  unfitForEngine: ({ engine, count, places }) =>
    `无法为 ${engine} 写入：有 ${formatCount(count)} 个值无法存入其列：${places}。请在输入中更正，或选择其他引擎。未写入任何内容。`,
  unfitForRestore: ({ input, count, places }) =>
    `无法转换 ${input}：有 ${formatCount(count)} 个值与列的类型不符，恢复会在此处中止：${places}。请在输入中更正，或去掉这些行。`,
  unfitValue: {
    title: '某些值与列的类型不符',
    consequence: '恢复会在此处中止，因此不写出备份。',
    remedy: '请在输入中更正该值，或去掉该行。SQL、数据库文件和服务器文件夹接受其他写法的时间，CSV 接受任何值。',
  },
  unfitPlace: ({ table, line, column }) => `${table} 第 ${line} 行，${column}`,
  valueIsUnfit: '某个值与列的类型不符',
  noSuchTable: ({ release }) => `Gogs ${release} 没有这个表`,
  theInput: '输入',
  titleAt: ({ title, places }) => `${title}（${places}）`,
  refused: ({ count, findings }) =>
    `已拒绝：指定了 --strict，而有 ${formatCount(count)} 项检查结果需要手动处理：${findings}。未写入任何内容。`,
};
