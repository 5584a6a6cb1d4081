import { dataTable } from '#platform/web/components/table.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { html } from '#platform/web/html.ts';
import { monthsInWords, type KindOfRecord } from '../rules/retention.ts';
import { recordPaths, retentionPath } from './records.paths.ts';

/** A kind of record with the time for which it is kept today. */
export interface KeptKind {
  of: KindOfRecord;
  months: number;
  why: string;
}

type Pages = { text: string; href: string; current: boolean }[];

/** How long each kind is kept, and why. */
export function retentionView(kinds: readonly KeptKind[], subNavigation: Pages) {
  return {
    title: 'How long we keep things',
    subNavigation,
    table: dataTable({
      caption: 'Kinds of record and how long each is kept',
      hiddenCaption: true,
      columns: [
        { text: 'What', width: 'wide' },
        { text: 'Kept for' },
        { text: 'Why', width: 'wide' },
        { text: 'Change' },
      ],
      groups: [
        {
          rows: kinds.map(({ of, months, why }) => [
            html`<strong>${of.name}</strong><br />${of.meaning}. ${of.byPeople ? 'Two people dispose of it' : 'It goes by itself'}.`,
            monthsInWords(months),
            why,
            html`<a class="govuk-link" href="${retentionPath(of.kind)}">Change<span class="govuk-visually-hidden"> how long we keep: ${of.name}</span></a>`,
          ]),
        },
      ],
    }),
  };
}

/** The form for one kind. */
export function retentionFormView(of: KindOfRecord, values: FormValues, errors: FieldError[]) {
  return {
    title: `How long we keep: ${of.name.toLowerCase()}`,
    back: { text: 'How long we keep things', href: recordPaths.retention },
    meaning: `${of.meaning}.`,
    basis: of.basis,
    least: monthsInWords(of.least),
    usual: monthsInWords(of.usual),
    byPeople: of.byPeople,
    action: retentionPath(of.kind),
    form: { values, errors },
    errors,
  };
}
