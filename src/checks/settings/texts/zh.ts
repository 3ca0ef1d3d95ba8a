import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  cacheAdapter: {
    title: ({ adapter, release }) => `app.ini 指定了缓存适配器 ${adapter}，而 Gogs ${release} 不支持它`,
    consequence: '服务器无法启动，尽管可以恢复。',
    remedy: ({ adapters }) => `请从 ${adapters} 中选择：--set cache.ADAPTER=memory。缓存中没有需要迁移的内容。`,
  },
  databaseEngine: {
    title: ({ engine, release }) => `app.ini 指定了数据库引擎 ${engine}，而 Gogs ${release} 不支持它`,
    consequence: ({ engine }) => `Gogs 会中止，恢复也一样："unknown database type: ${engine}"。`,
    remedy: ({ engines, replacement }) => `请从 ${engines} 中选择：--set database.TYPE=${replacement}。`,
  },
  postgresLogin: {
    title: 'PostgreSQL 的登录信息中有空格、引号或反斜杠',
    consequence:
      'Gogs 会中止，恢复也一样："invalid option"、"failed to connect"，或者密码被拒绝。在 0.13 之前，这样的登录信息可以使用。',
    remedy:
      "请在 PostgreSQL 中为该用户换一个密码，并写入：--set database.PASSWORD=…。如果其中没有空格，在 app.ini 中把 ' 写成 \\'、把 \\ 写成 \\\\ 即可。",
  },
  httpPort: {
    title: ({ port, release }) => `[server] HTTP_PORT 是 ${port}，而 Gogs ${release} 只接受数字`,
    consequence: 'Gogs 会把它读作 0，并监听一个随机端口。',
    remedy: '请设置数字：--set server.HTTP_PORT=3000。',
  },
  dataPath: {
    title: '上传的文件不在数据文件夹中',
    consequence:
      'Gogs 的备份不含它们，而恢复会把它们放入数据文件夹的 attachments、avatars 和 repo-avatars，新服务器不会在那里查找。',
    remedy:
      '请设为通常的位置：--set attachment.PATH=data/attachments、picture.AVATAR_UPLOAD_PATH=data/avatars、picture.REPOSITORY_AVATAR_UPLOAD_PATH=data/repo-avatars。也可以在新服务器上把文件复制过去。',
  },
  emailNotifications: {
    title: ({ release }) => `在 SQLite 上使用邮件通知，Gogs ${release} 会卡死`,
    consequence: '工单的第一条评论永远不会完成，此后的每个请求都在等待数据库。',
    remedy:
      '请先关闭，直到有版本修复它：--set user.ENABLE_EMAIL_NOTIFICATION=false。Gogs 0.13、MySQL 和 PostgreSQL 不受影响。',
  },
  localNetwork: {
    title: 'app.ini 不允许任何本地网络主机',
    consequence: ({ since }) => `指向内部地址的 Web 钩子和镜像会被拒绝；Gogs ${since} 之前的版本允许它们。`,
    remedy: '如果有，请列出这些主机：--set security.LOCAL_NETWORK_ALLOWLIST=ci.internal,10.0.0.5。',
  },
  logToFile: {
    title: ({ modes }) => `Gogs 的日志写入 ${modes}，而不输出到控制台`,
    consequence: '如果无法启动，"gogs web" 会直接退出，控制台上没有任何信息。',
    remedy: ({ folder }) => `请查看 ${folder} 中的 gogs.log，或在首次启动时设置 [log] MODE = console, file。`,
  },
  absolutePath: {
    title: 'app.ini 中有绝对路径',
    consequence:
      '在另一台机器上，Gogs 会重新创建它们；没有权限时会中止："create SSH root directory"、"create \'xorm.log\'"。',
    remedy: '如果新机器的文件在别处，请修改：--set section.KEY=path。',
  },
  windowsPath: {
    title: 'app.ini 中有 Windows 路径',
    consequence:
      '在 Linux 和 macOS 上它们只是普通名称：Gogs 会在工作目录下创建名为 "C:\\…" 的文件夹，而且在其中找不到任何内容。',
    remedy: '如果新服务器不运行 Windows，请指定它自己的路径：--set section.KEY=path。',
  },
  remoteHost: {
    title: 'app.ini 中有主机地址',
    consequence: '新服务器会连接这些主机；恢复会替换在那里找到的表。',
    remedy: '如果新安装使用其他主机，请修改：--set section.KEY=host。',
  },
  relativePath: {
    title: 'app.ini 中有相对路径',
    consequence: '它们相对于新安装所在的文件夹，可能与旧安装的位置不同。',
    remedy: '请检查这些文件夹是否在您希望的位置。',
  },
  reverseProxy: {
    title: '用户通过反向代理登录，但 app.ini 没有按地址信任任何代理',
    consequence: ({ since }) => `从 ${since} 起，Gogs 只信任同一台机器上的代理：在其他代理之后，没有人能登录。`,
    remedy: '如果代理运行在别处，请指定它：--set auth.TRUSTED_PROXY_IPS=10.0.0.5/32。',
  },
  runUser: {
    title: ({ user }) => `Gogs 必须以用户 ${user} 运行`,
    consequence: ({ user }) =>
      `由其他用户启动时，Gogs 及其每个命令都会中止："user configured to run Gogs is "${user}", but the current user is …"。`,
    remedy: ({ user }) => `请以 ${user} 运行 Gogs 及其命令，或修改用户名：--set RUN_USER=name。Docker 镜像使用 git。`,
  },
  secretKey: {
    missing: 'app.ini 没有密钥',
    example: 'app.ini 使用的是 Gogs 示例中的密钥',
    reminder: ({ key }) => `app.ini 的密钥是 ${key}，它只是提醒您设置密钥`,
    starts: ({ release }) => `Gogs ${release} 能启动，但密钥是公开的：拿到数据库的人都能读取双因素验证密钥。`,
    isWeak: 'Gogs 会使用随源代码公开的密钥：拿到数据库的人都能读取双因素验证密钥，“记住登录”的 Cookie 也更不安全。',
    doesNotStart: ({ release }) =>
      `Gogs ${release} 无法启动："[security] SECRET_KEY must be set to a strong, unguessable value"。`,
    setLater:
      '新服务器运行之后，请把 [security] SECRET_KEY 设为较长的随机文本；启用了双因素验证的用户随后需要重新启用。',
    setNow: ({ published }) =>
      `请设置较长的随机文本：--set security.SECRET_KEY=…。本工具不会自动生成，因为双因素验证密钥要用它解密：换用新密钥后，启用了双因素验证的用户需要重新启用。没有自己密钥的服务器，其双因素验证密钥只能用 ${published} 解密。`,
  },
  oldAddress: {
    title: ({ now, host }) => `app.ini 中一处是 ${now}，另一处是 ${host}`,
    consequence: '页面和邮件中的链接以及克隆地址都指向旧服务器。',
    remedy: ({ setting }) => `请一并设置：--set ${setting}。`,
  },
  otherEngine: {
    mismatch: ({ engine, named }) => `输出面向 ${engine}，但其 app.ini 指定的是 ${named}`,
    restoreGoesThere: ({ named }) => `Gogs 会使用 app.ini 指定的 ${named} 数据库，恢复也会写入它。`,
    setAll: ({ engine }) =>
      `请为 ${engine} 设置 [database] 的全部内容，首先是 --set database.TYPE=${engine}，并且不要使用 --keep-config。`,
    nowNames: ({ engine }) => `app.ini 现在指定的数据库引擎是 ${engine}`,
    isFile: ({ path, old }) =>
      `数据库是文件 ${path}。[database] 中的 HOST、NAME、USER 和 PASSWORD 是 ${old} 的，不再读取。`,
    setPath: '如果要放在别处，请设置其路径：--set database.PATH=…。',
    staleValues: ({ old }) => `[database] 中的其他值仍是 ${old} 的：用这些值，Gogs 无法连接数据库。`,
    setValues: ({ address }) =>
      `请使用新服务器的值重新升级：--set database.HOST=${address} --set database.NAME=gogs --set database.USER=gogs --set database.PASSWORD=…；或在 Gogs 启动之前写入 app.ini。`,
    oldNames: ({ old, engine }) => `旧服务器的 app.ini 指定的是 ${old}，但输出面向 ${engine}`,
    noAppIni: '输出中没有 app.ini。',
    newSqlite: '请在新服务器的 app.ini 的 [database] 中设置 TYPE = sqlite3 和 PATH。',
    newServer: ({ engine, address }) =>
      `请在新服务器的 app.ini 的 [database] 中设置 TYPE = ${engine}、HOST = ${address}、NAME、USER 和 PASSWORD。`,
  },
  renamed: {
    title: 'app.ini 中的某些设置改了名称',
    consequence: '使用旧名称时，Gogs 会忽略该设置并使用默认值，而且没有任何提示。',
    remedy: '已改名；值不变。',
  },
  dropped: {
    title: 'app.ini 中的某些设置同时以新旧两个名称出现',
    consequence: 'Gogs 0.12 采用其中之一，之后的版本只认新名称。',
    remedy: '保留了 Gogs 0.12 采用的值，移除了另一个。',
  },
  rewritten: {
    title: 'app.ini 中的某些设置对新版本有不同的含义',
    consequence: 'Gogs 会读到与以前不同的值。',
    remedy: '已改写，使读到的值与以前相同。',
  },
  added: {
    title: 'app.ini 中未写明的某些设置，其默认值已改变',
    consequence: 'Gogs 会使用新的默认值。',
    remedy: '已把旧的默认值写入 app.ini。',
  },
  unread: {
    title: 'app.ini 中有 Gogs 不读取的设置',
    consequence: '它们不起作用。',
    remedy: '已原样保留；下次编辑该文件时可以删除。',
  },
};
