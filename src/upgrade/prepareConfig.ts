/** Prepares the custom/conf/app.ini of the output. */
import { oldAddresses } from '../checks/settings/oldAddresses.js';
import { otherEngine } from '../checks/settings/otherEngine.js';
import type { Notice } from '../core/findings.js';
import { type Engine, isEngine } from '../engines/Engine.js';
import { IniDocument } from '../formats/ini/IniDocument.js';
import { REHEARSAL_SETTINGS } from '../gogs/rehearsalStep.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { layoutSettings, type ServerLayout } from '../gogs/serverLayout.js';
import { type Facts, readFacts } from '../gogs/settings/facts.js';
import { splitName } from '../gogs/settings/names.js';
import { parseSettingAssignment, type SettingAssignment } from '../gogs/settings/parseSettingAssignment.js';
import { type SettingChange, upgradeSettings } from '../gogs/settings/upgradeSettings.js';
import type { Source } from '../inputs/Source.js';
import type { ContentOptions } from './ContentOptions.js';

export interface ConfigOptions extends Pick<ContentOptions, 'engine' | 'keepConfig' | 'set' | 'rehearsal'> {
  /** The layout of a server folder. */
  readonly layout?: ServerLayout | undefined;
  /** False for outputs without an app.ini. */
  readonly isWritten: boolean;
}

export interface PreparedConfig {
  /** Undefined if app.ini is carried over unchanged, or if there is none. */
  readonly content: Buffer | undefined;
  /** True if the output holds an app.ini. */
  readonly exists: boolean;
  readonly settings: readonly SettingChange[];
  /** `[repository] SCRIPT_TYPE`: the program that runs Git's hooks. */
  readonly scriptType: string;
  /** The settings of the app.ini that goes into the output; undefined if there is none. */
  readonly facts: Facts | undefined;
  /** The engine in the app.ini of the output. */
  readonly engine: Engine | undefined;
  /** `[database] PATH` in the input. */
  readonly oldDatabasePath: string | undefined;
  /** The engine in the input's app.ini. */
  readonly oldEngine: Engine | undefined;
  readonly notices: readonly Notice[];
}

// conf/app.ini@v0.13.0
const DEFAULT_SCRIPT_TYPE = 'bash';

const NOTHING: PreparedConfig = {
  content: undefined,
  exists: false,
  settings: [],
  scriptType: DEFAULT_SCRIPT_TYPE,
  facts: undefined,
  engine: undefined,
  oldDatabasePath: undefined,
  oldEngine: undefined,
  notices: [],
};

/** Throws UsageError for an invalid assignment. */
export function prepareConfig(source: Source, target: Target, options: ConfigOptions): PreparedConfig {
  const content = source.files?.config?.content;
  const asked = (options.set ?? []).map((text) => parseSettingAssignment(text, target));
  const assignments = [...asked];
  if (content === undefined && assignments.length === 0) return NOTHING;
  // If the archive has no app.ini, do not create one for these settings alone.
  if (options.rehearsal === true)
    assignments.push(...REHEARSAL_SETTINGS.map((text) => parseSettingAssignment(text, target)));
  const from = source.gogsVersion;
  const history = target.history.settings;
  const inlineComments = history.readsInlineComments(from);
  const document = IniDocument.parse(content ?? Buffer.alloc(0), { inlineComments }, 'app.ini');
  const oldFacts = readFacts(document, history, from);
  const upgrades = options.keepConfig !== true && content !== undefined;
  const settings = upgrades ? upgradeSettings(document, { from, to: target.firstRelease }, history) : [];
  if (upgrades) changeEngine(document, options.engine);
  if (upgrades && options.layout !== undefined)
    assignments.unshift(...layoutAssignments(document, options.layout, options.engine, target));
  for (const { name, value } of assignments) document.set(name.section, name.key, value);
  const facts = readFacts(document, history, options.keepConfig === true ? from : target.firstRelease);
  const rewritten = document.toBuffer();
  return {
    content: content?.equals(rewritten) ? undefined : rewritten,
    exists: true,
    scriptType: document.get('repository', 'SCRIPT_TYPE') || DEFAULT_SCRIPT_TYPE,
    settings,
    facts,
    engine: engineIn(facts),
    oldDatabasePath: oldFacts.databasePath,
    oldEngine: engineIn(oldFacts),
    notices:
      content === undefined
        ? []
        : [
            ...otherEngine({
              before: oldFacts,
              after: facts,
              asked: options.engine,
              isWritten: options.isWritten,
              assigned: asked.map(({ name }) => name),
            }),
            ...oldAddresses(oldFacts, facts),
          ],
  };
}

/** The paths and addresses that the layout needs; the user's settings override them. */
function layoutAssignments(
  document: IniDocument,
  layout: ServerLayout,
  asked: Engine | undefined,
  target: Target,
): SettingAssignment[] {
  const read = (name: string): string | undefined => {
    const { section, key } = splitName(name);
    return document.get(section, key);
  };
  const named = read('database.TYPE');
  const engine = asked ?? (named !== undefined && isEngine(named) ? named : undefined);
  return layoutSettings(layout, engine, read).map((text) => parseSettingAssignment(text, target));
}

const engineIn = ({ engine }: Facts): Engine | undefined =>
  engine !== undefined && isEngine(engine) ? engine : undefined;

/** app.ini must not point the new Gogs to the engine of the old server. */
function changeEngine(document: IniDocument, engine: Engine | undefined): void {
  const old = document.get('database', 'TYPE');
  if (engine !== undefined && old !== undefined && old !== engine) document.set('database', 'TYPE', engine);
}
