import { formatInstant } from '#kernel/dates.ts';
import { timeline } from '#platform/web/components/timeline.ts';
import { html, type Html } from '#platform/web/html.ts';
import {
  bothTexts,
  bothTextsError,
  markDifferences,
  type TextPair,
} from '#platform/web/both-texts.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { FormValues } from '#platform/web/forms.ts';
import type { FoundAssessment } from '../../actions/narrative/open-assessment.ts';
import {
  pointKinds,
  sectionName,
  type Assessment,
  type PointKind,
  type Section,
} from '../../rules/narrative/assessment.ts';
import type { SectionText } from '../../store/narrative/read.ts';
import type { Allowed } from './load.ts';
import {
  assessmentPage,
  buttonLink,
  copiedNote,
  count,
  stateInWords,
  whoAndWhen,
  wordsHtml,
} from './parts.ts';
import { paths } from './paths.ts';

interface Input {
  found: FoundAssessment;
  allowed: Allowed;
  names: ReadonlyMap<string, string>;
  section: Section;
  csrf: string;
  steps: SectionSteps;
  state: FormState;
}

/** The steps that a person can take on a section from its page. */
export interface SectionSteps {
  any: boolean;
  /** The last step that this page shows. */
  version: number;
  action: string;
  submit: boolean;
  signOff: boolean;
  /** It waits to be signed off, by somebody who did not write in it. */
  ownWork: boolean;
  back: { step: 'returned' | 'unlocked'; label: string; text: string } | null;
  /** The posts and teams that it can be handed to. */
  hand: { value: string; text: string }[] | null;
}

const pointTitles: Readonly<Record<PointKind, string>> = {
  strength: 'Strengths',
  'area for development': 'Areas for development',
};

/** A section with its strengths and areas, how far it is, and what is next. */
export function sectionView(input: Input) {
  const { found, allowed, names, section, csrf, steps, state: form } = input;
  const { assessment, states } = found;
  const state = states.get(section.id);
  const mayWrite = allowed.write(section.id) && state?.locked !== true;
  const areas = section.points.filter(({ kind }) => kind === 'area for development').length;
  const isNumbered = section.kind === 'numbered';
  return {
    ...assessmentPage(assessment, null, allowed.change),
    title: sectionName(section),
    caption: `${assessment.title} ${assessment.period}`,
    back: { text: 'Back to the document', href: paths.assessment(assessment.id) },
    dated: true,
    steps,
    form,
    errors: form.errors,
    actions: mayWrite
      ? buttonLink('Change this section', paths.changeSection(assessment.id, section.id))
      : null,
    content: html`<p class="govuk-body-l sl-lead">${
      isNumbered
        ? `This section names ${count(section.points.length - areas, 'strength')} and ${count(areas, 'area')} for development. `
        : ''
    }${state === undefined ? '' : `${stateInWords(state, names)}.`}</p>
${
  !section.looked &&
  html`<div class="govuk-inset-text">${copiedNote(false)} <p class="govuk-body">This text was copied from last year’s self-assessment. Change it, or say that it holds as it stands.</p>${
    mayWrite &&
    html`<form method="post" action="${paths.confirmSection(assessment.id, section.id)}"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="version" value="${section.written.version}"><button class="govuk-button govuk-button--secondary" type="submit" data-module="govuk-button">It holds as it stands</button></form>`
  }</div>`
}
${state?.state === 'returned' && state.comment !== null && html`<div class="govuk-inset-text"><h2 class="govuk-heading-s">Returned by ${names.get(state.by ?? '') ?? 'somebody who left'}</h2><p class="govuk-body sl-words">${state.comment}</p></div>`}
<section class="sl-section" aria-labelledby="summary"><h2 class="govuk-heading-m" id="summary">${isNumbered ? 'Summary' : 'Text'}</h2>
<div class="sl-measure">${section.summary === '' ? html`<p class="govuk-body sl-quiet">Not written yet.</p>` : wordsHtml(assessment, section.summary, section.written.at)}</div></section>
${isNumbered && pointKinds.map((kind) => pointsPart(assessment, section, kind))}
<p class="govuk-body sl-note">Last saved by ${whoAndWhen(section.written, names)}. <a class="govuk-link" href="${paths.texts(assessment.id, section.id)}">Earlier texts</a></p>`,
  };
}

function pointsPart(assessment: Assessment, section: Section, kind: PointKind): Html {
  const points = section.points.filter((point) => point.kind === kind);
  const id = kind === 'strength' ? 'strengths' : 'areas';
  return html`<section class="sl-section" aria-labelledby="${id}"><h2 class="govuk-heading-m" id="${id}">${pointTitles[kind]}</h2>
${
  points.length === 0
    ? html`<p class="govuk-body sl-quiet">None is named yet.</p>`
    : html`<ol class="govuk-list govuk-list--number sl-measure">${points.map(({ findingId, words }) => html`<li>${wordsHtml(assessment, words, section.written.at)}<p class="govuk-body-s"><a class="govuk-link" href="/findings/${findingId}">In the register of findings<span class="govuk-visually-hidden">: ${words.slice(0, 80)}</span></a></p></li>`)}</ol>`
}</section>`;
}

