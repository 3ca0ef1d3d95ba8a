/** Tells the app.ini of Gogs from those of Gitea, which has most of its settings, and of programs with none of them. */
import type { SettingsDocument } from './names.js';

export type ConfigProgram = 'Gogs' | 'Gitea' | 'another';

/** Gitea and Forgejo write two of these at their installation, and Gogs never had them: routers/install/install.go in Gitea. */
const OF_GITEA = [
  { section: 'security', names: ['INTERNAL_TOKEN', 'INTERNAL_TOKEN_URI'] },
  { section: 'oauth2', names: ['JWT_SECRET', 'JWT_SECRET_URI'] },
] as const;

/** Before all sections: conf/app.ini@v0.9.141 to @v0.14.3. */
const AT_TOP = ['APP_NAME', 'BRAND_NAME', 'RUN_USER', 'RUN_MODE'];
/** conf/app.ini@v0.9.141 to @v0.14.3. */
const SECTIONS =
  /^(?:server|repository(?:\..+)?|database|security|service|auth|mailer|email|user|session|cache|http|lfs|attachment|release\.attachment|picture|mirror|webhook|git(?:\..+)?|cron(?:\..+)?|admin|ui(?:\..+)?|markdown|smartypants|prometheus|api|log(?:\..+)?|i18n|time|other)$/;
/** Other programs write theirs in lower case. */
const KEY = /^[A-Z][A-Z0-9_]+$/;

export function programOfSettings(document: Pick<SettingsDocument, 'sections' | 'keys'>): ConfigProgram {
  if (OF_GITEA.some(({ section, names }) => names.some((name) => document.keys(section).includes(name))))
    return 'Gitea';
  const isOfGogs =
    document.keys('').some((key) => AT_TOP.includes(key)) ||
    document
      .sections()
      .some((section) => SECTIONS.test(section) && document.keys(section).some((key) => KEY.test(key)));
  return isOfGogs ? 'Gogs' : 'another';
}
