/**
 * Converts app.ini from the names, defaults and syntax of the release that wrote it to those of the release that will read it.
 * Works on any document with the methods of `SettingsDocument`, and does no I/O. Never shows a value that may be a secret.
 */
import { compareVersions } from '../versions.js';
import { formatName, type SettingName, type SettingsDocument, splitName } from './names.js';
import { type DatedRename, type DatedSectionRename, isSet, type SettingsHistory } from './SettingsHistory.js';
import { texts } from './texts.js';

// Go's os.Expand treats a dollar sign before one of these as a variable, and any other literally.
const VARIABLE = /\$[A-Za-z0-9_{*#$@!?-]/;
// os.Expand runs before go-ini resolves %(name)s (transformValue in key.go@v1.67.0), so this keeps a dollar sign literal.
const DOLLAR_KEY = 'LITERAL_DOLLAR';

/** A change or observation of `upgradeSettings`. Holds only names, never values. */
export interface SettingChange {
  /**
   * `renamed`: now has its new name. `dropped`: overridden by the value under the other name, and removed. `rewritten`: its
   * text changed so that its meaning is kept. `added`: the former default, written out because the default changed. `unread`:
   * kept, although the target does not read it.
   */
  readonly kind: 'renamed' | 'dropped' | 'rewritten' | 'added' | 'unread';
  /** An empty key means the whole section. */
  readonly name: SettingName;
  /** The new name, or the name whose value is effective. */
  readonly to?: SettingName;
  /** The reason, as one clause. */
  readonly reason: string;
}

export interface SettingsUpgrade {
  /** Version that wrote the file; if undefined, it is taken as a version before 0.13. */
  readonly from?: string | undefined;
  /** Version that will read it: 0.13.0 or later. */
  readonly to: string;
}

/**
 * Values keep their bytes, unless the target needs another text for the same meaning. If both an old and a new name have a
 * value, the effective one is kept, as in a release that reads both: the old one if it is set (texts), positive (numbers) or
 * true (switches). Old names in a file whose release ignored them are reported and left alone. A second run changes nothing.
 */
export function upgradeSettings(
  document: SettingsDocument,
  { from, to }: SettingsUpgrade,
  history: SettingsHistory,
): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const name of document.liftInlineComments()) {
    changes.push({ kind: 'rewritten', name, reason: texts().reasons.comment });
  }
  // Before the renames, because the keys are those of the old program.
  const { expandsVariablesSince: expands } = history;
  if (expands !== undefined && crosses(from, to, expands)) changes.push(...keepDollars(document, expands));
  for (const rename of history.sections) {
    if (!document.sections().includes(rename.from) || isBeyond(to, rename.unreadSince)) continue;
    if (crosses(from, to, rename.unreadSince)) changes.push(...renameSection(document, rename));
    else changes.push(unread({ section: rename.from, key: '' }, { section: rename.to, key: '' }));
  }
  const refers = settings(document).some(({ value }) => value.includes('%('));
  for (const rename of history.renames) {
    const active = crosses(from, to, rename.unreadSince);
    if (active && refers) changes.push(...followReferences(document, rename));
    if (!has(document, rename.from) || isBeyond(to, rename.unreadSince)) continue;
    if (active) changes.push(...renameSetting(document, rename));
    else changes.push(unread(rename.from, rename.to));
  }
  changes.push(...keepDefaults(document, { from, to }, history));
  for (const { name: then, since, note } of history.removed) {
    const name = history.nameAt(then, to);
    if (!has(document, name) || isBeyond(to, since)) continue;
    changes.push({ kind: 'unread', name, reason: texts().reasons.removed({ since, note: note() }) });
  }
  return changes;
}

/** True for a change that comes after the target. */
const isBeyond = (to: string, since: string): boolean => compareVersions(to, since) < 0;

/** Whether the upgrade from one version to the other passes the release. */
function crosses(from: string | undefined, to: string, release: string): boolean {
  return (from === undefined || compareVersions(from, release) < 0) && compareVersions(to, release) >= 0;
}

function has(document: SettingsDocument, { section, key }: SettingName): boolean {
  return document.keys(section).includes(key);
}

function unread(name: SettingName, to: SettingName): SettingChange {
  return { kind: 'unread', name, to, reason: texts().reasons.notReadByWriter };
}

