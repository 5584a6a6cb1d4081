import type { FormState } from '#platform/web/form-state.ts';
import type { EditionBefore } from '../actions/frameworks.ts';
import { pictureMap } from '../rules/map-criteria.ts';
import type { EditionHead } from '../rules/picture.ts';
import { countOf, listed } from '../rules/words.ts';
import type { FrameworkLoad } from '../store/loads.ts';
import { paths } from './paths.ts';

/** The first step: the file, and of what it is a further edition. */
export function beginLoadView(editions: readonly EditionHead[], state: FormState) {
  return {
    title: 'Load a framework',
    back: { text: 'Standards', href: paths.standards() },
    errors: state.errors,
    form: state,
    action: paths.load(),
    cancelHref: paths.standards(),
    exampleHref: paths.shippedFile('childrens-services'),
    editions: [
      { value: '', text: 'No, it is a framework of its own' },
      ...editions.map((one) => ({ value: one.id, text: `${one.title}, edition ${one.label}` })),
    ],
  };
}

/** What was read, and what is new, changed and removed against the edition before. */
export function previewView({
  load,
  before,
  state,
}: {
  load: FrameworkLoad;
  before: EditionBefore | null;
  state: FormState;
}) {
  const { reading, choices } = load;
  const criteria = reading.domains.flatMap((domain) => domain.criteria);
  const { criteria: mapped, removed } = pictureMap(criteria, before?.criteria ?? [], choices.map);
  const count = (wanted: 'new' | 'same' | 'changed') =>
    mapped.filter((one) => one.state === wanted).length;
  const changes = [
    `${count('same')} the same`,
    `${count('changed')} changed`,
    `${count('new')} new`,
    `${removed.length} removed`,
  ];
  const found = `${countOf(criteria.length, 'criterion', 'criteria')} in ${countOf(reading.domains.length, 'domain')}`;
  let index = -1;
  return {
    title: reading.title === '' ? 'A framework' : reading.title,
    caption: 'Load a framework',
    wide: true,
    back: { text: 'Standards', href: paths.standards() },
    errors: state.errors,
    form: state,
    action: paths.loading(load.id),
    leaveAction: paths.leaveLoading(load.id),
    againHref: paths.load(),
    version: load.version,
    sentence:
      reading.problems.length > 0
        ? `We found ${found}, and ${countOf(reading.problems.length, 'problem')} that must be mended in the file first.`
        : before === null
          ? `We found ${found}. Nothing is loaded yet.`
          : `We found ${found}: ${listed(changes)}. Nothing is loaded yet.`,
    problems: reading.problems,
    follows: before !== null,
    levels: reading.levels.map(({ name }) => name).join(', '),
    publisher: reading.publisher,
    states: { new: 'New', same: 'Same', changed: 'Changed' },
    olds: (before?.criteria ?? []).map((one) => ({ value: one.ref, text: short(one.text) })),
    domains: reading.domains.map((domain) => ({
      title: `${domain.ref === null ? '' : `${domain.ref} `}${domain.title}`,
      rows: domain.criteria.map((criterion) => {
        index += 1;
        const now = mapped[index];
        const typed = state.values[`from-${index}`];
        return {
          index,
          ref: criterion.ref,
          text: criterion.text,
          state: now?.state ?? ('new' as const),
          from: typeof typed === 'string' ? typed : (now?.from?.ref ?? ''),
          was: now?.state === 'changed' ? (now.from?.text ?? null) : null,
        };
      }),
    })),
    removed: removed.map(({ ref, text }) => ({ ref, text })),
  };
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text;
}
