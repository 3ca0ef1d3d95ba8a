import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  lineTooLong: ({ file, line, bytes }) =>
    `无法读取 ${file} 第 ${line} 行：它超过 ${bytes} 字节。如果该行确实如此，请用 --max-row-bytes 允许更大的行。`,
  badLine: ({ file, line, what, byte }) =>
    `无法读取 ${file} 第 ${line} 行：该行${what}（第 ${byte} 字节处）。每行必须是一个 JSON 对象：请更正该行，或重新制作备份。`,
  truncatedLine: ({ file, line, what, byte }) =>
    `无法读取 ${file} 第 ${line} 行：该行${what}（第 ${byte} 字节处）。备份似乎被截断：请与原文件比较大小。`,
  problems: {
    noObject: '不以对象开头',
    endsInObject: '在对象结束之前就结束了',
    noCommaBetweenMembers: '在两个成员之间缺少逗号',
    goesOn: '在对象之后还有内容',
    endsInString: '在字符串中间结束',
    controlCharacter: '在字符串中有控制字符',
    unknownEscape: '在字符串中有未知的转义',
    badHexEscape: '有不带四位十六进制数字的 \\u 转义',
    leadingZero: '有以零开头的数字',
    endsInNumber: '在数字中间结束',
    badNumber: '有格式错误的数字',
    noValue: '没有 JSON 值',
    endsInWord: '在单词中间结束',
    badWord: '有不是 JSON 的单词',
    endsBeforeValue: '在值之前结束',
    tooDeep: ({ depth }) => `嵌套超过 ${depth} 层`,
    endsInContainer: '在对象或数组中间结束',
    noCommaBetweenValues: '在两个值之间缺少逗号',
    endsBeforeKey: '在键之前结束',
    noKey: '缺少带引号的键',
    endsAfterKey: '在键之后结束',
    noColon: '在键之后缺少冒号',
  },
};
