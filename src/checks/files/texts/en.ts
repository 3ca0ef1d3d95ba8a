export const en = {
  attachmentWithoutFile: {
    title: 'Attachments have no file in the archive',
    consequence: 'Their links answer 404. In most cases the file was already gone on the old server.',
    remedy: 'If the old server still has it, copy data/attachments/a/b/UUID from there.',
  },
  fileWithoutAttachment: {
    title: 'Attachment files have no row',
    consequence: 'They take up space, and nobody can reach them.',
    remedy: 'They are carried over unchanged. They can be deleted on the new server.',
  },
  avatarWithoutFile: {
    title: 'Custom avatars have no file in the archive',
    consequence: 'Gogs shows a default picture instead.',
    remedy: 'If the old server still has them, copy data/avatars/ID and data/repo-avatars/ID from there.',
  },
  avatarWithoutOwner: {
    title: 'Avatars belong to nobody',
    consequence: 'None: nobody can reach them.',
    remedy: 'They are carried over unchanged. They can be deleted on the new server.',
  },
  noCustomFolder: {
    title: 'The archive has files, but no custom folder',
    consequence:
      'The restore first renames the live custom folder to custom.bak and then stops with "Failed to import \'custom\'": attachments, avatars and repositories are not restored, and a second try stops because custom.bak exists.',
    remedy:
      'Restore with --database-only --config PATH/TO/app.ini, and unpack data/ and repositories.zip by hand; or put the old custom folder into the archive as gogs-backup/custom/.',
  },
  hookPath: {
    title: 'Hooks call Gogs by its path on the old server',
    consequence: 'If Gogs is installed elsewhere now, every push fails: "No such file or directory".',
    remedy: 'Run `gogs admin resync-hooks` on the new server; it rewrites the hooks of all repositories.',
  },
  hookMode: {
    title: 'Hooks are not executable',
    consequence:
      'Git skips them: no webhooks, no protected branches, no activity. `gogs admin resync-hooks` rewrites their text, not their mode.',
    remedy:
      'On the new server: chmod 0755 ROOT/*/*.git/hooks/{pre-receive,update,post-receive} ROOT/*/*.git/custom_hooks/*',
  },
  lfsObjects: {
    title: 'No backup contains Git LFS objects',
    consequence: 'Clones get "object does not exist" for these files until they are copied over.',
    remedy:
      'Copy the folder of [lfs] OBJECTS_PATH, data/lfs-objects by default, from the old server: OBJECTS_PATH/2/d/2d71….',
  },
  lfsObjectsInside: {
    title: 'Git LFS objects are in the archive, where a restore leaves them',
    consequence: 'Clones get "object does not exist" for these files until they are unpacked.',
    remedy:
      'Unpack gogs-backup/data/lfs-objects into the folder of [lfs] OBJECTS_PATH, data/lfs-objects by default: the checklist has the command.',
  },
  sizeInAll: ({ size }: { size: string }) => `${size} in all`,
  repositoryWithoutFiles: {
    title: 'Repositories have no Git data in the archive',
    consequence:
      'Their pages answer 500 or show an empty repository. --exclude-mirror-repos leaves out mirrors on purpose.',
    remedy:
      'Copy OWNER/NAME.git from the old server. If it is lost: `gogs admin delete-missing-repositories` or `reinit-missing-repositories`.',
  },
  filesWithoutRepository: {
    title: 'Git data belongs to no repository',
    consequence: 'It takes up space, and nobody can reach it; a new repository of that name would be refused.',
    remedy: 'It is carried over unchanged. Look into it, then delete the folder on the new server.',
  },
  repositoriesFolder: {
    title: 'repositories.zip unpacks to another folder than [repository] ROOT',
    consequence:
      'The restore unpacks it beside ROOT under its own name: all repositories end up where Gogs does not look.',
    remedy: 'Give ROOT the same last part (--set repository.ROOT=…), or rename the folder after the restore.',
  },
  folderAndRoot: ({ folder, root }: { folder: string; root: string }) => `${folder}, and ROOT ends in ${root}`,
};
