import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { UserId } from '#kernel/ids.ts';
import { markDifferences } from '#platform/web/both-texts.ts';
import type { FoundReport, ReportContent } from '../actions/open-report.ts';
import { runsOf } from '../out/report-paper.ts';
import { boundFigures, looseNumbers, type BoundFigure } from '../rules/bound-numbers.ts';
import { firstWords } from '../rules/first-words.ts';
import { sections, type Section } from '../rules/sections.ts';
import type { SectionVersion } from '../store/read-report.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { Allowed } from './load-report.ts';
import { classificationWords, reportCaption, reportPage, whoAndWhen } from './parts.ts';
import { paths } from './paths.ts';

interface WordsInput {
  report: FoundReport;
  allowed: Allowed;
  content: ReportContent;
  names: ReadonlyMap<UserId, string>;
}

/** Every section with its words as they stand, and who wrote them. */
export function wordsView({ report, allowed, content, names }: WordsInput) {
  const bound = boundFigures(content.figures);
  const refs = content.figures.plans.flatMap((plan) => plan.actions.map(({ ref }) => ref));
  const { id } = report.card;
  const one = (section: Section): Html => {
    const words = content.words.sections.find(({ key }) => key === section.key);
    const history = content.versions.filter((version) => version.section === section.key);
    const last = history.at(-1);
    const loose = words?.written === true ? looseNumbers(words.words, bound, refs) : [];
    const by =
      last?.body == null
        ? 'Written by the system from the figures.'
        : `Written by ${whoAndWhen(last.by, last.at, names)}.`;
    return html`<section class="sl-section" aria-labelledby="${section.key}">
<h2 class="govuk-heading-m" id="${section.key}">${section.title}</h2>
<div class="sl-measure">${shownWords(words?.words ?? '', bound)}
<p class="sl-note">${by}</p>
${loose.length > 0 && looseList(loose)}
<p class="govuk-body">${allowed.write && html`<a class="govuk-link" href="${paths.section(id, section.key)}">Change<span class="govuk-visually-hidden"> the words of ${section.title}</span></a>`}${
      history.length > 0 &&
      html`${allowed.write && ' · '}<a class="govuk-link" href="${paths.versions(id, section.key)}">${history.length === 1 ? 'One earlier text' : `${history.length} earlier texts`}<span class="govuk-visually-hidden"> of ${section.title}</span></a>`
    }</p></div></section>`;
  };
  return {
    ...reportPage(report, allowed, 'Words'),
    content: html`<p class="govuk-body-l sl-lead">${writtenInWords(content)} Figures are underlined with dots: they follow the plans until the report is final.</p>${sections.map(one)}`,
  };
}

function writtenInWords({ words }: ReportContent): string {
  const written = words.sections.filter((section) => section.written).length;
  if (written === 0) return 'Every section has the words that the system wrote from the figures.';
  return `${written} of ${words.sections.length} sections ${written === 1 ? 'was' : 'were'} written by people, the others by the system from the figures.`;
}

/** Words with their figures in place, each marked as one. */
function shownWords(words: string, bound: readonly BoundFigure[]): Html {
  return html`${words
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(
      (line) =>
        html`<p class="govuk-body">${runsOf(line, bound).map((run) => (run.figure === true ? html`<span class="sl-figure">${run.text}</span>` : run.text))}</p>`,
    )}`;
}

function looseList(loose: readonly { number: string; sameAs: string[] }[]): Html {
  const said = loose.map(({ number, sameAs }) =>
    sameAs[0] === undefined ? number : `${number} (the value of {${sameAs[0]}})`,
  );
  return html`<p class="govuk-body">Numbers in these words that follow no figure: ${said.join(', ')}.</p>`;
}

/** The form in which the words of a section are changed. */
export function sectionView(given: {
  report: FoundReport;
  content: ReportContent;
  section: Section;
  state: FormState;
  version: number;
}) {
  const { report, content, section, state, version } = given;
  const { id } = report.card;
  const bound = boundFigures(content.figures);
  const purpose = { forDecision: content.words.head.cover.forDecision };
  const written = content.words.sections.find(({ key }) => key === section.key)?.written === true;
  return {
    title: section.title,
    caption: `${report.card.head.title} · ${reportCaption(report)}`,
    classification: classificationWords(report),
    back: { text: 'Back to the words', href: `${paths.words(id)}#${section.key}` },
    action: paths.section(id, section.key),
    anew: written ? paths.anew(id, section.key) : null,
    cancelHref: `${paths.words(id)}#${section.key}`,
    version,
    figures: dataTable({
      caption: 'Figures of this report',
      hiddenCaption: true,
      columns: [{ text: 'Write' }, { text: 'Now' }, { text: 'What it is' }],
      groups: [
        {
          rows: bound.map(({ name, value, meaning }) => [
            html`<code>{${name}}</code>`,
            typeof value === 'number' ? value.toLocaleString('en-GB') : value,
            meaning,
          ]),
        },
      ],
    }),
    system: shownWords(firstWords(section.key, content.figures, purpose), bound),
    written,
    errors: state.errors,
    form: state,
    both: state.both,
  };
}

/** Every text that a section has had, and two of them side by side with the differences marked. */
export function versionsView(given: {
  report: FoundReport;
  allowed: Allowed;
  content: ReportContent;
  section: Section;
  history: readonly SectionVersion[];
  names: ReadonlyMap<UserId, string>;
  a: number;
  b: number;
}) {
  const { report, content, section, history, names, a, b } = given;
  const { id } = report.card;
  const purpose = { forDecision: content.words.head.cover.forDecision };
  const system = firstWords(section.key, content.figures, purpose);
  const textOf = (version: number) =>
    history.find((one) => one.version === version)?.body ?? system;
  const nameOf = (version: number) => {
    const one = history.find((other) => other.version === version);
    if (one === undefined) return 'The system’s words';
    const who = whoAndWhen(one.by, one.at, names);
    return one.body === null
      ? `Text ${version}: the system’s words again, by ${who}`
      : `Text ${version}: by ${who}`;
  };
  const { theirs, yours } = markDifferences(textOf(a), textOf(b));
  const items = [0, ...history.map(({ version }) => version)];
  const select = (name: 'a' | 'b', label: string, chosen: number) =>
    html`<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label>
<select class="govuk-select" id="${name}" name="${name}">${items.map(
      (version) =>
        html`<option value="${version}"${version === chosen && html` selected`}>${nameOf(version)}</option>`,
    )}</select></div>`;
  return {
    title: `Earlier texts: ${section.title}`,
    caption: `${report.card.head.title} · ${reportCaption(report)}`,
    classification: classificationWords(report),
    back: { text: 'Back to the words', href: `${paths.words(id)}#${section.key}` },
    content: html`<p class="govuk-body-l sl-lead">${history.length === 1 ? 'One text was' : `${history.length} texts were`} saved here. Nothing of them is lost.</p>
<form class="sl-quiet-form" method="get" action="${paths.versions(id, section.key)}">${select('a', 'Compare', a)}${select('b', 'with', b)}
<button class="govuk-button govuk-button--secondary" type="submit" data-module="govuk-button">Compare them</button></form>
<div class="sl-side-by-side">
<div><h2 class="govuk-heading-s">${nameOf(a)}</h2><div class="sl-quote sl-words">${theirs}</div></div>
<div><h2 class="govuk-heading-s">${nameOf(b)}</h2><div class="sl-quote sl-words">${yours}</div></div>
</div>`,
  };
}
