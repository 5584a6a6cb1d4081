import type { DueQuestion } from '#platform/web/due-box.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { nameBoxes } from '#platform/web/names.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import { progresses, restKinds, results } from '../rules/kinds.ts';
import type { Criterion, Domain } from '../rules/picture.ts';
import { progressNames, restNames, resultNames } from '../rules/words.ts';
import { mostRests } from './judge-form.ts';
import { paths } from './paths.ts';

export interface JudgeInput {
  picture: EditionPicture;
  domain: Domain;
  criterion: Criterion;
  state: FormState;
  version: number;
  question: DueQuestion | null;
  known: { parties: string[]; sources: string[] };
}

/** The form on which a criterion is judged. */
export function judgeView({
  picture,
  domain,
  criterion,
  state,
  version,
  question,
  known,
}: JudgeInput) {
  const { edition } = picture;
  const filled = Array.from({ length: mostRests }, (_, index) => index + 1).filter((n) =>
    ['kind', 'words', 'dated', 'source'].some((part) => {
      const value = state.values[`rest-${n}-${part}`];
      return value !== undefined && value !== '';
    }),
  );
  const shown = Math.min(mostRests, Math.max(2, (filled.at(-1) ?? 0) + 1));
  const href = paths.criterion(criterion.id);
  return {
    title: `Judge criterion ${criterion.ref}`,
    caption: `${edition.title} · ${domain.title}`,
    back: { text: 'Back to the criterion', href },
    errors: state.errors,
    form: state,
    both: state.both,
    action: paths.judge(criterion.id),
    cancelHref: href,
    version,
    criterion: criterion.text,
    question,
    known,
    levels: [
      ...edition.levels.map((level) => ({
        value: level.key,
        text: level.name,
        hint: { text: criterion.descriptors[level.key] ?? level.meaning ?? '' },
      })),
      { value: 'none', text: 'Not judged' },
    ],
    progresses: progresses.map((value) => ({ value, text: progressNames[value] })),
    results: [
      ...results.map((value) => ({ value, text: resultNames[value] })),
      { value: 'none', text: 'None given' },
    ],
    leadBoxes: nameBoxes(state.values['leads']),
    restKinds: [
      { value: '', text: 'Choose a kind' },
      ...restKinds.map((value) => ({ value, text: restNames[value] })),
    ],
    restNumbers: Array.from({ length: mostRests }, (_, index) => index + 1),
    restsShown: shown,
    saveText: state.both === null ? 'Save' : 'Save mine on top of theirs',
  };
}
