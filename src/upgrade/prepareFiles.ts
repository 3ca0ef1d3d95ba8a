/** Works out the few files of an archive that are rewritten: metadata.ini and custom/conf/app.ini. */

import type { Notice } from '../core/findings.js';
import { IniDocument } from '../formats/ini/IniDocument.js';
import { type Engine, isEngine } from '../gogs/engines.js';
import { upgradeMetadata } from '../gogs/metadata.js';
import { REHEARSAL_SETTINGS } from '../gogs/rehearsal.js';
import { type Facts, readFacts } from '../gogs/settings/facts.js';
import { parseSettingAssignment } from '../gogs/settings/settingAssignment.js';
import { readsInlineComments, type SettingChange, upgradeSettings } from '../gogs/settings/settings.js';
import type { Target } from '../gogs/targets.js';
import type { Source } from '../inputs/Source.js';

export interface PrepareOptions {
  readonly engine?: Engine | undefined;
  readonly keepConfig?: boolean | undefined;
  readonly set?: readonly string[] | undefined;
  readonly rehearsal?: boolean | undefined;
}

export interface PreparedFiles {
  readonly metadata: Buffer;
  /** Undefined when app.ini is carried over as it is, or there is none. */
  readonly config: Buffer | undefined;
  readonly settings: readonly SettingChange[];
  readonly engine: Engine | undefined;
  /** What app.ini says as it goes into the output; undefined when there is none. */
  readonly facts: Facts | undefined;
}

export function prepareFiles(
  source: Source,
  target: Target,
  options: PrepareOptions,
  notice: (notice: Notice) => void,
): PreparedFiles {
  const prepared = prepareConfig(source, target, options, notice);
  return {
    metadata: prepareMetadata(source, target),
    ...prepared,
    engine: options.engine ?? prepared.engine ?? source.engine,
  };
}

function prepareMetadata(source: Source, target: Target): Buffer {
  const content = source.files?.metadata?.content ?? Buffer.from('VERSION      = 1\nGOGS_VERSION = 0.0.0\n');
  const document = IniDocument.parse(content, { inlineComments: true }, 'metadata.ini');
  upgradeMetadata(document, target.firstRelease);
  return document.toBuffer();
}

type PreparedConfig = Pick<PreparedFiles, 'config' | 'settings' | 'engine' | 'facts'>;

const NOTHING: PreparedConfig = { config: undefined, settings: [], engine: undefined, facts: undefined };

function prepareConfig(
  source: Source,
  target: Target,
  options: PrepareOptions,
  notice: (notice: Notice) => void,
): PreparedConfig {
  const content = source.files?.config?.content;
  const assignments = (options.set ?? []).map(parseSettingAssignment);
  if (content === undefined && assignments.length === 0) return NOTHING;
  // Without an app.ini of its own the archive must not get one that holds nothing else.
  if (options.rehearsal === true) assignments.push(...REHEARSAL_SETTINGS.map(parseSettingAssignment));
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
  if (options.keepConfig !== true && content !== undefined) changeEngine(document, options.engine, notice);
  for (const { name, value } of assignments) document.set(name.section, name.key, value);
  const facts = readFacts(document, options.keepConfig === true ? from : target.firstRelease);
  const { engine } = facts;
  const rewritten = document.toBuffer();
  return {
    config: content?.equals(rewritten) ? undefined : rewritten,
    settings,
    engine: engine !== undefined && isEngine(engine) ? engine : undefined,
    facts,
  };
}

/** app.ini must not send the new Gogs to the engine of the old server. */
function changeEngine(document: IniDocument, engine: Engine | undefined, notice: (notice: Notice) => void): void {
  const old = document.get('database', 'TYPE');
  if (engine === undefined || old === undefined || old === engine) return;
  document.set('database', 'TYPE', engine);
  notice({
    code: 'other-engine',
    severity: 'warning',
    title: `app.ini now names ${engine} as the database engine`,
    consequence: `The other values in [database] are still those for ${old}: Gogs may not reach its database.`,
    remedy:
      'Give them with --set database.HOST=…, database.NAME=…, database.USER=… and database.PASSWORD=…, or edit app.ini.',
    needsHand: false,
  });
}
