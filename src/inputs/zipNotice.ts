/** Turns oddities of a zip into findings. */

import { type Danger, danger } from '../core/danger.js';
import type { Notice } from '../core/findings.js';
import type { ZipWarning } from '../formats/zip/ZipReporter.js';
import { texts } from './texts.js';

const NOTICES: Readonly<Record<ZipWarning['code'], Danger>> = {
  'unlisted-bytes': danger({
    code: 'unlisted-bytes',
    severity: 'warning',
    words: () => texts().zip.unlistedBytes,
    needsHand: false,
    source: 'APPNOTE.TXT, section 4.3.1: only the central directory says what an archive holds',
  }),
  'case-collision': danger({
    code: 'case-collision',
    severity: 'warning',
    words: () => texts().zip.caseCollision,
    needsHand: false,
    source: 'internal/cmd/restore.go@v0.13.0 unpacks every entry under its name',
  }),
  'unknown-encoding': danger({
    code: 'unknown-encoding',
    severity: 'warning',
    words: () => texts().zip.unknownEncoding,
    needsHand: false,
    source: 'APPNOTE.TXT, appendix D; archive/zip in Go keeps the bytes of a name',
  }),
};

/** Returns an `onWarning` function for a zip. */
export function zipNotice(notice: (notice: Notice) => void): (warning: ZipWarning) => void {
  return ({ code, message }) => notice({ ...NOTICES[code], place: message.replace(/[.。]$/, '') });
}
