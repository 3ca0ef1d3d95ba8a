import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  severalGogs: ({ name, places }) => `无法使用 ${name}：其中有多个 Gogs（${places}）。请指定其中一个的文件夹。`,
  gitea: ({ name, places }) =>
    `无法使用 ${name}：它是 Gitea 或 Forgejo 的文件夹（${places}），其数据库和文件已不再是 Gogs 的。请在那里恢复。`,
  severalRepositories: ({ name, base, places }) =>
    `无法使用 ${name}：app.ini 说明仓库位于 ${base}，而 ${places} 中都有仓库。请用 --repositories DIR 指明是哪一个。`,
  severalUnpacked: ({ name, zip, places }) =>
    `无法使用 ${name}：其中的备份没有 ${zip}，而 ${places} 都包含仓库。请在该文件夹中只保留其中一个，或一个也不保留。`,
  tooLarge: ({ name, bytes, most }) => `无法读取 ${name}：它有 ${bytes} 字节，而最多应为 ${most} 字节。`,
  gone: ({ name }) => `无法读取 ${name}：它刚才还在，现在已不存在。请使用副本。`,
  databaseOnServer: ({ input, database, engine }) =>
    `无法使用 ${input}：app.ini 说明它的数据库是 ${engine} 上的 ${database}。请用 --database-dump dump.sql 提供其转储。`,
  databaseOnHost: ({ input, database, engine, host }) =>
    `无法使用 ${input}：app.ini 说明它的数据库是 ${host} 的 ${engine} 上的 ${database}。请用 --database-dump dump.sql 提供其转储。`,
  dumpOnServer: ({ input, database, engine, command }) =>
    `无法使用 ${input}：app.ini 说明它的数据库是 ${engine} 上的 ${database}。请用 --database-dump dump.sql 提供其转储，转储用 \`${command}\` 制作。`,
  dumpOnHost: ({ input, database, engine, host, command }) =>
    `无法使用 ${input}：app.ini 说明它的数据库是 ${host} 的 ${engine} 上的 ${database}。请用 --database-dump dump.sql 提供其转储，转储用 \`${command}\` 制作。`,
  noDatabase: ({ input, path }) =>
    `无法使用 ${input}：根据 app.ini，它的数据库是 ${path}，而那里没有 SQLite 数据库。请用 --database-dump FILE 提供数据库或其转储。`,
  otherDatabases: ({ input, path, places }) =>
    `无法使用 ${input}：根据 app.ini，它的数据库是 ${path}，而现有的是 ${places}。请用 --database-dump FILE 提供数据库或其转储。`,
  linkLeftOut: {
    title: '已略去文件夹中的链接和特殊文件',
    consequence: '备份不能包含链接、管道和套接字：链接指向文件夹之外的内容不在输出中。',
    remedy: '如果链接指向重要内容，请在文件夹的副本上用该内容替换链接。',
  },
  repositoriesElsewhere: {
    title: '仓库不在该文件夹中',
    consequence: '输出中没有仓库：在新服务器上，每个仓库的页面都会返回 500。',
    remedy: '请用 --repositories DIR 指定仓库的文件夹；app.ini 中的 [repository] ROOT 写明了其位置。',
  },
  dataElsewhere: {
    title: '数据文件夹不在该文件夹中',
    consequence: '输出中缺少其中的文件：在新服务器上，附件返回 404，头像显示为默认图片。',
    remedy: '请在该文件夹的副本中，用链接指向的内容替换链接，或将数据文件夹放到 data/ 下的相应位置。',
  },
  mysqlShell: ({ input }) =>
    `无法读取 ${input}：它是 MySQL Shell 的转储，其他程序都无法读取。请用 \`mysqlsh root@localhost -- util load-dump FOLDER\` 载入 MySQL 服务器，再转储：\`mysqldump --default-character-set=utf8mb4 gogs > dump.sql\`。`,
  severalDatabases: ({ input, names }) =>
    `无法使用 ${input}：它是多个数据库的转储（${names}）。请在文件夹中只保留其中一个的文件。`,
  tableTwice: ({ name, file }) => `无法使用 ${name}：${file} 出现在多个文件夹中。请为每个表只保留一个文件。`,
  severalDumps: ({ name, count, places }) => `无法使用 ${name}：其中有 ${count} 个转储（${places}）。请指定其中一个。`,
  inTree: ({ path, name }) => `${name} 中的 ${path}`,
  unreadable: ({ name, places }) =>
    `无法使用 ${name}：其中没有找到 Gogs，并且无法读取以下文件夹：${places}。请以有权读取全部内容的用户运行，或提供副本。`,
  onlyRepositories: ({ name }) =>
    `无法使用 ${name}：其中有仓库，但没有 app.ini 或 Gogs 的数据库。请指定整个服务器的文件夹，或指定数据库，并用 --repositories DIR 指定仓库。`,
  noMetadata: ({ name }) =>
    `无法使用 ${name}：其中有备份的表，但没有 metadata.ini，因此无法得知由哪个版本的 Gogs 写成。请使用原始的备份；或在 db 文件夹旁边放入同一 Gogs 的 metadata.ini。`,
  container: ({ name }) =>
    `无法使用 ${name}：它是容器的文件系统，不含卷，因为 \`docker export\` 会略去卷。Gogs 的全部内容都在卷中：\`docker cp CONTAINER:/data - > data.tar\`。`,
  image: ({ name }) =>
    `无法使用 ${name}：它是 \`docker save\` 写出的镜像，不含卷。Gogs 的全部内容都在容器的卷中：\`docker cp CONTAINER:/data - > data.tar\`。`,
  nothing: ({ name }) =>
    `无法使用 ${name}：其中没有 Gogs 的备份、gogs.db 或数据库转储；它是空的。请指定 \`gogs backup\` 写出的 zip、Gogs 的文件夹（含 app.ini）、它的 gogs.db、SQL 转储，或以表名命名的 CSV 文件。`,
  otherFiles: ({ name, found }) =>
    `无法使用 ${name}：其中没有 Gogs 的备份、gogs.db 或数据库转储；其中有 ${found}。请指定 \`gogs backup\` 写出的 zip、Gogs 的文件夹（含 app.ini）、它的 gogs.db、SQL 转储，或以表名命名的 CSV 文件。`,
  andMore: ({ names, count }) => `${names}，另有 ${count} 个`,
  cannotPack: ({ path, problem }) => `无法打包 ${path}：${problem}，备份不能包含它。请在文件夹的副本上重命名。`,
};