function renameSection(document: SettingsDocument, { from, to, unreadSince }: DatedSectionRename): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const key of document.keys(from)) {
    const [older, newer] = [
      { section: from, key },
      { section: to, key },
    ];
    if (!has(document, newer)) continue;
    const [loser, winner] = isSet(document.get(from, key) ?? '') ? [newer, older] : [older, newer];
    document.remove(loser.section, loser.key);
    changes.push({
      kind: 'dropped',
      name: loser,
      to: winner,
      reason: texts().reasons.inForce({ name: `[${winner.section}]` }),
    });
  }
  document.renameSection(from, to);
  changes.push({
    kind: 'renamed',
    name: { section: from, key: '' },
    to: { section: to, key: '' },
    reason: texts().reasons.oldNameUnread({ since: unreadSince }),
  });
  return changes;
}

function renameSetting(document: SettingsDocument, rename: DatedRename): SettingChange[] {
  const { from, to } = rename;
  const changes: SettingChange[] = [];
  const value = document.get(from.section, from.key) ?? '';
  if (has(document, to)) {
    if (!rename.overrules(value)) {
      document.remove(from.section, from.key);
      return [{ kind: 'dropped', name: from, to, reason: texts().reasons.inForce({ name: to.key }) }];
    }
    document.remove(to.section, to.key);
    changes.push({ kind: 'dropped', name: to, to: from, reason: texts().reasons.inForce({ name: from.key }) });
  }
  document.moveKey(from, to);
  changes.push({
    kind: 'renamed',
    name: from,
    to,
    reason: texts().reasons.oldNameUnread({ since: rename.unreadSince }),
  });
  const converted = rename.convert?.(value);
  if (converted !== undefined && converted !== value) {
    document.set(to.section, to.key, converted);
    changes.push({ kind: 'rewritten', name: to, reason: texts().reasons.valuesRenamed });
  }
  return changes;
}

// Backups name the release that wrote them; other inputs are from before 0.13.
const UNKNOWN_WRITER = '0.12.99';

/** Writes out defaults that the target changed. */
function keepDefaults(
  document: SettingsDocument,
  { from, to }: SettingsUpgrade,
  history: SettingsHistory,
): SettingChange[] {
  const changes: SettingChange[] = [];
  const current = (name: string): SettingName => history.nameAt(splitName(name), to);
  const inForce = {
    get: (name: string): string | undefined => document.get(current(name).section, current(name).key),
    hasSection: (section: string): boolean => document.sections().includes(current(`${section}.`).section),
  };
  for (const { name: then, since, former } of history.defaults) {
    const name = history.nameAt(then, to);
    if (!crosses(from ?? UNKNOWN_WRITER, to, since) || has(document, name)) continue;
    const value = former(inForce);
    if (value === undefined) continue;
    document.set(name.section, name.key, value);
    changes.push({ kind: 'added', name, reason: texts().reasons.defaultChanged({ since }) });
  }
  return changes;
}

/** Changes `%(APP_NAME)s` to `%(BRAND_NAME)s` wherever it refers to the renamed setting. */
function followReferences(document: SettingsDocument, { from, to }: DatedRename): SettingChange[] {
  if (from.section !== to.section) return [];
  const changes: SettingChange[] = [];
  const reference = `%(${from.key})s`;
  for (const { name, value } of settings(document)) {
    if (!value.includes(reference)) continue;
    // go-ini looks in the section, then in its parent sections, then in the default section.
    const inReach = name.section === from.section || name.section.startsWith(`${from.section}.`) || from.section === '';
    const shadowed = name.section !== from.section && has(document, { section: name.section, key: from.key });
    if (!inReach || shadowed) continue;
    document.replaceInValue(name.section, name.key, reference, `%(${to.key})s`);
    changes.push({ kind: 'rewritten', name, reason: texts().reasons.refersTo({ from: from.key, to: to.key }) });
  }
  return changes;
}

/** Protects dollar signs from a target that expands environment variables. */
function keepDollars(document: SettingsDocument, since: string): SettingChange[] {
  const changes: SettingChange[] = [];
  for (const { name, value } of settings(document)) {
    if (!VARIABLE.test(value)) continue;
    document.replaceInValue(name.section, name.key, '$', `%(${DOLLAR_KEY})s`);
    changes.push({
      kind: 'rewritten',
      name,
      reason: texts().reasons.dollar({ since }),
    });
  }
  if (changes.length > 0) document.set('', DOLLAR_KEY, '$');
  return changes;
}

function settings(document: SettingsDocument): { name: SettingName; value: string }[] {
  return document
    .sections()
    .flatMap((section) =>
      document.keys(section).map((key) => ({ name: { section, key }, value: document.get(section, key) ?? '' })),
    );
}

/** One line for a report: `[database] DB_TYPE → [database] TYPE: the old name is not read since 0.13.0`. */
export function formatChange({ kind, name, to, reason }: SettingChange): string {
  const change = { name: formatName(name), reason };
  if (kind !== 'renamed') return texts().changes[kind](change);
  return texts().changes.renamed({ ...change, to: formatName(to ?? name) });
}
