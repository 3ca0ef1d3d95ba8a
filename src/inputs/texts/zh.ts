import { formatCount } from '../../core/format.js';
import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  csv: {
    tableTwice: ({ input, one, two, table }) =>
      `无法使用 ${input}：${one} 和 ${two} 都是 ${table} 表。请保留其中之一。`,
    noTables: ({ input }) =>
      `无法使用 ${input}：其中没有任何文件是 Gogs 的表。请以表名命名每个文件，例如 access_token.csv。`,
    unclear: {
      title: 'CSV 文件有不止一种读法',
      consequence:
        '已按较常见的方式读取。如果写出它们的程序用的是另一种方式，这些行以及类似的行中的值就不是旧服务器的值。',
      remedy: '请与旧服务器上的值比较，或将表导出为 SQL，SQL 没有歧义。',
    },
    notAFile: ({ input, name }) => `无法使用 ${input}：${name} 是链接或其他非文件内容。请放入文件本身。`,
  },
  inputChanged: ({ input }) => `无法使用 ${input}：它在读取过程中发生了变化。请停止写入它的程序，或使用副本。`,
  fileChanged: ({ input, file }) =>
    `无法使用 ${input}：${file} 在读取过程中发生了变化。请停止写入它的程序，或使用副本。`,
  table: ({ name }) => `表 ${name}`,
  inArchive: ({ name, archive }) => `${archive} 中的 ${name}`,
  unreadableTable: ({ table, name, reason }) =>
    `无法读取 ${name} 中的表 ${table}：${reason}。请以 SQL 提供它的行：\`sqlite3 gogs.db .dump > dump.sql\`。`,
  severalDatabases: ({ input, count, names }) =>
    `无法使用 ${input}：其中有 ${count} 个含有 Gogs 表的数据库：${names}。请指明是哪一个：--database-name NAME。`,
  unnamed: '（未命名）',
  noSuchDatabase: ({ input, name, names }) => `${input} 中没有数据库 ${name}。其中有：${names}。`,
  noTable: '没有任何表',
  otherDatabases: {
    title: ({ name }) => `有多个数据库，使用的是 ${name}`,
    consequence: '其他数据库的表不在输出中。',
    remedy: '如果要使用另一个，请指定：--database-name NAME。',
  },
  severalDumps: {
    title: '文件中有同一个表的多个转储；以最后一个为准',
    consequence: '只在较早转储中的行不在输出中；把该文件载入数据库时也是如此。',
    remedy: '如果要使用较早的转储，请从文件中去掉后面的转储。',
  },
  lostRows: {
    title: '受损数据库中的某些行属于 .recover 无法确定名称的表',
    consequence: '它们不在输出中。',
    remedy: '请在转储中查看它们：列的顺序与其所属的表相同。请手动移到那里。',
  },
  oldDatabase: {
    title: '压缩包中有旧服务器的数据库文件',
    consequence: '恢复后，新的 Gogs 会使用旧的数据（包括其中所有令牌和密码哈希）启动，而不是恢复的数据。',
    remedy:
      '已略去它及其旁边的文件：它的行在备份的表中。在 Docker 中请不要使用 gogs restore：--layout docker 会生成数据卷。',
  },
  serverState: {
    title: '压缩包中有旧服务器运行时保存的内容',
    consequence:
      '已原样保留。会话使用户保持登录，主机密钥使 SSH 客户端把新服务器当作旧服务器；日志和工作副本只占用空间。',
    remedy: '请在新服务器上删除不需要的内容。--redact-tokens 和 --rehearsal 会略去会话。',
  },
  sessionsLeftOut: {
    title: '已略去会话',
    consequence: '否则持有会话 Cookie 的人都处于登录状态。所有人都需要重新登录。',
    remedy: '无需处理。',
  },
  databaseInside: {
    title: '压缩包中有一个不属于 Gogs 的 SQLite 数据库',
    consequence: '已原样保留。如果它是旧副本，其中会有旧的令牌和密码哈希。',
    remedy: '请检查是否需要它。--redact-tokens 和 --rehearsal 会略去它。',
  },
  state: {
    sessions: '已登录用户的会话',
    hostKeys: '内置 SSH 服务器的主机密钥',
    workingCopies: '工作副本和进行中的上传',
    logs: '日志',
  },
  stateOf: ({ folder, what, count, size }) => `${folder}：${what}，${formatCount(count)} 个文件，${size}`,
  versions: {
    notAVersion: ({ input, version }) =>
      `无法判断 ${input} 来自哪个版本：它的 metadata.ini 中 GOGS_VERSION = ${version}。请改为旧服务器的版本，例如 0.12.3。`,
    schemaTooNew: ({ input, release, schema, known }) =>
      `无法把 ${input} 升级到 Gogs ${release}：它的数据库架构版本是 ${schema}，而 ${release} 最高只认识 ${known}。请使用不旧于旧服务器的 Gogs，或用 --to 指定更新的目标版本。`,
    madeByNewer: ({ input, release, version }) =>
      `无法把 ${input} 升级到 Gogs ${release}：它由更新的 Gogs ${version} 创建。请使用不旧于旧服务器的 Gogs，或用 --to 指定更新的目标版本。`,
    beforeBackups: ({ input, version, oldest }) =>
      `无法升级 ${input}：它声称由 Gogs ${version} 创建，而 \`gogs backup\` 从 ${oldest} 才开始提供。请用 Gogs 0.12.0 或更高版本启动一次旧服务器（0.9.141 之前的版本请先用 0.9.141），重新备份后再升级。`,
    columnsContradict: ({ input, schema, implied }) =>
      `无法升级 ${input}：version 表中是 ${schema}，而它的列属于 ${implied}。该数字被改过，一些迁移到 Gitea 的教程会这样做。请在数据库或输入中改回（UPDATE version SET version = ${implied} WHERE id = 1）；不要用旧的 Gogs 启动它。`,
    releaseContradicts: ({ input, schema, version, implied }) =>
      `无法升级 ${input}：version 表中是 ${schema}，而 Gogs ${version} 的是 ${implied}。该数字被改过，一些迁移到 Gitea 的教程会这样做。请在数据库或输入中改回（UPDATE version SET version = ${implied} WHERE id = 1）；不要用旧的 Gogs 启动它。`,
    schemaTooOld: ({ input, schema, oldest }) =>
      `无法升级 ${input}：它的数据库架构版本是 ${schema}，早于 Gogs 0.9.141 的 ${oldest}。请用 Gogs 0.12.0 或更高版本启动一次旧服务器（0.9.141 之前的版本请先用 0.9.141），重新备份后再升级。`,
  },
  otherDump: ({ input }) => `无法使用 ${input}：它是 Gitea 或 Forgejo 的转储，其表已不再是 Gogs 的表。请在那里恢复。`,
  otherDatabase: ({ input, program }) =>
    `无法使用 ${input}：它是 ${program} 的数据库，其表已不再是 Gogs 的表。请在那里恢复。`,
  missingTable: {
    title: '输入中缺少一些表',
    titleOfNeeded: '输入中缺少新服务器需要的表',
    consequence: '这些表在输出中是空的：旧服务器中它们的内容会丢失。',
    remedy: '请查明原因：只转储了个别表、备份不完整，或只导出了选定的表。请使用包含所有表的输入。',
    namesake: ({ table, columns }) => `${table}（有一个同名的表，但缺少 ${columns}）`,
  },
  schemaGuessed: {
    emptyByColumns: ({ schema }) => `version 表为空：根据列推断数据库架构版本为 ${schema}`,
    missingByColumns: ({ schema }) => `缺少 version 表：根据列推断数据库架构版本为 ${schema}`,
    emptyByRelease: ({ schema, version }) => `version 表为空：根据版本 ${version} 推断数据库架构版本为 ${schema}`,
    missingByRelease: ({ schema, version }) => `缺少 version 表：根据版本 ${version} 推断数据库架构版本为 ${schema}`,
    consequence: '如果推断有误，会误删或误留 Gogs 在其间删除的行。缺少的行已补上。',
    remedy: '如果您知道它是其他版本，请在输入的 version 表中加入行 (1, VERSION)。',
  },
  schemaContradicted: {
    byColumns: ({ schema, implied }) => `version 表中是 ${schema}，而它的列属于 ${implied}`,
    byRelease: ({ schema, version, implied }) => `version 表中是 ${schema}，而它的版本 ${version} 属于 ${implied}`,
    consequence: ({ schema, implied }) => `各行按 ${schema} 处理：已略去 Gogs 在升到 ${implied} 的过程中删除的内容。`,
    remedy: ({ implied }) => `如果该数字是手动改的，请在输入中改回 ${implied}。`,
  },
  neitherFileNorFolder: ({ input }) => `无法读取 ${input}：它既不是文件也不是文件夹。请把其内容复制到文件中。`,
  emptyFile: ({ name }) => `无法读取 ${name}：文件是空的。本应写出它的备份失败了：请使用更早的备份。`,
  folderOptions: ({ input, form }) =>
    `--database-dump 和 --repositories 用于 Gogs 文件夹，而 ${input} 是另一种输入：${form}。`,
  databaseNameOption: ({ input, form }) => `--database-name 用于 SQL 转储，而 ${input} 是另一种输入：${form}。`,
  encodingOption: ({ input, form }) => `--encoding 用于 SQL 转储和 CSV 文件，而 ${input} 是另一种输入：${form}。`,
  nested: ({ name, depth }) => `无法使用 ${name}：它是嵌套了 ${depth} 层的压缩包。请解压后指定其中的内容。`,
  maxRowBytes: ({ most }) => `行的最大长度必须是 1 到 ${most} 之间的字节数。`,
  strangers: {
    filesOnly: ({ input }) =>
      `无法使用 ${input}：其中没有数据库，只有文件。请使用含有数据库的备份。如果因为数据库以 SQL 提供而只需要文件，请使用 --files-only。`,
    twice: ({ input, one, two }) => `无法使用 ${input}：${one} 和 ${two} 是 Gogs 的同一个表。请保留正确的那个。`,
    notOfGogs: {
      'gogs backup': ({ input, found, advice }) => `${input} 不是 Gogs 的备份：${found}。${advice}`,
      'gogs dump': ({ input, found, advice }) => `${input} 不是 Gogs 的转储：${found}。${advice}`,
      'SQL dump': ({ input, found, advice }) => `${input} 不是 Gogs 的转储：${found}。${advice}`,
      'SQLite database': ({ input, found, advice }) => `${input} 不是 Gogs 的数据库：${found}。${advice}`,
      'CSV files': ({ input, found, advice }) => `${input} 不是 Gogs 的导出：${found}。${advice}`,
      'Gogs folder': ({ input, found, advice }) => `${input} 不是 Gogs 的文件夹：${found}。${advice}`,
    },
    noTableAtAll: '没有 Gogs 的表；其中没有任何表',
    none: ({ names }) => `没有 Gogs 的表；其中有 ${names}`,
    hardlyAny: ({ names }) => `几乎没有 Gogs 的表；其中有 ${names}`,
    andMore: ({ names, count }) => `${names}，另有 ${count} 个`,
    namesake: ({ found, table, columns }) => `${found}（表 ${table} 是另一个同名的表：缺少 ${columns}）`,
    notReadable: ({ input, advice }) => `${input} 不是可以读取的 Gogs 转储。${advice}`,
    giveBackup: '请指定 `gogs backup` 写出的 zip，或 Gogs 数据库的转储。',
    prefix: ({ prefix, query }) =>
      `它的表有前缀 ${prefix}，而 Gogs 不使用前缀。如果它们是 Gogs 的表，请在数据库的副本中重命名后再转储；以下查询可生成所需的语句。${query}`,
    xml: '它是 XML：请把数据库导出为 SQL，使用 `mysqldump --default-character-set=utf8mb4 gogs > dump.sql`，或在 phpMyAdmin 中选择 SQL 格式。',
    sqlServer:
      '它是 SQL Server 的脚本。请改为在旧服务器上运行 `gogs backup`：这样的备份对所有引擎都相同。如果只剩下数据库，请把脚本载入 SQL Server，在旁边安装当时的 Gogs 和旧的 app.ini，再运行 `gogs backup`。',
    programMessage: '它是（或含有）本应写出转储的程序的错误信息：请解决其中所说的问题，再重新制作转储。',
    dockerMessage: '它是 docker 的错误信息：请从 `docker exec -it` 中去掉 `-t`，再重新制作转储。',
    webPage: '它是网页，可能是登录页面：请重新下载转储。',
    oneTable: '它是一个表的 CSV：请把每个表的文件放入一个文件夹，以表名命名（例如 user.csv），再指定该文件夹。',
    json: '它是 JSON：请把数据库导出为 SQL，在 phpMyAdmin 中选择 SQL 格式。',
    withMessage: ({ input }) =>
      `无法读取 ${input}：开头是写出转储的程序的信息，经由 2>&1 进入了文件。请去掉这些行（例如用 \`tail -n +2 dump.sql > mended.sql\` 去掉第一行），再指定该文件。`,
    roles: '它只有角色，像是 pg_dumpall --globals-only 的输出：请用 `pg_dump gogs > dump.sql` 转储数据库本身。',
  },
  unclear: {
    damaged: ({ input }) =>
      `无法使用 ${input}：sqlite3 在转储时发现数据库已损坏，并在最后撤销所有行（ROLLBACK）。请挽救能读取的内容：sqlite3 gogs.db .recover > recovered.sql，再升级它。`,
    cutOff: ({ input, program }) =>
      `无法使用 ${input}：缺少 ${program} 写在结尾的行，因此它被截断了。请重新制作转储，并确认磁盘未满。`,
    uncommitted: ({ input, line }) =>
      `无法使用 ${input}：第 ${line} 行开始的事务没有提交，数据库不会保留其中的行。转储是否被截断？请重新制作，或在末尾加上 COMMIT;。`,
    theStatement: '该语句',
    change: ({ input, line, byte, statement, effect }) =>
      `无法读取 ${input} 第 ${line} 行（第 ${byte} 字节）：${statement} ${effect}。无法从文件判断此后数据库中会有什么。请把它载入空数据库，转储该数据库，再升级新的转储。`,
    secondDump: ({ input, line, byte, statement, effect }) =>
      `无法读取 ${input} 第 ${line} 行（第 ${byte} 字节）：${statement} ${effect}。该文件似乎包含两个转储：请删去不需要的那个，例如用 \`head -n ${line - 1}\` 去掉从该行开始的所有内容。`,
    serverSetting: ({ table, input, line, byte, setting }) =>
      `无法读取 ${input} 中 ${table} 的行，第 ${line} 行（第 ${byte} 字节）：转储把 ${setting} 设为只有其服务器才知道的值。请把它载入空数据库，转储该数据库，再升级新的转储。`,
    otherEncoding: ({ table, input, line, byte, encoding, suggestion }) =>
      `无法读取 ${input} 中 ${table} 的行，第 ${line} 行（第 ${byte} 字节）：转储说明它们使用字符集 ${encoding}。请用 --encoding ${suggestion} 读取，或以 UTF-8 制作转储：mysqldump --default-character-set=utf8mb4、pg_dump --encoding=UTF8。`,
  },
  zip: {
    unlistedBytes: {
      title: 'zip 中有不属于任何文件的字节',
      consequence: '它们不在输出中。就地修改 zip 的程序会在那里留下文件的旧版本；那里也可能藏有内容。',
      remedy: '无需处理；如果缺少文件，请检查修改过该压缩包的程序。',
    },
    caseCollision: {
      title: 'zip 中有只差大小写的名称',
      consequence: '在忽略大小写的文件系统上（如 Windows 和 macOS），其中一个文件会替换另一个。',
      remedy: '请把文件放到 Linux 服务器上，或在旧服务器上重命名其中之一。',
    },
    unknownEncoding: {
      title: '文件名使用未知的字符集',
      consequence: '它们逐字节保留，`gogs restore` 会给文件这样的名称。本报告中以 CP437 显示，可能与您熟悉的名称不同。',
      remedy: '请在新服务器上检查文件名是否正确，如不正确请重命名。',
    },
  },
};
