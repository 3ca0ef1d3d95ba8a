/** The checklist beside an output, as Markdown: what needs a hand, the steps in order, and all findings. */
import type { Finding } from '../core/findings.js';
import { type OutputFormat, outputFormatName } from '../core/outputFormats.js';
import type { Shell } from '../core/shellWord.js';
import { formatChange, type SettingChange } from '../gogs/settings/upgradeSettings.js';
import { markdownText } from './markdown.js';
import { markdownFindings, markdownList, markdownSection, markdownSteps } from './markdownParts.js';
import { sortFindings, withoutSettings } from './sortFindings.js';
import type { NextStep } from './steps/NextStep.js';
import { texts } from './texts.js';

/** The subject of the page. */
export interface PageSubject {
  /** Name of the output. */
  readonly output: string;
  readonly format: OutputFormat;
  /** Minor version of Gogs. */
  readonly target: string;
}

/** What a checklist lists. */
export interface PageContent {
  readonly steps: readonly NextStep[];
  readonly findings: readonly Finding[];
  readonly settings: readonly SettingChange[];
  /** The shell that the commands are for. */
  readonly shell: Shell;
}

/** The checklist of the next steps, as Markdown. */
export function nextStepsPage({ output, format, target }: PageSubject, content: PageContent): string {
  const { steps, settings, shell } = content;
  const { pressing, warnings, infos } = sortFindings(withoutSettings(content.findings));
  const words = texts().pages;
  return [
    `# ${words.checklistTitle({ output: markdownText(output) })}\n`,
    `${words.checklistFor({ format: format === 'zip' ? words.aBackup : outputFormatName(format), release: target })}\n`,
    ...markdownSection(texts().needsHand, markdownFindings(pressing, '- [ ] ')),
    ...markdownSection(words.onNewServer, markdownSteps(steps, shell)),
    ...markdownSection(texts().warnings, markdownFindings(warnings, '- ')),
    ...markdownSection(texts().goodToKnow, markdownFindings(infos, '- ')),
    ...markdownSection(words.settings, markdownList(settings.map(formatChange))),
  ].join('\n');
}
