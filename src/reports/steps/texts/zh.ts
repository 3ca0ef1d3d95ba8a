import { formatCount } from '../../../core/format.js';
import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  findConfig: {
    title: '确认新的 Gogs 把配置放在哪里',
    why: '恢复会把 custom/ 放入 $GOGS_CUSTOM 指定的文件夹；未设置时放入 $GOGS_WORK_DIR 指定的文件夹，也未设置时放在程序旁边。软件包可能在别处查找，例如 /etc/gogs：恢复时请像服务那样设置 GOGS_CUSTOM。在官方 Docker 镜像中，恢复无法成功：请用 --layout docker 从压缩包生成数据卷。',
  },
  restore: {
    title: '恢复',
    titleOfFiles: '恢复文件',
    wholeFolder:
      '--tempdir 的文件夹必须存在，并且与 Gogs 的 custom 和 data 文件夹在同一磁盘上，因为文件是通过重命名移过去的（"invalid cross-device link"）。它需要再容纳一份完整的备份。上次尝试留下的 custom.bak 或 data/*.bak 必须先移走。',
    anyFolder: '--tempdir 的文件夹必须存在，并且需要再容纳一份完整的备份。',
    withoutCustom:
      '--tempdir 的文件夹必须存在，并且需要再容纳一份完整的备份。压缩包中没有 custom 文件夹，没有它就无法恢复文件。',
  },
  unpackByHand: {
    title: '手动解压数据和仓库',
    why: '请把 data/* 移到 Gogs 的 data 文件夹，并把 repositories.zip 解压到 [repository] ROOT 旁边。',
  },
  readLog: {
    title: '确认恢复成功结束',
    onConsole: '它的最后一行是 "Restore succeed!"。',
    inFile: ({ folder }) =>
      `它的最后一行是 "Restore succeed!"；[log] MODE = file 时请查看 ${folder} 中的 gogs.log，因为控制台没有输出。`,
    onConsoleWithRows: '它的最后一行是 "Restore succeed!"。它不会提示无法读取的行：请把行数与报告比较。',
    inFileWithRows: ({ folder }) =>
      `它的最后一行是 "Restore succeed!"；[log] MODE = file 时请查看 ${folder} 中的 gogs.log，因为控制台没有输出。它不会提示无法读取的行：请把行数与报告比较。`,
  },
  moveRepositories: {
    title: '将仓库移到 Gogs 查找它们的位置',
    why: '恢复会把它们解压到 [repository] ROOT 旁边，文件夹名称与备份中的相同。',
  },
  loadAfterRestore: {
    title: '载入恢复无法读取的内容',
    titleOfExact: '更正恢复所覆盖的内容',
    why: ({ bytes }) => `超过 ${formatCount(bytes)} 字节的行在此文件中。重复载入没有影响。`,
    whyExact: ({ bytes }) =>
      `恢复会重设某些时间，并且无法读取超过 ${formatCount(bytes)} 字节的行：两者都在此文件中。重复载入没有影响。`,
  },
  hostKeys: {
    title: '迁移内置 SSH 服务器的主机密钥',
    why: '它们在压缩包中，但恢复不会处理；如果密钥不同，每个用户都会收到主机已更改的警告。',
  },
  lfsObjects: {
    unpack: ({ count, folder }) => `把 ${formatCount(count)} 个 Git LFS 对象解压到 ${folder}`,
    inArchive: '它们在压缩包中，但恢复不会处理。',
    copy: ({ count }) => `从旧服务器复制 ${formatCount(count)} 个 Git LFS 对象`,
    inNoBackup: '任何备份都不包含它们。文件夹是 [lfs] OBJECTS_PATH，其中的文件形如 2/d/2d71…。',
  },
  placeProgram: {
    title: ({ release }) => `把 Gogs ${release} 的程序放入该文件夹`,
    why: ({ home }) =>
      `所有仓库的钩子都调用 ${home}/gogs：该文件夹必须位于 ${home}。移到别处后，请在那里运行 "./gogs admin resync-hooks"。`,
  },
  giveAway: {
    title: ({ user }) => `把该文件夹的所有者改为 ${user}`,
    why: ({ user }) => `Gogs 以 app.ini 中的 RUN_USER 运行，并会写入整个文件夹。以下步骤请都以 ${user} 的身份执行。`,
  },
  start: {
    title: '启动 Gogs 并检查',
    why: ({ log }) => `请登录、克隆并推送一次，并查看 ${log} 中是否有错误。在此之前请保留旧服务器。`,
    inPlace: '一切都已就位：无需恢复。请登录、克隆并推送一次。在此之前请保留旧服务器。',
  },
  importCsv: {
    title: ({ output }) => `载入 ${output} 的 CSV 文件`,
    why: ({ release }) =>
      `每个表一个文件，第一行是列名。请先让 Gogs ${release} 创建它的表，再用数据库自己的工具载入这些文件。`,
  },
  placeDatabase: {
    title: '把数据库文件放到新的 Gogs 查找它的位置',
    why: '该路径是 app.ini 中的 [database] PATH。请先停止 Gogs，并把该文件的所有者改为运行 Gogs 的账户。',
  },
  makeVolume: {
    title: '从压缩包生成容器的数据卷',
    why: 'app.ini 中是官方镜像的路径，在那里 `gogs restore` 的任何选项组合都行不通：它会连同数据库一起重命名 /data/gogs，并且无法把文件夹移入 /data。数据卷中一切都已就位，恢复后也不需要 SQL。',
  },
  followVolume: {
    title: ({ page }) => `继续按照 ${page} 操作`,
    why: '数据卷旁边的清单会说明如何载入数据库（如果引擎有自己的服务器）以及启动容器。',
  },
  unpackVolume: {
    title: '把文件解压到容器的数据卷',
    why: 'app.ini 中是官方镜像的路径，在那里 `gogs restore` 无法把文件夹移入 /data（"invalid cross-device link"），并会重命名 /data/gogs。',
  },
  startContainer: {
    title: '启动容器',
    why: '不应出现安装页面。gogs/conf/app.ini 中的 [database] HOST 必须是容器能够访问的地址。',
    inPlace:
      '一切都已就位：无需恢复，也不应出现安装页面。gogs/conf/app.ini 中的 [server] EXTERNAL_URL 和 SSH_PORT 是用户从外部使用的地址和端口。',
  },
  lookAround: {
    title: '检查是否正常',
    why: ({ log }) => `请登录、克隆并推送一次，并查看 ${log} 中是否有错误。在此之前请保留旧服务器。`,
    inFolder: '请登录、克隆并推送一次，并查看该文件夹中的 gogs/log/gogs.log 是否有错误。在此之前请保留旧服务器。',
  },
  copyFiles: {
    title: '从旧服务器复制文件：custom、data 和仓库',
    why: ({ release }) =>
      `输出中只有数据库。app.ini 需要 Gogs ${release} 所读取的名称：请升级完整的备份，以得到这样的 app.ini。`,
    withoutDatabase: '不要复制 data 中旧的 gogs.db 以及 gogs.db-wal 和 gogs.db-journal：它们会取代或改动新数据库。',
  },
  createDatabase: {
    title: '创建空数据库',
    why: '表会在之后创建，数据库本身则不会。',
    titleOfWide: '创建支持所有字符的空数据库',
    whyWide: '使用字符集 utf8（最多三字节）时，数据库会拒绝第一个表情符号，载入数据行会在此处中止。',
    byAdministrator: '请以数据库管理员的身份执行。',
    owner: ({ user, command }) => `请以数据库管理员的身份执行。如果 app.ini 中的 USER（${user}）还不存在：${command}`,
    allRights: ({ user }) => `请以数据库管理员的身份执行，并把全部权限授予 app.ini 中的 USER（${user}）。`,
  },
  writeConfig: {
    title: '编写 app.ini，使用旧服务器的 SECRET_KEY',
    why: '输入中没有 app.ini。没有它，Gogs 会显示安装页面；密钥不同，启用了双因素验证的用户就无法登录。',
  },
  loadDatabase: {
    title: '载入数据库',
    inPlace: '其他内容都已就位。请检查新的 app.ini 的 [database] 中 HOST、NAME、USER 和 PASSWORD 是否属于此服务器。',
    why: '它会在几秒内创建所有表，每个值都与原来相同。请在放入文件和首次启动之前完成。',
    titleOfOther: '载入属于这些文件的数据库',
    whyOther: '这些文件不含数据库：恢复时数据库保持原样。请在恢复文件和首次启动之前完成。',
  },
  resyncHooks: {
    title: '重写所有仓库的钩子',
    why: '它们按旧服务器上的路径调用 Gogs；如果路径已改变而不重写，每次推送都会失败。',
  },
  rewriteKeys: {
    title: '重新写入所有用户的 SSH 密钥',
    why: '任何备份都不包含 .ssh/authorized_keys。其中不属于 Gogs 的密钥会丢失：请先保存它们。',
  },
  install: {
    title: ({ release }) => `在新服务器上安装 Gogs ${release} 并停止它`,
    why: '以下步骤会改动运行中的服务器所使用的数据库和文件夹。',
    whyAs: ({ user }) =>
      `以下步骤会改动运行中的服务器所使用的数据库和文件夹。请以 ${user}（app.ini 中的 RUN_USER）执行以下所有操作。`,
  },
  bringSecretKey: {
    title: '在新的 app.ini 中使用旧服务器的 SECRET_KEY',
    why: '密钥不同，启用了双因素验证的用户就无法登录。',
  },
};
