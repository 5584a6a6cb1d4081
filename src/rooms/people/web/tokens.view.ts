import { addDays, formatDate, formatInstant, type IsoDate } from '#kernel/dates.ts';
import { apiScopes, usualLastDay, type ApiScope } from '../rules/api-scopes.ts';
import { isLiving } from '../rules/token-life.ts';
import type { ListedToken } from '../store/api-tokens.ts';
import { paths } from './paths.ts';
import type { ShownForm } from './shared.ts';

/** A token in words: what it is for, what it reads, until when, and when it last did. */
export function tokenLine(token: ListedToken, today: IsoDate) {
  const scopes = apiScopes.filter(({ scope }) => token.scopes.includes(scope));
  const used =
    token.lastUsedOn === null ? 'never used' : `last used ${formatDate(token.lastUsedOn)}`;
  return {
    id: token.id,
    name: token.name,
    text: `Reads ${scopes.map(({ name }) => name.toLowerCase()).join(' and ')}. Made ${formatInstant(token.madeAt)}, ${used}. ${stateInWords(token, today)}`,
    works: isLiving(token, today),
  };
}

function stateInWords({ ended, hasSecret, endsOn }: ListedToken, today: IsoDate): string {
  const why = {
    withdrawn: 'Withdrawn',
    'account closed': 'Ended with the account',
    'password reset': 'Ended when the password was reset',
    'codes reset': 'Ended when the one-time codes were reset',
  } as const;
  const lastDay = formatDate(addDays(endsOn, -1));
  if (ended !== null) return `${why[ended.why]} ${formatInstant(ended.at)}.`;
  if (!hasSecret) return 'Ended when a back-up was brought back.';
  return endsOn > today ? `Works until ${lastDay}.` : `Its last day was ${lastDay}.`;
}

/** The form as it is offered: everything a report needs, for the usual time. */
export function newTokenForm(today: IsoDate): ShownForm {
  const [year = '', month = '', day = ''] = usualLastDay(today).split('-');
  const values = {
    scopes: apiScopes.map(({ scope }) => scope),
    'last-day': String(Number(day)),
    'last-month': String(Number(month)),
    'last-year': year,
  };
  return { values, errors: [] };
}

export interface TokensInput {
  tokens: readonly ListedToken[];
  /** Whether anything could come out with one. */
  mayMake: boolean;
  form: ShownForm;
  today: IsoDate;
}

/** A person's own tokens, and the form that makes one. */
export function tokensView({ tokens, mayMake, form, today }: TokensInput) {
  const lines = tokens.map((token) => tokenLine(token, today));
  return {
    title: 'Tokens for data',
    classification: null,
    back: { text: 'Your account', href: paths.account },
    working: lines.filter((line) => line.works),
    before: lines.filter((line) => !line.works),
    mayMake,
    scopeItems: apiScopes.map(({ scope, name, meaning }) => ({
      value: scope,
      text: name,
      hint: { text: `${meaning} (${scope})` },
    })),
    form,
    errors: form.errors,
    action: paths.tokens,
  };
}

/** What is shown once of a new token. */
export function tokenMadeView(made: {
  token: string;
  name: string;
  scopes: readonly ApiScope[];
  lastDay: IsoDate;
  /** An address to try it on. */
  example: string;
}) {
  return {
    title: 'Your token is made',
    classification: null,
    back: { text: 'Tokens for data', href: paths.tokens },
    ...made,
    lastDay: formatDate(made.lastDay),
  };
}
