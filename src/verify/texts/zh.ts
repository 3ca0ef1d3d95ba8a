import { formatCount } from '../../core/format.js';
import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  makeAnew: '请勿恢复此压缩包：请重新生成并再次校验。',
  noMetadata: {
    title: ({ name }) => `压缩包中没有 ${name}`,
    consequence: 'gogs restore 会中止："File \'metadata.ini\' is missing"。',
  },
  badMetadata: 'gogs restore 会在改动任何内容之前中止。',
  madeBy: ({ version }) => `metadata.ini 说明它由 Gogs ${version} 创建`,
  newerVersion: ({ release }) => `Gogs ${release} 拒绝更新版本的备份。`,
  olderVersion: {
    consequence: ({ release }) => `其中的行不是 Gogs ${release} 所读取的格式：会丢失一些值，或恢复会中止。`,
    remedy: '请先升级该压缩包，再校验结果。',
  },
  preview: {
    title: ({ release, asOf }) => `Gogs ${release} 尚未发布：对它的了解截至 ${asOf}`,
    remedy: '请在它发布后再次校验。',
  },
  filesAlone: {
    title: '压缩包中没有任何表',
    consequence: '恢复会带来文件，而数据库保持原样。',
    loadSql: '请先载入属于它的 SQL。',
    remedy: '如果它的数据库以 SQL 提供，请用 --files-only 校验。否则请用含有数据库的输入重新生成压缩包。',
  },
  tableMissing: {
    title: '某些表在压缩包中没有文件',
    consequence: '恢复时这样的表保持原样：备份中的行会缺失。',
  },
  noCustom: {
    title: ({ folder }) => `压缩包中有文件，但没有 ${folder}`,
    consequence: 'gogs restore 会在重命名服务器的 custom 文件夹之后中止："Failed to import \'custom\'"。',
  },
  databaseOnly: {
    title: '压缩包中只有数据库',
    remedy: '请使用 --database-only 和 --config 恢复。',
  },
  noConfig: {
    title: ({ name }) => `压缩包中没有 ${name}`,
    remedy: '请使用 --config 恢复。',
  },
  damaged: {
    title: '条目已损坏',
    consequence: 'gogs restore 无法解压该压缩包。',
    orOther: 'gogs restore 无法解压该压缩包，或会恢复成其他文件。',
  },
  fileUnexpected: {
    title: '压缩包中有并非来自输入的文件',
    consequence: 'gogs restore 会把它们放到服务器上：模板和钩子会在那里运行。',
  },
  configDiffers: {
    title: 'app.ini 或 metadata.ini 与升级该输入所写的内容不同',
    consequence: '新服务器会以与旧服务器不同的设置运行。',
    remedy: '请给出生成该输出时使用的 --set、--keep-config 和 --engine；如果当时没有使用，请重新生成。',
  },
  commentsOrOrder: '注释或顺序',
  named: ({ file, setting }) => `${file}：${setting}`,
  fileMissing: ({ name }) => `${name} 在输入中，但不在压缩包中`,
  namedLink: ({ name }) => `${name} 是链接，而不是文件`,
  fileDiffers: ({ name, difference }) => `${name} 与输入中的不同：${difference}`,
  differences: {
    size: ({ found, expected }) => `${found} 字节，应为 ${expected} 字节`,
    crc: 'CRC-32 不同',
    isLink: '它是链接',
    isNoLink: '它不是链接',
    mode: ({ found, expected }) => `权限为 ${found}，应为 ${expected}`,
    kind: ({ found, expected }) => `它是${found}，应为${expected}`,
    leadsElsewhere: '它指向别处',
    content: ({ start }) => `从第 ${start} 字节起内容不同`,
    longer: ({ bytes }) => `在 ${bytes} 字节之后还有内容`,
    recompressed: '它被重新压缩过',
    bytes: ({ length, start }) => `从第 ${start} 字节起的 ${length} 字节中，压缩数据不同`,
  },
  kinds: { link: '链接', folder: '文件夹', file: '文件', special: '特殊文件' },
  folder: {
    remedy: '请勿用此文件夹启动服务器：请重新生成并再次校验。',
    missing: { title: '缺少一些文件', consequence: '新服务器上没有它们。' },
    different: {
      title: '某些文件与根据输入应有的内容不同',
      consequence: '它们被修改过，或写入有误。',
      remedy: '请重新生成该文件夹。如果只有钩子不同，请用 --install-path 指明它是为哪个位置生成的。',
    },
    added: {
      title: '文件夹中有并非来自输入的文件',
      consequence: '新服务器会使用它们：模板和钩子会在那里运行。服务器启动后会写入日志和会话。',
    },
    otherTime: {
      title: '某些文件的时间与输入中的不同',
      remedy: '复制文件夹时请保留时间：cp -a、rsync -a。',
      consequence: '对 Gogs 没有影响。',
    },
  },
  installPathOf: ({ name }) => `--install-path 用于服务器启动所用的文件夹，而 ${name} 不是。`,
  sqlDiffers: {
    title: '恢复后要载入的 SQL 与升级所写的内容不同',
    consequence: '载入它会遗漏一些行，或改变其他行。',
  },
  sqlRefused: {
    title: ({ product }) => `${product} 拒绝恢复后要载入的 SQL`,
    consequence: '恢复无法读取的行会缺失，或被恢复覆盖的值得不到更正。',
  },
  sqlTableDiffers: {
    title: '载入恢复后的 SQL 之后，表中的行与升级所得的不同',
    consequence: '载入它会遗漏一些行，或改变其他行。',
  },
  sqlNotTried: {
    title: ({ product }) => `恢复后要载入的 SQL 用于 ${product}：已与升级所写的内容比较，但未载入`,
    remedy: ({ scheme }) => `如需把它载入临时数据库，请加 --database ${scheme}://…`,
  },
  sqlRowUnexpected: {
    title: '恢复后要载入的 SQL 含有压缩包中没有的行',
    consequence: '载入它会把这些行加入数据库。',
  },
  doNotLoadSql: '请勿载入：请重新升级，并使用属于该压缩包的 SQL。',
  rowsOf: ({ table, count }) => `${table}：${formatCount(count)} 行`,
  notUtf8: {
    title: '文本包含非 UTF-8 的字节',
    consequence: 'PostgreSQL 和 MySQL 会拒绝它们，恢复在此处中止；在其他引擎上，文本会出错。',
    remedy: '请以 UTF-8 制作输入，并重新升级。',
    replaced: ({ release }) => `Gogs ${release} 会把它们逐个替换为 U+FFFD：文本不再是原来的内容。`,
    findEncoding: '请查明文本使用的编码，并在旧服务器上更正。',
  },
  unfitValue: {
    title: '某些值的类型不是 Gogs 所读取的',
    consequence: '恢复会在第一个这样的行中止。',
  },
  nullKey: {
    title: '某些行在 Gogs 需要值的地方是 null',
    consequence: '恢复会把它当作空文本，或沿用上一行的值。',
  },
  missingKey: {
    title: '某些行缺少一个键',
    leftEmpty: '恢复会让该列为空。',
    fromRowBefore: '恢复会让该列沿用上一行的值，因为 Gogs 把所有行读入同一个结构体。',
  },
  unreadableLine: {
    title: '某些行无法作为数据行读取',
    consequence: '恢复会在第一个这样的行中止。',
  },
  lineOf: ({ file, line }) => `${file}，第 ${line} 行`,
  nulBreaksRow: {
    title: '去除 NUL 字符后，某些行不再有效',
    consequence: '恢复会去除转义 \\u0000，并在剩余内容处中止：它不是 JSON。',
  },
  nulOnPostgres: {
    title: '文本包含 NUL 字符',
    consequence: '恢复会在此处中止：PostgreSQL 无法存储 NUL 字符。',
  },
  nulStripped: {
    title: '恢复会从这些行中去除 NUL 字符',
    remedy: '其他内容不变。',
  },
  rowPlace: ({ row, line }) => `${row}（第 ${line} 行）`,
  keyAt: ({ place, key }) => `${place}：${key}`,
  rowNotRestored: {
    title: '某些行不会被恢复',
    consequence: ({ bytes }) =>
      `它们本身是超过 ${formatCount(bytes)} 字节的行，或排在这样的行之后；gogs restore 会在那里停止读取该表，而且没有任何提示。`,
    putSqlBeside: '请把属于该压缩包的 .after-restore.sql 放在它旁边，再次校验。',
    makeBothAnew: ({ path }) => `它们也不在 ${path} 中：请重新生成两者。`,
  },
  needsSql: {
    title: '某些行来自压缩包旁边的 SQL',
    remedy: '请在恢复后载入它，否则这些行会丢失。',
    place: ({ table, line, bytes, rows }) =>
      `${table} 从第 ${line} 行（${formatCount(bytes)} 字节）起：${formatCount(rows)} 行`,
  },
  rowWithoutId: {
    title: '某些行没有 id',
    consequence: '数据库会给它们分配另一个 id。',
  },
  tokenHashMismatch: {
    title: '访问令牌与其哈希值不符',
    consequence: 'Gogs 按哈希值查找令牌：这些令牌无法使用。',
    remedy: '请与输入比较（--against）：如果那里也相同，则原来就不符。',
    notFound: 'Gogs 找不到它们："record not found"。',
  },
  otherTarget: {
    title: ({ release, stated }) => `该 SQL 用于 Gogs ${stated}，而不是 Gogs ${release}：其第一行如此说明`,
    consequence: '其中的表是按那个版本定义的。',
    remedy: ({ release, stated }) => `请用 --to ${release} 重新生成它，或用 --to ${stated} 校验它。`,
  },
  statements: {
    title: '脚本中的语句与升级写出的不同',
    consequence: '加载它所得到的数据库与升级写出的不同。',
    added: ({ line, opening }) => `第 ${line} 行不应出现：${opening}`,
    missing: ({ opening }) => `缺少：${opening}`,
  },
  addedTables: {
    title: '数据库中有升级不会写出的表',
    consequence: '这些表既不属于 Gogs，也不来自旧服务器。',
  },
  definitions: {
    title: ({ release }) => `某些表的定义与 Gogs ${release} 创建的不同`,
    consequence: '新服务器上的列、键或触发器会与它所需要的不同。',
    remedy: ({ release, other }) =>
      `这些表是按 Gogs ${other} 定义的：请用 --to ${release} 重新生成，或用 --to ${other} 校验。`,
    differs: ({ column, found, expected }) => `${column} 是 ${found}，应为 ${expected}`,
    lacks: ({ table, part }) => `${table} 缺少 ${part}`,
    adds: ({ table, part }) => `${table} 多出 ${part}`,
  },
  targetAssumed: {
    title: ({ release }) => `未指定 --to：假定目标是 Gogs ${release}`,
    consequence: ({ schema, releases }) =>
      `version 表中是 ${schema}，Gogs ${releases} 都使用它，表的定义也相同：由此看不出输出是为哪一个版本生成的。`,
    remedy: '如果它是为另一个版本生成的，请用 --to 指定该版本再次校验。',
  },
  schemaVersion: {
    title: ({ schema }) => `version 表中不是 ${schema}`,
    consequence: ({ release }) => `Gogs ${release} 会迁移或拒绝该数据库。`,
    notTarget: 'version 表中不是目标版本的数据库架构',
    migrates: 'Gogs 会执行不需要的迁移，或把它当作新数据库。',
  },
  rowRefused: {
    title: '数据库拒绝某些行',
    consequence: '恢复会在第一个这样的行中止。',
  },
  databaseDiffers: {
    title: ({ product }) => `${product} 返回的内容与存入的不同`,
    consequence: '值在存入时发生了变化。',
    place: ({ table, held, given }) => `${table}：${formatCount(held)} 行，存入了 ${formatCount(given)} 行`,
  },
  tableDiffers: {
    title: '某些表的内容与根据输入应有的内容不同',
    consequence: '恢复出的服务器会与旧服务器不同。',
    place: ({ table, found, expected }) => `${table}：${formatCount(found)} 行，应为 ${formatCount(expected)} 行`,
  },
  rowsMissing: '缺少一些行',
  rowsUnexpected: '有输入中没有的行',
  rowsDiffer: '某些行不同',
  archiveChanged: '压缩包被修改过，或写入有误。',
  database: {
    remedy: '请勿载入此数据库：请重新生成并再次校验。',
    changed: '数据库被修改过，或写入有误。',
    damaged: 'SQLite 发现数据库已损坏',
    misses: '新服务器会找不到已有的行，或停止工作：索引与表不一致，或数据页有误。',
    tablesMissing: '缺少一些表',
    createdEmpty: '新的 Gogs 会创建空表。',
    nextIds: {
      title: '某些表的下一个 id 与升级后应有的不同',
      consequence: '新的行会得到已删除的行的 id，仍引用这些 id 的内容也会归于它们；或者会跳过一些 id。',
      place: ({ table, found, expected }) => `${table}：${found}，应为 ${expected}`,
    },
    unknownEngine: ({ path }) => `无法校验 ${path}：其中没有说明它面向哪种引擎。`,
  },
  titleAt: ({ title, places }) => `${title}（${places}）`,
  andMore: ({ places, count }) => `${places}；另有 ${count} 处`,
  failed: ({ path, problems }) => `${path} 未通过校验，因此没有写入：${problems}。请报告此问题：输入没有改变。`,
  isCsv: ({ path }) =>
    `无法校验 ${path}：它是 CSV，没有服务器会读取它。请校验由它生成的备份、SQL、数据库或服务器文件夹。`,
  cannotVerify: '--verify 读取备份、SQL 或数据库：不能用于 CSV，也不能用于表在旁边的 SQL 中的 zip。',
  scratch: {
    cannotCreate: ({ path, reason }) =>
      `无法在 ${path} 创建临时数据库：${reason}。请在您有写入权限的文件夹中指定一个新文件。`,
    noPackage: ({ name, tool }) =>
      `无法在此数据库上试写：没有安装 ${name} 包。请把它安装在 ${tool} 旁边（npm install ${name}），或去掉 --database：此时使用始终可用的 SQLite。`,
    cannotConnect: ({ product, address, reason }) =>
      `无法在 ${address} 的 ${product} 上创建临时数据库：${reason}。请确认服务器正在运行，并且该用户可以创建数据库。`,
    unclear:
      '--database 无效：必须以 mysql://、postgres:// 或 sqlite: 开头。例如：mysql://root@127.0.0.1:3306、postgres://postgres@127.0.0.1:5432、sqlite:scratch.db。',
    badUrl: ({ fault }) => `无法使用 --database：${fault}。例如：mysql://user:password@127.0.0.1:3306。`,
    badPort: ({ port }) => `端口是 ${port}，而端口最大为 65535`,
    notAUrl: '它不是服务器的 URL',
    badUserName: '用户名中有一个不表示任何字符的 %。百分号本身请写作 %25',
    badPassword: '密码中有一个不表示任何字符的 %。百分号本身请写作 %25',
    badDatabaseName: '数据库名中有一个不表示任何字符的 %。百分号本身请写作 %25',
    noFile: '无法判断 --database sqlite: 指的是哪个文件。请指定一个不存在的文件。',
    exists: ({ path }) => `无法在 ${path} 中试写：它已存在，而临时数据库会被删除。请指定一个新文件。`,
  },
};
