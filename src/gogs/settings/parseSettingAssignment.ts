/** Parses the value of `--set`: `server.EXTERNAL_URL=http://x`. Checks names, not values. */
import { UsageError } from '../../core/errors.js';
import { formatName, joinName, type SettingName, sameName, splitName } from './names.js';
import type { SettingsHistory } from './SettingsHistory.js';
import { texts } from './texts.js';

export interface SettingAssignment {
  readonly name: SettingName;
  readonly value: string;
}

/** The release whose setting names are valid. */
interface SettingsTarget {
  readonly name: string;
  readonly firstRelease: string;
  readonly history: { readonly settings: SettingsHistory };
}

/**
 * The section is everything before the last dot in front of the first `=` (`cron.update_mirrors.RUN_AT_START=false`); without a
 * dot the setting belongs to no section (`BRAND_NAME=x`). The value is used literally and may be empty.
 *
 * Throws UsageError for another form, or a name that the target does not read. Never repeats the value.
 */
export function parseSettingAssignment(text: string, target: SettingsTarget): SettingAssignment {
  const equals = text.indexOf('=');
  // Without "=" the text may be anything, even a password: only a valid name is repeated.
  const written = equals === -1 ? (/^[\w.-]*/.exec(text)?.[0] ?? '') : text.slice(0, equals);
  const name = splitName(written.trim());
  const words = texts().assignment;
  if (equals === -1 || !/^[\w-]+$/.test(name.key) || !/^(?:[\w-]+(?:\.[\w-]+)*)?$/.test(name.section)) {
    throw new UsageError(words.unclear({ setting: JSON.stringify(written) }));
  }
  if (written.includes('.') && name.section === '') {
    throw new UsageError(words.noSection({ setting: JSON.stringify(written), key: name.key }));
  }
  const current = target.history.settings.nameAt(name, target.firstRelease);
  if (!sameName(current, name)) {
    throw new UsageError(words.otherName({ name: formatName(name), release: target.name, current: joinName(current) }));
  }
  return { name, value: text.slice(equals + 1) };
}
