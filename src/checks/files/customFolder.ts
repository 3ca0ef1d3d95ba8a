/** An archive with data or repositories but without custom/: a full restore stops halfway. */
import { danger } from '../../core/danger.js';
import { CUSTOM } from '../../gogs/layout.js';
import type { StartCheck } from '../Check.js';
import { texts } from './texts.js';

export const NO_CUSTOM_FOLDER = danger({
  code: 'no-custom-folder',
  severity: 'error',
  words: () => texts().noCustomFolder,
  needsHand: true,
  source: 'internal/cmd/restore.go@v0.13.0: runRestore; measured',
});

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
