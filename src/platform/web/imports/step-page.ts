import type { FieldError } from '../forms.ts';
import type { Html } from '../html.ts';

export const stepTemplate = 'platform/web/imports/steps.njk';

export interface ImportStep<Step extends string> {
  /** The steps in their order, as they are called. */
  words: Readonly<Record<Step, string>>;
  step: Step;
  caption: string;
  wide: boolean;
  version: number;
  hrefOf: (step: Step) => string;
  /** Where a person goes who leaves it for later. */
  laterHref: string;
  /** Where the import is thrown away. */
  leaveAction: string;
  intro: Html;
  content: Html;
  buttonText: string;
  errors?: readonly FieldError[];
}

/** A step of an import: where it stands among the others, and one form. */
export function stepPage<Step extends string>(page: ImportStep<Step>) {
  const { words, step, hrefOf, errors = [], ...shown } = page;
  const order = Object.keys(words) as Step[];
  const here = order.indexOf(step);
  return {
    ...shown,
    title: words[step],
    steps: order.map((one, index) => ({
      text: words[one],
      current: one === step,
      href: index < here ? hrefOf(one) : null,
    })),
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  };
}
