/** Parses the value of `--set`: `server.EXTERNAL_URL=http://x`. Checks names, not values. */
import { UsageError } from '../../core/errors.js';
import { formatName, joinName, type SettingName, sameName, splitName } from './names.js';
import type { SettingsHistory } from './SettingsHistory.js';

export interface SettingAssignment {
  readonly name: SettingName;
  readonly value: string;
}

/** The release whose names count. */
interface SettingsTarget {
  readonly name: string;
  readonly firstRelease: string;
  readonly history: { readonly settings: SettingsHistory };
}

/**
 * The section is what precedes the last dot before the first `=` (`cron.update_mirrors.RUN_AT_START=false`); without a
 * dot the setting belongs to no section (`BRAND_NAME=x`). The value is taken as it is and may be empty.
 *
 * @throws UsageError for another form, and for a name that the target does not read. Never repeats the value.
 */
export function parseSettingAssignment(text: string, target: SettingsTarget): SettingAssignment {
  const equals = text.indexOf('=');
  // Without "=" the text may be anything, a password too: only what looks like a name is repeated.
  const written = equals === -1 ? (/^[\w.-]*/.exec(text)?.[0] ?? '') : text.slice(0, equals);
  const name = splitName(written.trim());
  if (equals === -1 || !/^[\w-]+$/.test(name.key) || !/^(?:[\w-]+(?:\.[\w-]+)*)?$/.test(name.section)) {
    throw new UsageError(
      `Cannot read the setting ${JSON.stringify(written)}: expected section.KEY=value, as in server.EXTERNAL_URL=https://git.example.com/. Write names without brackets.`,
    );
  }
  if (written.includes('.') && name.section === '') {
    throw new UsageError(
      `Cannot read the setting ${JSON.stringify(written)}: no section before the dot. For a setting outside all sections write ${name.key}=value.`,
    );
  }
  const current = target.history.settings.nameAt(name, target.firstRelease);
  if (!sameName(current, name)) {
    throw new UsageError(
      `Cannot set ${formatName(name)}: Gogs ${target.name} does not read this name. Write ${joinName(current)}=value.`,
    );
  }
  return { name, value: text.slice(equals + 1) };
}
