import { formatCount } from '../../core/format.js';
import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  engineForAfterRestoreSql:
    '无法写出 gogs restore 不读取的那部分的 SQL：没有 app.ini 说明新服务器使用哪种数据库引擎。请用 --engine 指定。',
  needsFileForSql:
    '无法只写到标准输出：有些行超过 gogs restore 能读取的长度，载入它们的 SQL 需要单独的文件。请指定一个文件作为输出。',
  chooseNewFolder: ({ path }) => `无法写入 ${path}：它已存在。请选择新的文件夹。`,
  nulInColumn: {
    title: ({ column }) => `${column} 中有 NUL 字符`,
    consequence: 'PostgreSQL 无法在文本中存储 NUL。',
    remedy: '已移除，与 Gogs 自己恢复某些表时的做法相同；每个文本的其余部分都已保留。',
  },
  foreignTable: {
    title: '已略去不属于 Gogs 的表',
    consequence: 'SQLite 无法按原样接受它们。',
    remedy: '如果需要它们，请用其他方式迁移。',
  },
  unfitValue: {
    title: ({ column, problem }) => `${column} 的某个值${problem}`,
    consequence: ({ engine }) => `${engine} 无法存储它，因此未写入任何内容。`,
    remedy: '请在输入中更正，或选择其他引擎。',
  },
  rowOfBytes: ({ row, bytes }) => `${row}：${formatCount(bytes)} 字节`,
  sqlNeedsZip: '--sql 要求输出为 zip：它把数据库从其中移出。',
  filesOnlyNeedsZip: '--files-only 要求输出为 zip，且不能与 --sql 一起使用：它会略去数据库。',
  dropExistingNeedsSql: '--drop-existing 用于 SQL：请与 --sql 或 new.sql 这样的输出一起使用。',
  sameFile: '--sql 和输出指定了同一个文件。请使用不同的名称。',
  folderOption: ({ option }) => `${option} 用于服务器启动所用的文件夹：请与 --layout 一起使用。`,
  owner: ({ owner }) => `无法读取 --owner ${owner}：请写用户和组的编号，例如 1000:1000。`,
  composeNeedsDocker: '--compose 需要与 --layout docker 一起使用：它在该文件夹上启动容器。',
  ownerNeedsRoot:
    '--owner 需要 root 权限：只有 root 能更改文件所有者。请用 sudo 运行该命令，或之后用 chown 修改文件夹。',
  unclearName: ({ name }) =>
    `无法从名称 ${name} 判断要写什么。请命名为 new.zip（备份）、new.sql 或 new.sql.gz、new.db（SQLite）、new.csv.zip 或 new/（CSV）；或使用 --format，服务器启动所用的文件夹请使用 --layout。`,
  twoFilesInOnePlace: {
    title: '压缩包中有两个不同的文件属于同一位置',
    consequence: '新服务器只能看到两个中的第一个。',
    remedy: ({ folder }) => `第二个在输出的 ${folder}/ 中：请比较两者。`,
  },
  temporaryFileCutOff: '无法再次读取临时文件：它的末尾缺失。请重新运行该命令。',
  folderNeedsPath: '无法把文件夹写到标准输出：请指定路径。',
  databaseNeedsPath: '无法把数据库文件写到标准输出：请指定路径。',
  engineForSql: '不知道新服务器的数据库引擎，无法写 SQL：请用 --engine 指定。',
  longRow: {
    title: ({ table }) => `${table} 的某些行超过恢复能读取的长度`,
    consequence: ({ bytes }) =>
      `gogs restore 遇到超过 ${formatCount(bytes)} 字节的行时会停止读取该表，而且没有任何提示。`,
    remedy: '已把它们写在表的最后，以免丢失其他行，并写入恢复后要载入的 SQL。',
  },
  besideRepositories: ({ path, entry, folder }) =>
    `无法解压 ${path}：除文件夹 ${folder} 外还有 ${entry}，而 Gogs 只写一个文件夹。请把所有仓库放入同一个文件夹。`,
  movedHook: {
    title: '自定义的 Git 钩子占用了 Gogs 自己的钩子的位置',
    consequence: '从 0.10 起，Gogs 从 custom_hooks 运行自定义钩子：没有它自己的钩子，推送会绕过 Gogs。',
    remedy: '已移到那里；如果那里已有钩子，则移到 hooks/NAME.old。请检查是否还需要它们。',
  },
  hookMoved: ({ repository, hook, kept }) => `${repository}：${hook} 现在是 ${kept}`,
};
