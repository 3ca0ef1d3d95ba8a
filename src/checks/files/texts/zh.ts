import type { Translation } from '../../../core/language.js';
import type { en } from './en.js';

export const zh: Translation<typeof en> = {
  attachmentWithoutFile: {
    title: '附件在备份中没有对应的文件',
    consequence: '它们的链接会返回 404。多数情况下，该文件在旧服务器上就已不存在。',
    remedy: '如果旧服务器上仍有该文件，请从那里复制 data/attachments/a/b/UUID。',
  },
  fileWithoutAttachment: {
    title: '附件文件没有对应的行',
    consequence: '它们占用空间，而且无法访问。',
    remedy: '已原样保留。可以在新服务器上删除它们。',
  },
  avatarWithoutFile: {
    title: '自定义头像在备份中没有对应的文件',
    consequence: 'Gogs 会显示默认头像。',
    remedy: '如果旧服务器上仍有这些文件，请从那里复制 data/avatars/ID 和 data/repo-avatars/ID。',
  },
  avatarWithoutOwner: {
    title: '头像不属于任何用户或仓库',
    consequence: '没有影响：它们无法访问。',
    remedy: '已原样保留。可以在新服务器上删除它们。',
  },
  noCustomFolder: {
    title: '备份中有文件，但没有 custom 文件夹',
    consequence:
      '恢复会先把正在使用的 custom 文件夹重命名为 custom.bak，然后因 "Failed to import \'custom\'" 中止：附件、头像和仓库都没有恢复，而且再次尝试会因 custom.bak 已存在而中止。',
    remedy:
      '请使用 --database-only --config PATH/TO/app.ini 恢复，并手动解压 data/ 和 repositories.zip；或把旧的 custom 文件夹以 gogs-backup/custom/ 放入备份。',
  },
  hookPath: {
    title: '钩子按旧服务器上的路径调用 Gogs',
    consequence: '如果 Gogs 现在安装在别处，每次推送都会失败："No such file or directory"。',
    remedy: '请在新服务器上运行 `gogs admin resync-hooks`；它会重写所有仓库的钩子。',
  },
  hookMode: {
    title: '钩子没有可执行权限',
    consequence:
      'Git 会跳过它们：没有 Web 钩子、受保护分支和动态。`gogs admin resync-hooks` 只重写其内容，不修改权限。',
    remedy:
      '请在新服务器上运行：chmod 0755 ROOT/*/*.git/hooks/{pre-receive,update,post-receive} ROOT/*/*.git/custom_hooks/*',
  },
  lfsObjects: {
    title: '任何备份都不包含 Git LFS 对象',
    consequence: '在复制这些文件之前，克隆时会得到 "object does not exist"。',
    remedy: '请从旧服务器复制 [lfs] OBJECTS_PATH 文件夹（默认为 data/lfs-objects）：OBJECTS_PATH/2/d/2d71…。',
  },
  lfsObjectsInside: {
    title: 'Git LFS 对象在备份中，但恢复时会留在那里',
    consequence: '在解压这些文件之前，克隆时会得到 "object does not exist"。',
    remedy:
      '请将 gogs-backup/data/lfs-objects 解压到 [lfs] OBJECTS_PATH 文件夹（默认为 data/lfs-objects）：清单中有相应命令。',
  },
  sizeInAll: ({ size }) => `共 ${size}`,
  repositoryWithoutFiles: {
    title: '仓库在备份中没有 Git 数据',
    consequence: '它们的页面会返回 500 或显示为空仓库。--exclude-mirror-repos 会有意略去镜像。',
    remedy:
      '请从旧服务器复制 OWNER/NAME.git。如果已经丢失：`gogs admin delete-missing-repositories` 或 `reinit-missing-repositories`。',
  },
  filesWithoutRepository: {
    title: 'Git 数据不属于任何仓库',
    consequence: '它占用空间，而且无法访问；用该名称新建仓库会被拒绝。',
    remedy: '已原样保留。请检查后在新服务器上删除该文件夹。',
  },
  repositoriesFolder: {
    title: 'repositories.zip 解压后的文件夹与 [repository] ROOT 不一致',
    consequence: '恢复会以它自己的名称解压到 ROOT 旁边：所有仓库都在 Gogs 找不到的地方。',
    remedy: '请让 ROOT 的最后一级使用相同名称（--set repository.ROOT=…），或在恢复后重命名该文件夹。',
  },
  folderAndRoot: ({ folder, root }) => `${folder}，而 ROOT 的最后一级是 ${root}`,
};
