import { spaced, type Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  tokenWithoutValue: {
    title: '访问令牌没有值',
    consequence: '任何人都无法使用它们；数据库会拒绝第二个："Duplicate entry"。',
    remedy: '已略去。其所有者可以重新创建。',
  },
  tokenGivenTwice: {
    title: '访问令牌重复出现',
    consequence: '数据库会拒绝第二个："Duplicate entry"。',
    remedy: '每个令牌保留第一条，略去后面的：令牌继续有效，归第一个所有者。',
  },
  tokenHashMismatch: {
    title: '访问令牌与其哈希值不符',
    consequence: 'Gogs 按哈希值查找令牌，因此这些令牌无法使用。',
    remedy: '已原样保留。其所有者可以重新创建。',
  },
  tokenHasNoValue: '没有值',
  tokenIsGivenTwice: '令牌重复',
  tokenPlace: ({ id, user }) => `${user} 的 AccessToken id ${id}`,
  fourByteCharacters: {
    title: '文本包含表情符号或其他四字节字符',
    consequence: '字符集为 utf8（utf8mb3）的 MySQL 数据库会以错误 1366 拒绝它们。',
    remedy: '创建数据库时使用 CHARACTER SET utf8mb4 即可，无需其他操作。',
  },
  localMirror: {
    title: '镜像从本地网络拉取',
    consequence: 'Gogs 0.14 不会从未被允许的本地地址同步；0.13 会同步，但在保存该地址时会拒绝。',
    remedy: '允许这些主机：--set security.LOCAL_NETWORK_ALLOWLIST=HOST,HOST（或用 * 允许全部）。',
  },
  localWebhook: {
    title: 'Web 钩子指向本地网络',
    consequence: 'Gogs 不会向未被允许的本地地址推送："implicitly blocked"。',
    remedy: '允许这些主机：--set security.LOCAL_NETWORK_ALLOWLIST=HOST,HOST（或用 * 允许全部）。',
  },
  loginSourceWithoutConfig: {
    title: '登录源没有可读取的配置',
    consequence: 'Gogs 显示登录页面时会读取所有登录源，登录页面因此会对所有人返回 500。',
    remedy: '在旧服务器上打开“认证源管理”，保存后重新备份；或从新数据库的 login_source 表中删除该行。',
  },
  loginSourceType: {
    title: '登录源的类型是 Gogs 不认识的',
    consequence: 'Gogs 显示登录页面时会读取所有登录源，登录页面因此会对所有人返回 500。',
    remedy: '在旧服务器上删除该登录源后重新备份，或从新数据库的 login_source 表中删除该行。',
  },
  loginSourceProvider: {
    title: '登录源带有 Provider 字段',
    consequence: '恢复遇到这样的行会中止：该字段是接口类型，无法解码。',
    remedy: '已写为 null：Gogs 会从配置中得出它，而配置已保留。',
  },
  longValue: {
    title: '文本超过列的长度',
    consequence:
      '数据库会拒绝它们，恢复或导入会在此处中止："Data too long for column"（MySQL，错误 1406）、"value too long"（PostgreSQL）。',
    remedy: '在旧服务器上缩短这些文本后重新备份，或改用没有此限制的 SQLite。',
  },
  bytesAndFit: ({ place, bytes, fit }) => `${place}：${bytes} 字节，最多 ${fit}`,
  charactersAndFit: ({ place, characters, fit }) => `${place}：${characters} 个字符，最多 ${fit}`,
  mirrorsAtOnce: {
    title: '恢复后所有镜像会同时同步',
    consequence: 'gogs restore 会把每个镜像的下次同步时间设为公元 1 年，因此所有镜像都会在十分钟内到期。',
    remedy:
      '如果镜像很多，首次启动时请设置 [cron.update_mirrors] ENABLED = false，或重新设置 mirror.next_update_unix。',
  },
  missingKey: {
    title: '某些行缺少同表其他行具有的值',
    titleOf: ({ table, column }) => `${table} 的某些行缺少其他行具有的 ${column}`,
    consequence: 'Gogs 把大多数表的各行解码到同一个结构体，因此这样的行会悄悄沿用上一行的值。',
    remedy: '该值已写为零、false 或空，以免混入其他行的内容。请检查列出的行。',
  },
  noUsers: {
    title: '没有任何用户',
    consequence: '任何人都无法登录。用过的服务器必定有用户：这里缺少一些行，甚至全部行。',
    remedy: '请查明原因：转储可能使用了 --no-data 或 --schema-only，或来自空服务器。请使用包含数据行的转储。',
  },
  notUtf8: {
    title: '文本包含非 UTF-8 的字节',
    consequence:
      'PostgreSQL 和 MySQL 会拒绝它们，恢复或导入在此处中止；SQLite 会接受，但文本中的每个变音字母或汉字都是错的。',
    remedy: '请以 UTF-8 制作转储，或用 --encoding 指明 SQL 或 CSV 的编码。这些文本已原样保留。',
  },
  nulTakenOut: {
    title: '已从文本中移除 NUL 字符',
    consequence: 'PostgreSQL 无法存储它们，会拒绝整行："invalid byte sequence"。',
    remedy: '已移除，与 Gogs 自己在其他表中的做法相同。其余字符全部保留。',
  },
  timeShortened: {
    title: '有些时间的秒数位数多于新数据库所能保留的',
    consequence: 'Gogs 的表在 MySQL 上保留毫秒，在 PostgreSQL 和 SQLite 上保留微秒。',
    remedy: '无需处理：与 MariaDB 的做法相同，多余的位数会被舍去。Gogs 不显示这些位数。',
  },
  nulCharacter: {
    title: '文本包含 NUL 字符',
    consequence: '恢复到 MySQL 或 SQLite 时会保留它们，Gogs 总是移除它们的那些表除外。PostgreSQL 会拒绝它们。',
    remedy: '无需处理；如果要迁移到 PostgreSQL，请使用 --engine postgres。',
  },
  orphan: {
    title: '某些行所属的对象已不存在',
    titleOf: ({ table, target }) => `${table} 的某些行所属的${spaced(target)}已不存在`,
    consequence: '访问到它们时会得到 "record not found"；旧服务器上也是如此。',
    remedy: '已保留，以免丢失任何内容。使用 --drop-orphans 可略去它们。',
  },
  orphanLeftOut: {
    title: '已略去所属对象不存在的行',
    titleOf: ({ table, target }) => `已略去 ${table} 的某些行：所属的${spaced(target)}已不存在`,
    consequence: '按 --drop-orphans 的要求，它们不在输出中。',
    remedy: '不使用 --drop-orphans 时会保留它们。',
  },
  leftover: {
    title: '所属对象被删除时遗留下来的行',
    titleOf: ({ table, target }) => `${table} 的某些行是已删除的${spaced(target)}遗留下来的`,
    consequence: '没有影响：Gogs 自己会留下这样的行，并且没有任何地方读取它们。',
    remedy: '已保留。使用 --drop-orphans 可略去它们，已删除的版本发布的附件除外。',
  },
  danglingPointer: {
    title: '某些行指向已不存在的对象',
    titleOf: ({ table, target }) => `${table} 的某些行指向已不存在的${spaced(target)}`,
    consequence: '显示它们的页面会报错；旧服务器上也是如此。',
    remedy: '已保留。请在新数据库中把该列设为 0。',
  },
  targetIsGone: ({ target }) => `所属的${spaced(target)}已不存在`,
  targets: {
    user: '用户',
    repository: '仓库',
    issue: '工单',
    comment: '评论',
    label: '标签',
    public_key: '密钥',
    team: '团队',
    webhook: 'Web 钩子',
    milestone: '里程碑',
    release: '版本发布',
    login_source: '登录源',
  },
  refusedSshKey: {
    title: 'SSH 密钥的类型不再被 Gogs 接受',
    consequence: '没有其他密钥的用户无法再通过 SSH 克隆或推送；部署密钥会失效。',
    remedy: '请其所有者添加新密钥，例如用 ssh-keygen -t ed25519 生成。这些行已原样保留。',
  },
  sshKeyPlace: ({ id, user }) => `用户 ${user} 的 PublicKey id ${id}`,
  repeatedKey: {
    title: '某些行多次给出同一个值',
    consequence: '只有一个有效：备份所属版本所读取的键的值，其中取最后一个，与旧服务器上的结果一致。其余的已略去。',
    remedy: '请检查列出的行：它们被 Gogs 以外的程序修改过。',
  },
  otherType: {
    title: '某些值的类型与列不同',
    consequence:
      'Gogs 不会写出这样的值，其恢复遇到它们会中止。凡是不会丢失内容的都已转换："5" 和 5.0 写为 5，true 写为 1，对象写为其文本。其余的在 CSV 中保持原样；其他输出都会拒绝它们。',
    remedy: '请检查列出的行：它们被 Gogs 以外的程序修改过。',
  },
  blob: {
    title: '某些值存储为 BLOB',
    consequence: 'Gogs 只存储文本和数字。SQLite 中 BLOB 与二者都不相等，因此 Gogs 无法按这个值找到该行。',
    remedy: '它们作为文本和数字逐字节保留。请检查列出的行：它们被 Gogs 以外的程序修改过，或数据库已损坏。',
  },
  keyAgain: ({ place, key }) => `${place}：${key} 重复`,
  keyBeside: ({ place, key, kept }) => `${place}：${key} 与 ${kept} 并存`,
  rowWithoutId: {
    title: '某些行没有 id',
    consequence: '数据库会给这样的行分配另一个 id，原来属于它的内容就再也找不到它。',
    remedy: '请在输入中补上该行的 id，或去掉该行。',
  },
  twoFactorSecret: {
    title: '无法用备份中的 SECRET_KEY 解密双因素验证密钥',
    consequence:
      '这些用户无法用验证码登录（"cipher: message authentication failed"），在旧服务器和新服务器上都一样。他们的恢复代码仍然有效。',
    remedy: '请他们用恢复代码登录并重新启用双因素验证，或从 two_factor 表中删除他们的行。',
  },
  twoFactorKey: {
    title: '所有双因素验证密钥都无法用备份中的 SECRET_KEY 解密',
    consequence: '它不是当初加密所用的密钥：启用了双因素验证的用户都无法登录。',
    remedy: '请在较早的 app.ini 或旧服务器的环境变量中找到正确的密钥：--set security.SECRET_KEY=…。',
  },
  twoFactorWithoutKey: {
    title: '有双因素验证密钥，但输入中没有包含其 SECRET_KEY 的 app.ini',
    consequence: '密钥不同时，启用了双因素验证的用户都无法登录。',
    remedy: '请把旧服务器的 [security] SECRET_KEY 写入新的 app.ini。',
  },
  userId: ({ id }) => `用户 ${id}`,
  undeliveredTask: {
    title: '有等待推送的 Web 钩子任务',
    consequence: '新服务器首次启动时会全部发送，无论多旧：会再次触发构建和消息。',
    remedy: '如果不应发送，请在断网状态下启动新服务器；在测试服务器上请使用 --rehearsal。',
  },
  duplicateKey: {
    title: '某些行重复了必须唯一的值',
    consequence: '数据库会拒绝第二个，恢复或导入会在此处中止："Duplicate entry"、"UNIQUE constraint failed"。',
    remedy: '两行都已保留，因为只有您知道哪一行正确：请在旧服务器上修改其中一行后重新备份。',
  },
  duplicateKeyUnderCollation: {
    title: '某些行之间只有 MySQL 不区分的差别',
    consequence:
      'MySQL 和 MariaDB 比较时不区分大小写和变音符号，因此会拒绝第二个，恢复或导入会在此处中止："Duplicate entry"。',
    remedy: '请在旧服务器上重命名其中一个后重新备份，或改用 PostgreSQL 或 SQLite。',
  },
  repeatedLink: {
    title: '某些行与前面的行重复',
    consequence: '数据库会拒绝第二个："Duplicate entry"。',
    remedy: '保留第一行，略去其余各行：它们没有更多信息。',
  },
  repeatsOneBefore: '与前面的行重复',
  keysNotChecked: {
    title: '行数过多，没有在所有行中查找重复值',
    consequence: '只在该表的前三百万行中查找了重复值。',
    remedy: '数据库会维护自己的索引，因此不应有重复值；只有手工制作的输入才可能有。',
  },
  unknownKey: {
    title: '存在任何 Gogs 版本都不会写入的键',
    consequence: '恢复时会忽略它们。',
    remedy: '已保留在各行中。它们来自修改过的 Gogs，或更新的版本。',
  },
  unknownColumn: {
    title: '存在 Gogs 没有的列',
    consequence: '目标版本的数据库架构中没有它们的位置。',
    remedy: 'SQL 中已略去；JSON 和 CSV 会保留它们。',
  },
};
