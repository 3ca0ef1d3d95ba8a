import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  utf16: ({ name }) => `无法读取 ${name}：它的编码是 UTF-16。请另存为 UTF-8。`,
  columnTwice: ({ name }) => `无法读取 ${name}：它的第一行中有重复的列名。`,
  unclear: {
    backslash: ({ name, line }) =>
      `无法读取 ${name} 第 ${line} 行：无法判断反斜杠是转义其后的字符（如 \\n 表示换行），还是反斜杠本身。请将该表导出为 SQL，或导出为带标题行、使用逗号和双写引号的 CSV。`,
    quote: ({ name, line }) =>
      `无法读取 ${name} 第 ${line} 行：无法判断字段两边的引号是否属于其文本。请将该表导出为 SQL，或导出为带标题行、使用逗号和双写引号的 CSV。`,
  },
  doubts: {
    nullWord: '不带引号的 NULL 或 \\N 被视为空值',
    backslash: '反斜杠被视为其本身，而不是转义',
    escape: '反斜杠被视为转义，而不是其本身',
    quote: '字段两边的引号被视为其文本的一部分',
    apostrophe: "引号内的 '' 被视为两个撇号；pgAdmin 用它表示一个撇号",
    lineEnd: '换行前的回车符被视为换行的一部分，尽管其他行没有回车符',
    openEnd: '最后一行没有换行符，因此最后一个值可能被截断',
  },
  doubtAt: ({ name, line, doubt }) => `${name} 第 ${line} 行：${doubt}`,
  onlyCr: ({ name }) => `无法读取 ${name}：它的行只以回车符结束，如旧款 Mac 所写。请以 Windows 或 Unix 的换行符另存。`,
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
