import { formatDate } from '#kernel/dates.ts';
import type { EvidenceId, UserId } from '#kernel/ids.ts';
import type { EvidenceItem } from '#findings';
import { html, type Html } from '#platform/web/html.ts';
import {
  isEffectUnshown,
  needsSignOff,
  nextToSay,
  saidStates,
  type ClosureStep,
  type SaidState,
} from '../../rules/closure.ts';
import {
  heldInWords,
  isAgreedTest,
  regressedInWords,
  stateNames,
  testDoubt,
  testInWords,
  thatWords,
} from '../../rules/closure-words.ts';
import type { HistoryEntry } from '../../rules/history.ts';
import type { ActionPicture, PlanPicture } from '../../rules/picture.ts';
import { evidenceList } from '../changes.view.ts';
import { lines, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';
import { sayWords } from './say-words.ts';

export interface ClosurePanelInput {
  picture: PlanPicture;
  action: ActionPicture;
  history: readonly HistoryEntry[];
  names: ReadonlyMap<UserId, string>;
  evidence: ReadonlyMap<EvidenceId, EvidenceItem>;
  link: LinkTo;
  /** What this person may do about it today. */
  may: ClosingRights;
}

export interface ClosingRights {
  /** Say what was reached, or that it failed again. */
  say: boolean;
  /** Sign off or return the step that waits. */
  answer: boolean;
  accept: boolean;
}

export const noClosingRights: ClosingRights = { say: false, answer: false, accept: false };

/** "How far it has come": the three states, each with what shows it and who signed it off, and one next step. */
export function closurePanel(input: ClosurePanelInput): Html {
  const { action } = input;
  if (action.withdrawn) return html``;
  return html`<section class="sl-section" aria-labelledby="closure"><h2 class="govuk-heading-m" id="closure">How far it has come</h2>
${regressionLines(input)}
<dl class="govuk-summary-list sl-summary">${saidStates.map((state, index) =>
    row(`${index + 1}. ${stateNames[state]}`, stateValue(input, state)),
  )}${acceptedRow(input)}</dl>
${nextStep(input)}</section>`;
}

function row(name: string, value: Html): Html {
  return html`<div class="govuk-summary-list__row govuk-summary-list__row--no-actions"><dt class="govuk-summary-list__key">${name}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`;
}

function stateValue(input: ClosurePanelInput, state: SaidState): Html {
  const { action } = input;
  const { closure, priority } = action;
  const step = closure.standing.findLast((one) => one.state === state);
  if (step !== undefined) return stepValue(input, step);
  const { completion } = closure;
  if (state !== 'done' || completion === null) {
    return html`<span class="sl-quiet">${state === 'done' ? 'Not done yet' : 'Not shown yet'}</span>`;
  }
  const claimed = `Claimed complete since ${formatDate(completion.since)}${byWords(input, completion.by)}.`;
  return needsSignOff(priority)
    ? html`${claimed} <span class="sl-quiet">Nobody has said yet what shows it.</span>`
    : html`${claimed} The priority is low, so that closes it.`;
}

function stepValue(input: ClosurePanelInput, step: ClosureStep): Html {
  return html`${signedWords(input, step)}<br>${lines(step.account)}${
    step.testResult !== null && html`<br>The test was ${step.testResult}.`
  }${shownBy(input, step)}`;
}

/** What a step rests on, as links. */
function shownBy(
  { picture, action, history, evidence, link }: ClosurePanelInput,
  step: ClosureStep,
) {
  const entry = history.find((one) => one.kind === 'closure' && one.step.id === step.id);
  return entry?.kind === 'closure'
    ? evidenceList({ picture, evidence, link }, action.id, entry.step.evidenceIds)
    : html``;
}

/** "Said by Alex Marsh on 2 March 2026. Verified by Sam Reed on 4 March 2026." */
function signedWords(input: ClosurePanelInput, step: ClosureStep): Html {
  const said = `Said${byWords(input, step.by)} on ${formatDate(step.on)}.`;
  const { answer } = step;
  if (answer === null) {
    return needsSignOff(input.action.priority)
      ? html`${said} <strong>It waits for its sign-off.</strong>`
      : html`${said} The priority is low, so nobody signs it off.`;
  }
  const who = `${byWords(input, answer.by)} on ${formatDate(answer.on)}`;
  return answer.answer === 'verified'
    ? html`${said} <strong>Verified${who}.</strong>${answer.reason !== null && ` ${answer.reason}`}`
    : html`${said} <strong>Returned${who}:</strong> ${answer.reason ?? ''}`;
}

function byWords({ names }: Pick<ClosurePanelInput, 'names'>, by: UserId | null): string {
  const name = by === null ? undefined : names.get(by);
  return name === undefined ? '' : ` by ${name}`;
}

function acceptedRow(input: ClosurePanelInput): Html {
  const { closure } = input.action;
  const step = closure.standing.findLast((one) => one.state === 'accepted as untested');
  if (step === undefined || closure.reached !== 'accepted as untested') return html``;
  return row(
    stateNames['accepted as untested'],
    html`Accepted${byWords(input, step.by)} on ${formatDate(step.on)}.<br>${lines(step.account)}`,
  );
}

/** "Regressed once. The fix held 214 days, until 4 March 2026." */
function regressionLines({ action }: ClosurePanelInput): Html {
  const words = regressedInWords(action.closure);
  return html`${
    words !== null &&
    html`<p class="govuk-body"><strong class="sl-late">${words}.</strong> ${action.closure.regressions
      .map(({ on, heldDays }) => `${heldInWords(heldDays)}, until ${formatDate(on)}.`)
      .join(' ')}</p>`
  }`;
}

function nextStep({ picture, action, may, link }: ClosurePanelInput): Html {
  const { closure } = action;
  const href = (page: (slug: string, id: string) => string) => page(picture.plan.slug, action.id);
  const next = nextToSay(closure);
  const main =
    closure.waiting !== null
      ? may.answer
        ? button(href(paths.verifyClosure), 'Look at it and sign it off')
        : html`<p class="govuk-body">Somebody who may approve in this plan, and did not do the work, looks at it next.</p>`
      : may.say && next !== null
        ? button(href(paths.closeAction), sayWords[next])
        : html``;
  const others = [
    may.accept && { href: href(paths.acceptUntested), words: 'Accept it as untested' },
    may.say &&
      closure.completion !== null && {
        href: href(paths.reopen),
        words: 'Say that it failed again',
      },
  ].filter((one) => one !== false);
  return html`${
    isEffectUnshown(action) &&
    html`<p class="govuk-body">Complete is not yet better: it stays in sight until somebody shows that children are better off, or it is accepted as untested. <a class="govuk-link" href="${link(`${paths.actions(picture.plan.slug)}?effect-not-shown=yes`)}">See all such actions</a></p>`
  }${main}${others.map(
    ({ href: to, words }) =>
      html`<p class="govuk-body"><a class="govuk-link" href="${to}">${words}</a></p>`,
  )}`;
}

function button(href: string, words: string): Html {
  return html`<p><a class="govuk-button govuk-!-margin-bottom-2" href="${href}" role="button" draggable="false">${words}</a></p>`;
}

/** How an action will be tested, or what is in doubt about it. */
export function testValue(test: ActionPicture['test']): Html {
  return isAgreedTest(test)
    ? lines(testInWords(test))
    : html`<strong class="sl-late">${testDoubt(test)}</strong>`;
}

/** "that it is done", of the step that waits; for lists. */
export function waitsWords(action: ActionPicture): string | null {
  const state = action.closure.waiting?.state;
  return state === undefined || state === 'accepted as untested' || state === 'regressed'
    ? null
    : thatWords[state];
}
