import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  sparse: ({ name, path }) =>
    `无法读取 ${name}，${path}：它是稀疏文件，分段太多，无法在此读取。请用 \`tar -xf\` 解压该压缩包，再指定得到的文件夹。`,
  unknownType: ({ name, path }) =>
    `无法读取 ${name}，${path}：该条目的类型只有写入该压缩包的程序才能读取。请用 \`tar -xf\` 解压该压缩包，再指定得到的文件夹。`,
  badName: ({ name, path }) =>
    `无法读取 ${name}，条目 ${path}：这样的名称会指向压缩包之外，或没有文件会用它。压缩包已损坏或被恶意构造：请重新获取副本。`,
  damaged: ({ name, reason }) => `无法把 ${name} 作为 tar 压缩包读取：${reason}。它已损坏：请与原文件比较大小。`,
  cutOff: ({ name }) => `无法读取 ${name}：压缩包在中途结束。它被截断了：请与原文件比较大小，并重新复制。`,
  severalArchives: ({ name }) =>
    `无法读取 ${name}：它的结尾之后还有另一个压缩包，可能是较旧的。请解压需要的部分（\`tar -xf\` 读取第一个，\`tar -xif\` 读取全部），再指定得到的文件夹。`,
  brokenLink: ({ name, path, target }) =>
    `无法读取 ${name}：${path} 是指向 ${target} 的链接，而后者不在压缩包中。请重新打包整个文件夹。`,
  folderLink: ({ name, path, target }) =>
    `无法读取 ${name}：${path} 是指向文件夹 ${target} 的硬链接，任何文件系统都没有这样的链接。压缩包已损坏或被恶意构造：请重新获取副本。`,
  fileAndFolder: ({ name, path }) =>
    `无法读取 ${name}，条目 ${path}：压缩包中有同名的文件和文件夹，或其上级如此。请用 \`tar -xf\` 解压，确认哪一个正确，再指定得到的文件夹。`,
};
