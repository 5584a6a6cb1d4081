import type { FormState } from '#platform/web/form-state.ts';
import type { FormValues } from '#platform/web/forms.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { Assessment, Row, RowKind } from '../../rules/narrative/assessment.ts';
import { numbered, sectionName } from '../../rules/narrative/assessment.ts';
import { choices } from '../../rules/narrative/part-b.ts';
import { rowTitles } from './assessment.view.ts';
import { paths } from './paths.ts';

interface Box {
  label: string;
  hint?: string;
  short?: boolean;
}

type BoxName = 'label' | 'words' | 'dated' | 'url' | 'sections';

const sectionsBox: Box = {
  label: 'More in sections (optional)',
  hint: 'Their numbers, for example 1, 8 and 13',
};
const drawnWords: Box = {
  label: 'In words of its own (optional)',
  hint: 'Leave this empty to use the words of part C',
};
const drawnSections: Box = {
  label: 'Other sections that say more (optional)',
  hint: 'The section that it is drawn from is named by itself. Numbers, for example 1, 8 and 13',
};

/** The boxes of each kind of row. */
export const rowBoxes: Readonly<Record<RowKind, Partial<Record<BoxName, Box>>>> = {
  person: {
    label: { label: 'Post', hint: 'For example, Director of children’s services' },
    words: { label: 'Name (optional)', short: true },
    dated: { label: 'In this post since (optional)', hint: 'For example, May 2024' },
  },
  document: {
    label: { label: 'Title' },
    dated: { label: 'Date (optional)', hint: 'For example, 2024 to 2027' },
    url: { label: 'Link (optional)', hint: 'Its address on the web, beginning with https://' },
    words: { label: 'Where it is, where there is no link (optional)', short: true },
  },
  proud: { words: drawnWords, sections: drawnSections },
  improve: {
    label: { label: 'In a few words (optional)', hint: 'For example, Measuring impact' },
    words: drawnWords,
    sections: drawnSections,
  },
  risk: {
    label: { label: 'In a few words (optional)', hint: 'For example, Capacity' },
    words: { label: 'The risk' },
    sections: sectionsBox,
  },
  innovation: {
    label: { label: 'Title (optional)' },
    words: { label: 'What it is' },
    dated: { label: 'From and to (optional)', hint: 'For example, April 2025 to March 2026' },
    sections: sectionsBox,
  },
};

/** Whether rows of this kind are drawn from the points of part C. */
export function isDrawn(kind: RowKind): kind is 'proud' | 'improve' {
  return kind === 'proud' || kind === 'improve';
}

/** What stands in the boxes of a row. */
export function rowValues(assessment: Assessment, row: Row | null): FormValues {
  const sections = numbered(assessment).filter(({ id }) => row?.sectionIds.includes(id) === true);
  return {
    label: row?.label ?? '',
    words: row?.words ?? '',
    dated: row?.dated ?? '',
    url: row?.url ?? '',
    finding: row?.findingId ?? '',
    sections: sections.map(({ number }) => number).join(', '),
  };
}

/** The form of a row of a table of part A or B. */
export function rowFormView(given: {
  assessment: Assessment;
  kind: RowKind;
  row: Row | null;
  state: FormState;
  submissionId: string;
}) {
  const { assessment, kind, row, state, submissionId } = given;
  const { id } = assessment;
  return {
    title: rowTitles[kind],
    caption: `${assessment.title} ${assessment.period}`,
    back: { text: 'Back to the document', href: `${paths.assessment(id)}#${kind}` },
    action: row === null ? paths.newRow(id, kind) : paths.row(id, row.id),
    cancelHref: `${paths.assessment(id)}#${kind}`,
    boxes: {
      ...rowBoxes[kind],
      ...(isDrawn(kind) ? { finding: findingBox(assessment, kind) } : {}),
    },
    version: row?.written.version ?? 0,
    submissionId,
    copied: row?.looked === false,
    mayTakeOut: row !== null,
    errors: state.errors,
    form: state,
    both: state.both,
  };
}

function findingBox(assessment: Assessment, kind: 'proud' | 'improve') {
  const found = choices(assessment, kind);
  return {
    label:
      kind === 'proud' ? 'The strength that it is drawn from' : 'The area that it is drawn from',
    hint:
      found.length === 0
        ? 'Part C names none yet. Write the sections first, or give words of its own'
        : 'Its section is named beside it by itself',
    items: [
      { value: '', text: 'None: it has words of its own' },
      ...found.flatMap(({ section, points }) =>
        points.map(({ findingId, words }) => ({
          value: findingId,
          text: `${sectionName(section)}: ${words.length > 100 ? `${words.slice(0, 100)}…` : words}`,
        })),
      ),
    ],
  };
}

/** Both texts of a row that somebody else saved meanwhile. */
export function rowBothTexts(
  assessment: Assessment,
  row: Row,
  values: FormValues,
  names: ReadonlyMap<string, string>,
): FormState {
  const theirs = rowValues(assessment, row);
  const textOf = (all: FormValues, name: string) => {
    const value = all[name];
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
  };
  const pairs = Object.entries(rowBoxes[row.kind]).map(([name, { label }]) => ({
    label: label.replace(/ \(optional\)$/, ''),
    theirs: textOf(theirs, name),
    yours: textOf(values, name),
  }));
  const { by, at } = row.written;
  const last = { by: by === null ? null : (names.get(by) ?? null), at };
  const both = bothTexts(pairs, last, `${paths.assessment(assessment.id)}#${row.kind}`);
  return { values, errors: [bothTextsError], both };
}
