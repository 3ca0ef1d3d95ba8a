import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  isLink: ({ path }) => `无法写入 ${path}：它是链接，而本工具不跟随链接。请直接指定文件本身。`,
  notReplaceable: ({ path }) => `无法写入 ${path}：它不是普通文件，因此不会被替换。请使用其他名称。`,
  exists: ({ path }) => `无法写入 ${path}：它已存在。请使用其他名称，或用 --force 允许替换。`,
  shrank: ({ byte, end }) =>
    `无法从第 ${byte} 字节继续读取：文件在此结束，而打开时到第 ${end} 字节为止。有程序在修改它：请使用副本。`,
  nameNotUtf8: ({ name }) =>
    `无法读取 ${name}：它的名称不是 UTF-8。请在文件夹的副本上重命名；如果是仓库的分支或标签，请在该仓库运行 \`git pack-refs --all\`。`,
  changed: ({ name }) => `无法使用 ${name}：它在读取过程中发生了变化。请停止 Gogs，或使用副本。`,
  folderExists: ({ path }) => `无法写入 ${path}：它已存在，而本工具不会合并到已有文件夹。请使用新的名称。`,
  nameTaken: ({ path }) =>
    `无法解压 ${path}：已有同名的内容。压缩包中有两个条目在此文件系统上是同一个名称，或应放文件的位置有文件夹。`,
  badPath: ({ path }) => `无法解压 ${path}：该路径指向文件夹之外，或文件系统不支持这样的名称。请在输入中重命名该文件。`,
  standardOutput: '标准输出',
  theArchive: '压缩包',
  isFolder: ({ path }) => `无法读取 ${path}：它是文件夹。请直接指定压缩包本身。`,
  notRegular: ({ path }) => `无法读取 ${path}：它不是普通文件。请先复制为普通文件。`,
  endsEarly: ({ path, byte, size }) =>
    `无法读取 ${path}：文件在第 ${byte} 字节结束，而打开时有 ${size} 字节。有程序在修改它：请使用副本。`,
  lostBytes: ({ path, written, read }) =>
    `无法再次读取 ${path}：写入了 ${written} 字节，而现有 ${read} 字节。请检查临时文件所在的磁盘。`,
  unknownEncoding: ({ label }) =>
    `无法识别 --encoding ${label}。请给出字符集的名称：gb18030、big5、shift_jis、euc-kr、windows-1252、koi8-r 等。`,
  otherEncoding: ({ file, line, label }) =>
    `无法读取 ${file}：在第 ${line} 行附近有不属于 ${label} 的字节。请指定它的字符集。`,
  isInput: ({ path }) => `无法写入 ${path}：它就是输入。请使用其他名称。`,
  outputIsInput: {
    stdout: '标准输出写入的是一个输入文件，会改变它。请把标准输出重定向到其他文件。',
    stderr: '标准错误写入的是一个输入文件，会改变它。请把标准错误重定向到其他文件。',
  },
  tooDeep: ({ name, path, most }) =>
    `无法读取 ${name}，条目 ${path}：它位于 ${most} 层以上的文件夹中。没有服务器有这么深的文件夹：压缩包已损坏或被恶意构造。`,
  isOutputTwice: ({ path }) => `无法写入 ${path}：此命令的另一个输出已使用该名称。请使用其他名称。`,
  outputNotUtf8: ({ path }) => `无法写入 ${path}：名称中有不是 UTF-8 的字节，文件会得到另一个名称。请使用其他名称。`,
};
