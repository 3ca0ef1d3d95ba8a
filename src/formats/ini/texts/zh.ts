import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  theFile: 'ini 文件',
  cannotQuote: ({ key }) => `无法为 ${key} 写入值：ini 文件无法引用同时含有 \` 和 """ 的多行文本。请选择其他值。`,
  cannotSpellKey: ({ key }) => `无法写入键 ${key}：ini 文件无法表示它。`,
  sectionSpansLines: ({ section }) => `无法写入节 ${section}：它跨越多行。`,
  unclosedHeader: ({ file, line }) => `无法读取 ${file} 第 ${line} 行：节标题没有 "]"。请补上方括号。`,
  namelessHeader: ({ file, line }) => `无法读取 ${file} 第 ${line} 行：节标题没有名称。请填写节名或删除该行。`,
  unknownLine: ({ file, line }) =>
    `无法读取 ${file} 第 ${line} 行：既不是注释或节，也不是 "key = value"。Gogs 同样拒绝加载此文件：请更正该行，或在行首加上 ";"。`,
  utf16: ({ file, line }) =>
    `无法读取 ${file} 第 ${line} 行：既不是注释或节，也不是 "key = value"，因为此文件是 UTF-16 编码（Windows 上有些编辑器称之为 Unicode）。Gogs 同样拒绝加载它：请另存为 UTF-8。`,
  unclosedValue: ({ file, line, quote }) =>
    `无法读取 ${file} 第 ${line} 行：以 ${quote} 开头的值没有结束。请补上引号。`,
};
