import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  utf16: ({ name }) => `无法读取 ${name}：它的编码是 UTF-16。请另存为 UTF-8。`,
  columnTwice: ({ name }) => `无法读取 ${name}：它的第一行中有重复的列名。`,
  unclear: ({ name }) =>
    `无法读取 ${name}：其中有制表符和反斜杠，但没有引号或 \\N，因此无法判断 \\n 是换行还是两个字符。请另存为使用逗号和引号的 CSV。`,
  noHeader: ({ name }) => `无法读取 ${name}：它的第一行不是表的列名。请加上由 SQL 列名组成的标题行。`,
  badLine: ({ name, line, problem }) => `无法读取 ${name} 第 ${line} 行：${problem}。`,
  badRow: ({ name, line, byte, problem }) => `无法读取 ${name} 第 ${line} 行（第 ${byte} 字节）：${problem}。`,
  problems: {
    unclosedQuote: ({ line }) => `第 ${line} 行的引号没有闭合`,
    textAfterQuote: '带引号的字段之后还有文本',
    tooManyFields: ({ most }) => `该行有超过 ${most} 个字段`,
    fieldsForColumns: ({ fields, columns }) => `该行有 ${fields} 个字段，而列数为 ${columns}`,
    rowTooLong: ({ bytes }) => `该行超过 ${bytes} 字节；是否有引号没有闭合？`,
  },
};
