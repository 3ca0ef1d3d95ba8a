/** The folders of uploads in the data folder, and the settings that can place them elsewhere: conf/app.ini@v0.13.0 */
export const UPLOAD_SETTINGS = {
  attachments: 'attachment.PATH',
  avatars: 'picture.AVATAR_UPLOAD_PATH',
  'repo-avatars': 'picture.REPOSITORY_AVATAR_UPLOAD_PATH',
  'lfs-objects': 'lfs.OBJECTS_PATH',
} as const;
