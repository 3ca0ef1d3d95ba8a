import { formatCount } from '../../../core/format.js';
import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  theDump: '转储',
  empty: ({ name }) => `无法读取 ${name}：文件是空的。本应写出它的备份失败了。`,
  holdsNothing: ({ name }) => `无法读取 ${name}：其中没有内容。本应写出它的备份失败了。`,
  notDecompressed: ({ name, reason }) => `无法解压 ${name}：${reason}。文件已损坏或被截断：请与原文件比较大小。`,
  bomb: ({ name, packed, unpacked }) =>
    `无法解压 ${name}：其中 ${packed} 字节解压后超过 ${unpacked} 字节。如果确实如此，请先自行解压，再指定解压结果。`,
  notSql: ({ name, what }) => `无法把 ${name} 作为 SQL 读取：${what}。`,
  nothingLikeSql: ({ name, bytes }) =>
    `无法读取 ${name}：它既不是压缩包也不是 SQLite 数据库，前 ${formatCount(bytes)} 字节中也没有像 SQL 转储的内容。可以读取 mysqldump、pg_dump（纯文本格式）、sqlite3 .dump 等程序的转储。`,
  noPgRestore: ({ name }) =>
    `无法读取 ${name}：它是 pg_dump 为 pg_restore 写的转储，而这里没有安装 pg_restore。请安装 PostgreSQL 客户端，或在别处转换为 SQL：\`pg_restore --no-owner -f dump.sql FILE\`。`,
  pgRestoreFailed: ({ name, complaint }) =>
    `无法读取 ${name}：它是 pg_dump 为 pg_restore 写的转储，而 pg_restore 报告：${complaint}。pg_restore 是否比写出该转储的 pg_dump 旧，或者转储被截断了？请在制作它的地方转换为 SQL：\`pg_restore --no-owner -f dump.sql FILE\`。`,
  binary: {
    zip: '它是 zip 压缩包',
    tar: '它是 tar 压缩包；请解压：`tar -xf FILE`',
    compressed: ({ by, command }) => `它用 ${by} 压缩；请先解压：\`${command}\``,
    archive: ({ by, command }) => `它是 ${by} 压缩包；请先解压：\`${command}\``,
    encrypted: ({ by, command }) => `它用 ${by} 加密；请先解密：\`${command}\``,
  },
  copyOptions: ({ name, line, table, options }) =>
    `无法读取 ${name} 第 ${line} 行：COPY ${table} 带有选项（${options}），而只能读取纯文本格式。请用 pg_dump 制作转储，不要更改 COPY 的格式。`,
  statementCutOff: ({ name, line, byte }) =>
    `无法读取 ${name}：文件在第 ${line} 行（第 ${byte} 字节）开始的语句中间结束。转储似乎被截断：请重新制作，或与原文件比较大小。`,
  effects: {
    addsRows: '添加了未列出的行',
    changesRows: '更改了它之前的行',
    changesOthers: '可能通过视图、触发器、规则、函数、外键或系统表更改其他表的行',
    notUnderstood: '无法理解',
    changesDefinitions: '更改了表的定义',
    addsBehindView: '向视图背后的表添加了行',
    usesCast: '所存储的值可能因转储创建的类型转换而与其给出的不同',
    addsToDropped: '向转储已删除的表添加了行',
    triggers: ({ table }) => `会使 ${table} 的触发器或规则生效`,
    namesOther: ({ table, other }) => `写的是 ${table}，在某些服务器上指 ${other}，在其他服务器上则是另一个表`,
    endsUncommitted: '结束了会话，而其中的行尚未提交',
    dependsOnServer: '在某些服务器上会执行，在其他服务器上则被忽略',
    renames: '为表改了名称',
    changesColumns: '更改了表的列或其内容',
    takesBack: '撤销了它之前的行',
    createsLate: ({ table }) => `创建 ${table}，而它之前已有该表的行`,
    createsAgain: ({ table, line }) => `创建 ${table}，而第 ${line} 行已创建过它。没有语句删除前一个`,
    createsView: '创建了代替表的视图，而转储中没有它的行',
    dropsRows: '删除了含有数据行的表',
    takesFromOther: '从另一个表获取列或行',
    changesType: ({ column }) => `更改了 ${column} 的类型`,
  },
  noColumns: ({ table, name, line, byte }) =>
    `无法读取 ${name} 中 ${table} 的行，第 ${line} 行（第 ${byte} 字节）：转储中既没有该表的定义，也没有列的列表。请重新制作带有定义的转储，或使用完整的 INSERT 语句。`,
  badRow: ({ table, name, line, byte, problem }) =>
    `无法读取 ${name} 中 ${table} 的行，第 ${line} 行（第 ${byte} 字节）：${problem}。`,
  rows: {
    columnTwice: '有重复的列名',
    tooManyValues: ({ most }) => `该行有超过 ${most} 个值`,
    valuesForColumns: ({ values, columns }) => `该行有 ${values} 个值，而列数为 ${columns}`,
    replaces: '该语句按无法跟踪的键替换或跳过行',
    replacesTooMany: '该语句替换或跳过行，而表太大，无法跟踪',
    replacesOne: '某行的键已经存在，而该语句会替换或跳过其中之一',
    tooLong: ({ bytes }) => `该行超过 ${bytes} 字节，这是内存中能保存的上限`,
    unknownDefault: '该行有转储未定义的 DEFAULT',
    someIds: '某语句为部分行给出 id，其余的留给数据库',
    unexpectedAfter: '数据行之后有意料之外的内容',
    noParenthesis: '该行不以括号开头',
    endsInRow: ({ line }) => `从第 ${line} 行开始的语句在某行中间结束`,
    unexpectedAfterValue: ({ value }) => `该行的第 ${value} 个值之后有意料之外的内容`,
    comment: '值之间有 MySQL 会执行的注释',
    otherCharacterSet: ({ name }) => `某个值使用字符集 ${name}；请用 utf8mb4 重新制作转储`,
    expression: '某个值是只有数据库才能求值的表达式',
    hasNull: ({ column }) => `该行的 ${column} 为 NULL，只有数据库知道它会得到什么值`,
    noValue: ({ column }) => `该行没有给出 ${column} 的值，只有数据库知道它会得到什么值`,
    unclear: ({ what }) => `有${what}；只有数据库知道会如何处理`,
  },
  values: {
    sessionTime: '写法取决于会话设置的时间',
    numberForBoolean: '用于布尔列的数字',
    textForBoolean: '用于布尔列的文本',
    fraction: '不是整数的数字',
    bits: '位串',
    bytesForNumber: '用于数字列的字节串',
    bytesForText: '用于文本列的非 UTF-8 字节串',
    bytesForCharset: '用于文本列的非 ASCII 字节，而该列的字符集不是 UTF-8',
    lacksCharacter:
      '列或会话的字符集没有的字符（MySQL 的 utf8 没有四字节字符；如果转储内容无误，请将其中 SET NAMES 和表定义里的 utf8 改为 utf8mb4）',
    numberForFraction: '浮点数列的数字',
    bytesForTime: '用于时间列的字节串',
    booleanForNumber: '用于数字列的布尔值',
    notInteger: '用于整数列的非整数值',
    outOfRange: '超出列范围的数字',
    numberForText: '用于文本列的数字，而各引擎的写法不同',
    tooLong: '超过列长度的文本',
    nul: '含有 NUL 字符的文本',
    forGenerated: '为由其他列计算得出的列给出的值',
    ownType: '被转换为转储自定义类型的值',
    oddTime: '写法特殊的时间',
    moreDigits: '位数超过列精度的时间',
    withOffset: '带时区偏移的时间，而列不保存偏移',
    withoutOffset: '不带时区偏移的时间，而会话的时区没有设为 UTC',
    oddUuid: '写法特殊的 UUID',
    oddValue: ({ type }) => `类型为 ${type} 的列的值，引擎可能以另一种写法保存`,
  },
  unfitValue: ({ table, column, line, engine, problem }) =>
    `无法为 ${engine} 写入输入第 ${line} 行的 ${table}.${column}：它的值${problem}。请在输入中更正该行，或选择其他输出。`,
  longTag: ({ name, line, byte, most }) =>
    `无法读取 ${name} 第 ${line} 行（第 ${byte} 字节）：美元引号的标签超过 ${most} 字节。转储程序不会写这么长的标签：请用 pg_dump 重新制作转储。`,
  endsInside: ({ name, what, line, byte }) =>
    `无法读取 ${name}：文件在第 ${line} 行（第 ${byte} 字节）开始的${what}中间结束。转储似乎被截断：请重新制作，或与原文件比较大小。`,
  unclosed: {
    string: '字符串',
    name: '带引号的名称',
    dollar: '美元引号字符串',
    comment: '注释',
    copy: ' COPY 数据',
  },
};
