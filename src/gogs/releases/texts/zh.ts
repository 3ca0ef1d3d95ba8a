import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  oldHooks: {
    title: '仓库中的 Git 钩子来自 Gogs 0.10 之前的版本',
    consequence: '推送会绕过 Gogs：没有动态、Web 钩子和受保护分支。',
    remedy:
      '在新服务器上，在每个有自定义钩子的仓库中，把 hooks/pre-receive 和 hooks/post-receive 移到 custom_hooks/（从 0.10 起 Gogs 在那里运行它们），然后运行 `gogs admin resync-hooks`。',
  },
  unknownSizes: {
    title: '仓库的大小未知',
    consequence: '在下次推送到各仓库之前，Gogs 显示为 0。',
    remedy: '无需处理。',
  },
  leftOut: {
    noProtectedBranch: '不属于任何受保护分支',
    repositoryIsGone: '所属的仓库已不存在',
  },
  removed: {
    mailIsHtml: '除非设置了 USE_PLAIN_TEXT，邮件都是 HTML',
    subjectPrefix: '邮件主题的开头由 SUBJECT_PREFIX 设置',
    fixedQueue: '队列长度是固定的',
    assetsInBinary: '资源文件在程序内；参见 LOAD_ASSETS_FROM_DISK',
    releaseAttachments: '版本发布的附件与其他附件存放在一起',
    cookiesAlwaysSet: '总是设置 Cookie',
    registrationButton: '除非设置了 DISABLE_REGISTRATION，总是显示该按钮',
    noFooterVersion: '页脚不显示版本',
    noInstallPage: '没有安装页面',
    signInsLast: '登录的有效期与会话相同',
    heloAlwaysSent: '总是发送 HELO',
    noSuchCookie: '没有这个 Cookie',
    noBranding: '页脚不显示品牌',
    noDsaKeys: '不接受 DSA 密钥',
  },
};
