/** Makes findings of what is odd about a zip. */
import type { Notice } from '../core/findings.js';
import type { ZipWarning } from '../formats/zip/ZipReader.js';

const NOTICES: Readonly<Record<ZipWarning['code'], Notice>> = {
  'unlisted-bytes': {
    code: 'unlisted-bytes',
    severity: 'warning',
    title: 'A zip holds bytes that belong to none of its files',
    consequence:
      'They are not in the output. Programs that change a zip in place leave older versions of its files there; it is also where something could be hidden.',
    remedy: 'Nothing needs to be done, unless a file is missing: then ask the program that changed the archive.',
    needsHand: false,
    source: 'APPNOTE.TXT, section 4.3.1: only the central directory says what an archive holds',
  },
  'case-collision': {
    code: 'case-collision',
    severity: 'warning',
    title: 'Names in a zip differ only by case',
    consequence: 'On a file system that ignores case, as on Windows and macOS, one of the files replaces the other.',
    remedy: 'Restore it on Linux, or rename one of the two on the old server.',
    needsHand: false,
    source: 'internal/cmd/restore.go@v0.13.0 unpacks every entry under its name',
  },
  'unknown-encoding': {
    code: 'unknown-encoding',
    severity: 'warning',
    title: 'Names in a zip are in a character set that it does not name',
    consequence:
      'They are carried over byte by byte, and `gogs restore` gives the files such names. In this report they are shown as CP437, which may not be how people know them.',
    remedy: 'Look after the restore whether the files have the names that are expected, and rename them if not.',
    needsHand: false,
    source: 'APPNOTE.TXT, appendix D; archive/zip in Go keeps the bytes of a name',
  },
};

/** For `onWarning` of a zip. */
export function zipNotice(notice: (notice: Notice) => void): (warning: ZipWarning) => void {
  return ({ code, message }) => notice({ ...NOTICES[code], place: message.replace(/\.$/, '') });
}
