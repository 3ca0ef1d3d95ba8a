/** Works out the few files of an archive that are rewritten: metadata.ini and custom/conf/app.ini. */
import type { Source } from './backups/Source.js';
import { checkSettings } from './checks/checkSettings.js';
import type { Notice } from './findings.js';
import { IniDocument } from './formats/ini.js';
import { type Engine, isEngine } from './gogs/engines.js';
import { readFacts } from './gogs/facts.js';
import { upgradeMetadata } from './gogs/metadata.js';
import { parseSettingAssignment } from './gogs/settingAssignment.js';
import { readsInlineComments, type SettingChange, upgradeSettings } from './gogs/settings.js';
import type { Target } from './gogs/targets.js';

export interface PrepareOptions {
  readonly engine?: Engine;
  readonly keepConfig?: boolean;
  readonly set?: readonly string[];
}

export interface PreparedFiles {
  readonly metadata: Buffer;
  /** Undefined when app.ini is carried over as it is, or there is none. */
  readonly config: Buffer | undefined;
  readonly settings: readonly SettingChange[];
  readonly engine: Engine | undefined;
}

export function prepareFiles(
  source: Source,
  target: Target,
  options: PrepareOptions,
  notice: (notice: Notice) => void,
): PreparedFiles {
  const { config, settings, engine } = prepareConfig(source, target, options, notice);
  return {
    metadata: prepareMetadata(source, target),
    config,
    settings,
    engine: options.engine ?? engine ?? source.engine,
  };
}

function prepareMetadata(source: Source, target: Target): Buffer {
  const content = source.files?.metadata?.content ?? Buffer.from('VERSION      = 1\nGOGS_VERSION = 0.0.0\n');
  const document = IniDocument.parse(content, { inlineComments: true }, 'metadata.ini');
  upgradeMetadata(document, target.firstRelease);
  return document.toBuffer();
}

type PreparedConfig = Pick<PreparedFiles, 'config' | 'settings' | 'engine'>;

function prepareConfig(
  source: Source,
  target: Target,
  options: PrepareOptions,
  notice: (notice: Notice) => void,
): PreparedConfig {
  const content = source.files?.config?.content;
  const assignments = (options.set ?? []).map(parseSettingAssignment);
  if (content === undefined && assignments.length === 0) return { config: undefined, settings: [], engine: undefined };
  const from = source.gogsVersion;
  const document = IniDocument.parse(
    content ?? Buffer.alloc(0),
    { inlineComments: readsInlineComments(from) },
    'app.ini',
  );
  const settings =
    options.keepConfig === true || content === undefined
      ? []
      : upgradeSettings(document, { to: target.firstRelease, ...(from === undefined ? {} : { from }) });
  for (const { name, value } of assignments) document.set(name.section, name.key, value);
  const facts = readFacts(document, options.keepConfig === true ? from : target.firstRelease);
  const { engine } = facts;
  for (const found of checkSettings({ facts, changes: settings, from, to: target.firstRelease })) notice(found);
  const rewritten = document.toBuffer();
  return {
    config: content?.equals(rewritten) ? undefined : rewritten,
    settings,
    engine: engine !== undefined && isEngine(engine) ? engine : undefined,
  };
}
