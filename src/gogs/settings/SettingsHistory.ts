/** The names of every setting of app.ini in each release, including removals. Folded from the releases. */
import type { ChangedDefault, Release } from '../releases/Release.js';
import { compareVersions } from '../versions.js';
import { type SettingName, sameName, splitName } from './names.js';

interface Dated {
  /** The first release with the change. */
  readonly since: string;
}

export interface DatedRename extends Dated {
  readonly from: SettingName;
  readonly to: SettingName;
  /** The first release that ignores the old name. */
  readonly unreadSince: string;
  /** True for an old value that overrides a new one while a release reads both. */
  readonly overrules: (value: string) => boolean;
  /** Converts the value, if values changed along with the name. */
  readonly convert?: ((value: string) => string) | undefined;
}

export interface DatedSectionRename extends Dated {
  readonly from: string;
  readonly to: string;
  readonly unreadSince: string;
}

export interface RemovedSetting extends Dated {
  readonly name: SettingName;
  /** An explanation for the user, as one clause. */
  readonly note: () => string;
}

export interface DatedDefault extends Dated {
  readonly name: SettingName;
  readonly former: ChangedDefault['former'];
}

export interface FormerName {
  readonly name: SettingName;
  readonly unreadSince: string;
  readonly overrules: (value: string) => boolean;
}

type RenameStep = (name: SettingName) => SettingName;

/** go-ini ignores empty values: setWithProperType in struct.go@v1.56.0. */
export const isSet = (value: string): boolean => value !== '';

export class SettingsHistory {
  readonly sections: readonly DatedSectionRename[];
  readonly renames: readonly DatedRename[];
  readonly removed: readonly RemovedSetting[];
  readonly defaults: readonly DatedDefault[];
  /** The first release that expands `$NAME` in values as environment variables. */
  readonly expandsVariablesSince: string | undefined;
  readonly #inlineCommentsUntil: string | undefined;
  /** Cached by release: comparing versions for every setting took a third of a small upgrade. */
  readonly #stepsTo = new Map<string | undefined, readonly RenameStep[]>();
  readonly #added: readonly (readonly [name: SettingName, since: string])[];

  /** `releases`: oldest first. */
  constructor(releases: readonly Release[]) {
    const changes = releases.flatMap(({ version: since, settings }) => (settings ? [{ since, ...settings }] : []));
    this.sections = changes.flatMap(({ since, renameSections = {}, oldNamesReadUntil = since }) =>
      Object.entries(renameSections).map(([from, to]) => ({ since, from, to, unreadSince: oldNamesReadUntil })),
    );
    this.renames = changes.flatMap(({ since, rename = [], oldNamesReadUntil = since }) =>
      rename.map(({ from, to, overrules, convert }) => ({
        since,
        from: splitName(from),
        to: splitName(to),
        unreadSince: oldNamesReadUntil,
        overrules,
        convert,
      })),
    );
    this.removed = changes.flatMap(({ since, remove = {} }) =>
      Object.entries(remove).map(([name, note]) => ({ since, name: splitName(name), note })),
    );
    this.defaults = changes.flatMap(({ since, defaults = [] }) =>
      defaults.map(({ name, former }) => ({ since, name: splitName(name), former })),
    );
    this.#added = changes.flatMap(({ since, add = [] }) => add.map((name) => [splitName(name), since] as const));
    this.expandsVariablesSince = changes.find(({ expandsVariables }) => expandsVariables === true)?.since;
    this.#inlineCommentsUntil = changes.find(({ inlineComments }) => inlineComments === false)?.since;
  }

  /** The name in one release of a setting that may be given by its name in any release. Undefined means the newest release. */
  nameAt(name: SettingName, release: string | undefined): SettingName {
    let steps = this.#stepsTo.get(release);
    if (steps === undefined) {
      steps = this.#renamesUpTo(release);
      this.#stepsTo.set(release, steps);
    }
    return steps.reduce((current, rename) => rename(current), name);
  }

  /**
   * Reverts changes after the release, newest first, then applies those up to it, oldest first; within a release, sections are
   * renamed first.
   */
  #renamesUpTo(release: string | undefined): RenameStep[] {
    const isLater = (version: string): boolean => release !== undefined && compareVersions(version, release) > 0;
    const sections = this.sections.map(({ since, unreadSince, from, to }) => ({
      since,
      unreadSince,
      forth: ({ section, key }: SettingName) => ({ section: section === from ? to : section, key }),
      back: ({ section, key }: SettingName) => ({ section: section === to ? from : section, key }),
    }));
    const names = this.renames.map(({ since, unreadSince, from, to }) => ({
      since,
      unreadSince,
      forth: (name: SettingName) => (sameName(name, from) ? to : name),
      back: (name: SettingName) => (sameName(name, to) ? from : name),
    }));
    const steps = [...sections, ...names].sort((a, b) => compareVersions(a.since, b.since));
    return [
      ...steps.toReversed().flatMap(({ since, back }) => (isLater(since) ? [back] : [])),
      ...steps.flatMap(({ unreadSince, forth }) => (isLater(unreadSince) ? [] : [forth])),
    ];
  }

  /** All former names of a setting, in the order in which releases look for them: the first one that overrides wins. */
  formerNames(name: SettingName, overrules: (value: string) => boolean = isSet): FormerName[] {
    return [
      ...this.renames
        .filter(({ to }) => sameName(to, name))
        .flatMap((rename) => [
          ...this.formerNames(rename.from, rename.overrules),
          { name: rename.from, unreadSince: rename.unreadSince, overrules: rename.overrules },
        ]),
      ...this.sections
        .filter(({ to }) => to === name.section)
        .map(({ from, unreadSince }) => ({ name: { section: from, key: name.key }, unreadSince, overrules })),
    ];
  }

  /** The first release with a setting; undefined if no release declares it. */
  addedIn(name: string): string | undefined {
    return this.#added.find(([added]) => sameName(added, splitName(name)))?.[1];
  }

  /** Whether a release treats ` # …` and ` ; …` after a value of app.ini as a comment. Unknown releases do not. */
  readsInlineComments(version: string | undefined): boolean {
    if (version === undefined) return false;
    return this.#inlineCommentsUntil === undefined || compareVersions(version, this.#inlineCommentsUntil) < 0;
  }
}
