import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  unfitValue: ({ place, line, column, problem }) => `无法读取 ${place} 第 ${line} 行的列 ${column}：${problem}。`,
  valueAt: ({ place, line, column }) => `${place} 第 ${line} 行：${column}`,
  noTable: ({ table, tables }) => `Gogs 没有表 ${table}，只有 ${tables}。`,
};
