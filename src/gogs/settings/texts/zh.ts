import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  assignment: {
    unclear: ({ setting }) =>
      `无法读取设置 ${setting}：应为 section.KEY=value，例如 server.EXTERNAL_URL=https://git.example.com/。名称不带方括号。`,
    noSection: ({ setting, key }) =>
      `无法读取设置 ${setting}：点号之前没有节名。不属于任何节的设置请写作 ${key}=value。`,
    otherName: ({ name, release, current }) =>
      `无法设置 ${name}：Gogs ${release} 不读取这个名称。请写作 ${current}=value。`,
  },
  changes: {
    renamed: ({ name, to, reason }) => `${name} → ${to}：${reason}`,
    dropped: ({ name, reason }) => `已移除 ${name}：${reason}`,
    rewritten: ({ name, reason }) => `已改写 ${name}：${reason}`,
    added: ({ name, reason }) => `已添加 ${name}：${reason}`,
    unread: ({ name, reason }) => `${name} 不会被读取：${reason}`,
  },
  reasons: {
    comment: '其后的注释会变成值的一部分',
    notReadByWriter: '写入该文件的程序已不再读取它',
    inForce: ({ name }) => `当时生效的是 ${name} 的值`,
    oldNameUnread: ({ since }) => `从 ${since} 起不再读取旧名称`,
    valuesRenamed: '它的值也改了名称',
    removed: ({ since, note }) => `从 ${since} 起不再读取：${note}`,
    defaultChanged: ({ since }) => `它的默认值在 ${since} 中改变了`,
    refersTo: ({ from, to }) => `它引用了 ${from}，现在是 ${to}`,
    dollar: ({ since }) => `从 ${since} 起，美元符号表示环境变量名的开头`,
  },
};
