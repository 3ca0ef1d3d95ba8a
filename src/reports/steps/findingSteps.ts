/** A step for each finding that needs a hand, so that the steps are complete without the findings. */
import type { Finding } from '../../core/findings.js';
import { groupFindings } from '../../core/groupFindings.js';
import { sentences, statements } from '../../core/language.js';
import { texts as reportTexts } from '../texts.js';
import { describePlaces, titleWithCount } from '../wording.js';
import type { NextStep } from './NextStep.js';

/** Findings whose remedy is one of the later steps. */
const HAVE_THEIR_STEP: ReadonlySet<string> = new Set(['long-row']);

export function findingSteps(findings: readonly Finding[]): NextStep[] {
  const pressing = findings.filter(({ code, needsHand }) => needsHand && !HAVE_THEIR_STEP.has(code));
  return groupFindings(pressing).map((group) => {
    const [{ consequence, remedy }] = group;
    const places = group.map(describePlaces).filter((text) => text !== '');
    return {
      title: statements(group.map(titleWithCount)),
      why: sentences(...places.map((text) => reportTexts().places({ places: text })), consequence, remedy),
    };
  });
}
