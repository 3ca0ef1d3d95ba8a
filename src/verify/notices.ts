/** The two kinds of things a verification has to say. */
import type { Notice } from '../core/findings.js';

const REMEDY = 'Do not restore this archive: make it anew, and verify it again.';

/** Something that does not hold. */
export function notHeld(code: string, title: string, consequence: string, remedy = REMEDY): Notice {
  return { code, severity: 'error', title, consequence, remedy, needsHand: true };
}

/** Something that holds and that one should know. */
export function toKnow(code: string, title: string, remedy: string, consequence = ''): Notice {
  return { code, severity: 'info', title, consequence, remedy, needsHand: false };
}