/** What stands in the boxes of a section's form. */
export function sectionValues(section: Section | null): FormValues {
  return {
    number: section?.number ?? '',
    title: section?.title ?? '',
    summary: section?.summary ?? '',
    'new-strength': '',
    'new-area': '',
    ...Object.fromEntries(
      (section?.points ?? []).map(({ findingId, words }) => [`point-${findingId}`, words]),
    ),
  };
}

/** The form of a section: `points` are its boxes, each with the version that this page shows. */
export function sectionFormView(given: {
  found: FoundAssessment;
  section: Section | null;
  state: FormState;
  submissionId: string;
}) {
  const { found, section, state, submissionId } = given;
  const { assessment } = found;
  const { id } = assessment;
  const boxes = (kind: PointKind) =>
    (section?.points ?? [])
      .filter((point) => point.kind === kind)
      .map(({ findingId, version }, index) => ({
        name: `point-${findingId}`,
        seenName: `seen-${findingId}`,
        version,
        label: `${kind === 'strength' ? 'Strength' : 'Area for development'} ${index + 1}`,
      }));
  const href = section === null ? paths.assessment(id) : paths.section(id, section.id);
  return {
    title: section === null ? 'Add a section' : `Change ${sectionName(section)}`,
    caption: `${assessment.title} ${assessment.period}`,
    back: { text: section === null ? 'Back to the document' : 'Back to the section', href },
    action: section === null ? paths.newSection(id) : paths.changeSection(id, section.id),
    cancelHref: href,
    isNumbered: section === null || section.kind === 'numbered',
    strengths: boxes('strength'),
    areas: boxes('area for development'),
    version: section?.written.version ?? 0,
    submissionId,
    figures: assessment.figures.map(({ name, notes }) => ({
      name,
      value: notes.at(-1)?.value ?? '',
    })),
    takeOut: section?.kind === 'numbered' ? paths.takeOutSection(id, section.id) : null,
    errors: state.errors,
    form: state,
    both: state.both,
  };
}

/** Both texts of every box that differs: what somebody saved, and what this person wrote. */
export function sectionBothTexts(
  assessment: Assessment,
  section: Section,
  values: FormValues,
  names: ReadonlyMap<string, string>,
): FormState {
  const yours = (name: string) => {
    const typed = values[name];
    return typeof typed === 'string' ? typed.replace(/\r\n?/g, '\n').trim() : null;
  };
  const pairs: TextPair[] = [
    {
      label: 'Number',
      theirs: section.number ?? '',
      yours: yours('number') ?? section.number ?? '',
    },
    { label: 'Title', theirs: section.title, yours: yours('title') ?? '' },
    { label: 'Summary', theirs: section.summary, yours: yours('summary') ?? '' },
    ...section.points.map(({ findingId, kind, words }, index) => ({
      label: `${kind === 'strength' ? 'Strength' : 'Area for development'} in place ${index + 1}`,
      theirs: words,
      // A box that this person never saw is theirs alone, and stays.
      yours: yours(`point-${findingId}`) ?? words,
    })),
  ];
  const { by, at } = section.written;
  const last = { by: by === null ? null : (names.get(by) ?? null), at };
  const both = bothTexts(pairs, last, paths.section(assessment.id, section.id));
  return { values: { ...sectionValues(section), ...values }, errors: [bothTextsError], both };
}

/** Every text that a section had, and two side by side with their differences marked. */
export function textsView(given: {
  found: FoundAssessment;
  section: Section;
  texts: readonly SectionText[];
  names: ReadonlyMap<string, string>;
}) {
  const { found, section, texts, names } = given;
  const { assessment } = found;
  const last = texts.at(-1);
  const before = texts.at(-2);
  return {
    title: `Earlier texts: ${sectionName(section)}`,
    caption: `${assessment.title} ${assessment.period}`,
    back: { text: 'Back to the section', href: paths.section(assessment.id, section.id) },
    content: html`<p class="govuk-body-l sl-lead">${texts.length === 1 ? 'One text was' : `${texts.length} texts were`} saved here. Nothing of them is lost.</p>
${last !== undefined && before !== undefined && compared(before, last, names)}
<h2 class="govuk-heading-m">Every text</h2>
${timeline(
  texts.toReversed().map((text) => ({
    title: `Text ${text.version}${text.looked ? '' : ', copied from last year'}`,
    by: text.by === null ? null : (names.get(text.by) ?? null),
    when: { words: formatInstant(text.at), iso: text.at.toISOString() },
    body: html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${sectionName(text)}</span></summary><div class="govuk-details__text sl-words">${text.summary === '' ? 'Nothing was written.' : text.summary}</div></details>`,
  })),
)}`,
  };
}

function compared(
  before: SectionText,
  last: SectionText,
  names: ReadonlyMap<string, string>,
): Html {
  const { theirs, yours } = markDifferences(before.summary, last.summary);
  return html`<h2 class="govuk-heading-m">What the last save changed</h2><div class="sl-side-by-side">
<div><h3 class="govuk-heading-s">Text ${before.version}, by ${whoAndWhen(before, names)}</h3><div class="sl-quote sl-words">${theirs}</div></div>
<div><h3 class="govuk-heading-s">Text ${last.version}, by ${whoAndWhen(last, names)}</h3><div class="sl-quote sl-words">${yours}</div></div></div>`;
}
