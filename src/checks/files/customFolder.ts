/** An archive with data or repositories, but without custom/: a full restore stops halfway. */
import { CUSTOM } from '../../gogs/layout.js';
import type { Danger, StartCheck } from '../Check.js';

export const NO_CUSTOM_FOLDER: Danger = {
  code: 'no-custom-folder',
  severity: 'error',
  title: 'The archive has files, but no custom folder',
  consequence:
    'The restore first renames the live custom folder to custom.bak and then stops with "Failed to import \'custom\'": attachments, avatars and repositories are not restored, and a second try stops because custom.bak exists.',
  remedy:
    'Restore with --database-only --config PATH/TO/app.ini, and unpack data/ and repositories.zip by hand; or put the old custom folder into the archive as gogs-backup/custom/.',
  needsHand: true,
  source: 'internal/cmd/restore.go@v0.13.0: runRestore; measured',
};

const OTHER_FILES = /^gogs-backup\/(?:data\/.|repositories\.zip$)/;

export const customFolder: StartCheck = ({ format, notice }) => {
  if (format !== 'zip') return undefined;
  let hasCustom = false;
  let other: string | undefined;
  return {
    seeFile({ name }) {
      if (name.startsWith(CUSTOM)) hasCustom = true;
      else if (other === undefined && OTHER_FILES.test(name)) other = name;
    },
    finish() {
      if (!hasCustom && other !== undefined) notice({ ...NO_CUSTOM_FOLDER, place: JSON.stringify(other) });
    },
  };
};
