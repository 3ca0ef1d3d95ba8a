import type { Translation } from '../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  previewTarget: {
    title: '目标版本尚未发布',
    consequence: '它仍可能变化：现在为它生成的输出，不一定能在正式版本上恢复。',
    remedy: '可用于试用该版本。生产服务器请选择已发布的目标版本。',
  },
  rehearsal: {
    title: '此输出仅供测试服务器使用，请勿作为备份保存',
    consequence:
      'Web 钩子已停用，等待中的推送已标记为已发送，镜像不会到期同步，邮件已关闭。从输出本身看不出它们原来的状态。',
    remedy: '正式迁移时，请去掉 --rehearsal 重新升级。',
  },
  unsupportedVersion: {
    title: '输入所属的版本无法升级到目标版本',
    consequence: '未升级任何内容：Gogs 拒绝它不认识的数据库架构版本，也拒绝由更新版本的程序创建的备份。',
    remedy: '请查看错误信息。',
  },
  userId: ({ id }) => `用户 ${id}`,
  namedUser: ({ name, id }) => `用户 ${name}（${id}）`,
  user: ({ name }) => `用户 ${name}`,
  repository: ({ name }) => `仓库 ${name}`,
  issue: ({ name }) => `工单 ${name}`,
  line: ({ table, line }) => `${table} 第 ${line} 行`,
  noIdAtLine: ({ table, line }) => `${table} id ?（第 ${line} 行）`,
};
