import { exemptParagraphs } from '../rules/cover.ts';
import { depthNames, depths } from '../rules/sections.ts';
import type { FoundReport } from '../actions/open-report.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { ClosedRound, NamedParty } from './head-form.ts';
import { classificationWords, reportCaption } from './parts.ts';
import { paths } from './paths.ts';

const paragraphItems = exemptParagraphs.map(({ number, about }) => ({
  value: String(number),
  text: `Paragraph ${number}`,
  hint: { text: about },
}));

/** The page that begins a report. */
export function newReportView(given: {
  state: FormState;
  plans: readonly { id: string; title: string }[];
  boards: readonly NamedParty[];
  rounds: readonly ClosedRound[];
  replaces: { title: string } | null;
}) {
  const { state } = given;
  return {
    title: 'Start a report',
    classification: null,
    back: { text: 'Back to the reports', href: paths.reports() },
    action: paths.newReport(),
    cancelHref: paths.reports(),
    plans: given.plans.map(({ id, title }) => ({ value: id, text: title })),
    depths: depths.map((depth) => ({
      value: depth,
      text: depthNames[depth].name,
      hint: { text: depthNames[depth].meaning },
    })),
    boards: given.boards,
    rounds: given.rounds,
    paragraphs: paragraphItems,
    replaces: given.replaces,
    errors: state.errors,
    form: state,
  };
}

/** The cover table of a report, as a form. */
export function coverView(given: {
  state: FormState;
  report: FoundReport;
  boards: readonly NamedParty[];
  version: number;
}) {
  const { state, report } = given;
  const { id } = report.card;
  return {
    title: 'Change the cover',
    caption: `${report.card.head.title} · ${reportCaption(report)}`,
    classification: classificationWords(report),
    back: { text: 'Back to the report', href: paths.report(id) },
    action: paths.cover(id),
    cancelHref: paths.report(id),
    boards: given.boards,
    paragraphs: paragraphItems,
    version: given.version,
    errors: state.errors,
    form: state,
    both: state.both,
  };
}
