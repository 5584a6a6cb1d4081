import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import {
  dateBox,
  manyOf,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import { exemptParagraphs, type ReportHead } from '../rules/cover.ts';

/** A post, team or board that is offered by name. */
export interface NamedParty {
  id: string;
  name: string;
}

/** A closed review round with which a report can compare. */
export interface ClosedRound {
  id: string;
  /** "November 2014, closed on 30 November 2014" */
  words: string;
  closedOn: IsoDate;
}

const yesNo = (missing: string) => z.enum(['yes', 'no'], { error: missing });

/** The boxes that say for whom a report is, as at when, and how it is classified. */
export const aboutFields = {
  committee: z.string().max(40).optional().default(''),
  'committee-other': optionalText(300),
  'meeting-day': dateBox,
  'meeting-month': dateBox,
  'meeting-year': dateBox,
  'as-at-day': dateBox,
  'as-at-month': dateBox,
  'as-at-year': dateBox,
  since: z
    .string({ error: 'Choose what the figures are compared with' })
    .regex(/^(last|day|none|round-[0-9a-f-]{36})$/, 'Choose what the figures are compared with'),
  'since-date-day': dateBox,
  'since-date-month': dateBox,
  'since-date-year': dateBox,
  public: yesNo('Choose whether the report is public'),
  paragraphs: manyOf(z.enum(exemptParagraphs.map(({ number }) => String(number)))),
  'exemption-reason': optionalText(2000),
};

const coverForm = z.strictObject({
  version: z.string().max(20),
  title: requiredText('Write the subject of the report', 300),
  ...aboutFields,
  outcomes: optionalText(2000),
  spending: yesNo('Choose whether it needs extra spending'),
  'how-much': optionalText(300),
  source: optionalText(300),
  finance: z.enum(['yes', 'no', 'not needed'], { error: 'Choose whether finance agreed' }),
  'report-of': requiredText('Write the post in whose name it goes to the committee', 300),
  author: requiredText('Write who wrote the report', 300),
  purpose: z.enum(['decision', 'information'], { error: 'Choose what the report is for' }),
  appendices: optionalText(2000),
  'contact-name': requiredText('Write who can be asked about it', 300),
  'contact-role': optionalText(300),
  'contact-department': optionalText(300),
  'contact-telephone': optionalText(60),
  'contact-email': optionalText(200),
});

export type About = Omit<ReportHead, 'title' | 'cover' | 'since'> & {
  since: IsoDate | null | 'last';
};

type AboutForm = z.output<z.ZodObject<typeof aboutFields>>;

/** What the boxes say, or every error beside its box. */
export function readAbout(
  form: AboutForm,
  body: Readonly<Record<string, unknown>>,
  boards: readonly NamedParty[],
  rounds: readonly ClosedRound[] = [],
): { ok: true; about: About } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const date = (name: string, missing: string | null): IsoDate | null => {
    const read = readDateFields(body, name);
    if (!read.ok) errors.push(read.error);
    else if (read.date === null && missing !== null) errors.push({ field: name, text: missing });
    return read.ok ? read.date : null;
  };
  const asAt = date('as-at', 'Write the day of the figures');
  const meetingOn = date('meeting', null);
  const day = form.since === 'day' ? date('since-date', 'Write the day to compare with') : null;
  const round = rounds.find(({ id }) => form.since === `round-${id}`);
  if (form.since.startsWith('round-') && round === undefined) {
    errors.push({ field: 'since', text: 'Choose a round of these plans that was closed' });
  }
  const board = boards.find(({ id }) => id === form.committee);
  const other = form['committee-other'];
  if (board === undefined && other === null) {
    errors.push({ field: 'committee', text: 'Choose the committee or board, or write its name' });
  }
  if (errors.length > 0 || asAt === null) return { ok: false, errors };
  const isPublic = form.public === 'yes';
  return {
    ok: true,
    about: {
      committeeId: board?.id ?? null,
      committee: board?.name ?? other ?? '',
      meetingOn,
      asAt,
      since: form.since === 'last' ? 'last' : (round?.closedOn ?? day),
      isPublic,
      paragraphs: isPublic ? [] : form.paragraphs.map(Number).sort(),
      exemptionReason: isPublic ? null : form['exemption-reason'],
    },
  };
}

/** The cover form read as a head; `since` is never "last" there. */
export function readHead(
  body: Readonly<Record<string, unknown>>,
  boards: readonly NamedParty[],
): { ok: true; head: ReportHead } | { ok: false; errors: FieldError[] } {
  const read = readForm(coverForm, body);
  if (!read.ok) return { ok: false, errors: read.errors };
  const form = read.value;
  const about = readAbout(form, body, boards);
  if (!about.ok) return about;
  const { since, ...rest } = about.about;
  if (since === 'last') {
    return { ok: false, errors: [{ field: 'since', text: 'Choose a day to compare with' }] };
  }
  const spending = form.spending === 'yes';
  return {
    ok: true,
    head: {
      ...rest,
      title: form.title,
      since,
      cover: {
        outcomes: form.outcomes,
        extraSpending: spending,
        howMuch: spending ? form['how-much'] : null,
        source: spending ? form.source : null,
        agreedWithFinance: form.finance,
        reportOf: form['report-of'],
        author: form.author,
        forDecision: form.purpose === 'decision',
        appendices: form.appendices,
        contact: {
          name: form['contact-name'],
          role: form['contact-role'],
          department: form['contact-department'],
          telephone: form['contact-telephone'],
          email: form['contact-email'],
        },
      },
    },
  };
}

/** A head as it stands in the boxes of the cover form. */
export function headValues(head: ReportHead): FormValues {
  const { cover } = head;
  return {
    title: head.title,
    ...aboutValues(head),
    outcomes: cover.outcomes ?? '',
    spending: cover.extraSpending ? 'yes' : 'no',
    'how-much': cover.howMuch ?? '',
    source: cover.source ?? '',
    finance: cover.agreedWithFinance,
    'report-of': cover.reportOf,
    author: cover.author,
    purpose: cover.forDecision ? 'decision' : 'information',
    appendices: cover.appendices ?? '',
    'contact-name': cover.contact.name,
    'contact-role': cover.contact.role ?? '',
    'contact-department': cover.contact.department ?? '',
    'contact-telephone': cover.contact.telephone ?? '',
    'contact-email': cover.contact.email ?? '',
  };
}

/** The boxes that the form of a new report has too. */
export function aboutValues(head: Omit<ReportHead, 'title' | 'cover'>): FormValues {
  return {
    committee: head.committeeId ?? '',
    'committee-other': head.committeeId === null ? head.committee : '',
    ...dateValues('meeting', head.meetingOn),
    ...dateValues('as-at', head.asAt),
    since: head.since === null ? 'none' : 'day',
    ...dateValues('since-date', head.since),
    public: head.isPublic ? 'yes' : 'no',
    paragraphs: head.paragraphs.map(String),
    'exemption-reason': head.exemptionReason ?? '',
  };
}

/** A date in its three boxes. */
export function dateValues(name: string, date: IsoDate | null): FormValues {
  const [year = '', month = '', day = ''] = date?.split('-') ?? [];
  const plain = (text: string) => text.replace(/^0/, '');
  return {
    [`${name}-day`]: plain(day),
    [`${name}-month`]: plain(month),
    [`${name}-year`]: year,
  };
}
