import { formatDate, formatMonth, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { timeline } from '#platform/web/components/timeline.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { html, type Html } from '#platform/web/html.ts';
import { countOf } from '../rules/kind-words.ts';
import { dayOfSource, type FindingPicture, type Theme } from '../rules/picture.ts';
import {
  lastPeriodMonths,
  trendInWords,
  type Count,
  type ThemeTrend,
} from '../rules/theme-trend.ts';
import type { ThemeFact } from '../store/read-history.ts';
import type { LinkTo } from './linker.ts';
import { buttonLink, registerNavigation, section } from './parts.ts';
import { paths } from './paths.ts';

/** A theme with how it came up, from what this person may read. */
export interface CountedTheme {
  theme: Theme;
  trend: ThemeTrend;
}

export interface ThemesInput {
  themes: readonly CountedTheme[];
  /** Merged into another, or withdrawn. */
  gone: readonly Theme[];
  mayEdit: boolean;
  csrf: string | null;
  asAt: IsoDate;
  link: LinkTo;
}

/** The authority's list of themes, each with how it came up over time. */
export function themesView(input: ThemesInput) {
  const { themes, gone, mayEdit, asAt, link } = input;
  return {
    title: 'Themes',
    caption: 'Findings',
    dated: true,
    wide: true,
    subNavigation: registerNavigation('Themes', link),
    actions: html`${mayEdit && buttonLink(paths.newTheme(), 'Add a theme')}`,
    content:
      themes.length === 0
        ? nothingYet(input)
        : html`<p class="govuk-body-l sl-lead">${leadOf(themes, asAt)}</p>
<p class="govuk-body sl-measure">The sources of the last ${lastPeriodMonths / 12} years are compared with all before them, by an exact test. Where chance alone would explain the difference it says “no clear change”. Of ${countOf(themes.length, 'theme')} compared, about one in twenty would seem changed by chance all the same.</p>
${table(themes, link)}${goneList(gone, link)}`,
  };
}

function leadOf(themes: readonly CountedTheme[], asAt: IsoDate): string {
  const raised = themes.filter(({ trend }) => trend.findings > 0);
  const [most] = [...raised].sort((a, b) => b.trend.sources - a.trend.sources);
  const first = `${raised.length} of ${countOf(themes.length, 'theme')} raised as at ${formatDate(asAt)}.`;
  if (most === undefined) return first;
  return `${first} Most often ${most.theme.name}: ${countOf(most.trend.findings, 'finding')} of ${countOf(most.trend.sources, 'source')}.`;
}

function nothingYet({ mayEdit, csrf }: ThemesInput): Html {
  return html`${emptyState({
    title: 'No themes yet',
    text: 'One list of themes for all sources: with it you see what is said again and again, by whom, and since when.',
    ...(mayEdit ? { action: { text: 'Add a theme', href: paths.newTheme() } } : {}),
  })}${
    mayEdit &&
    html`<form method="post" action="${paths.suggestedThemes()}"><input type="hidden" name="_csrf" value="${csrf}"><p class="govuk-body">Or begin with a list of common themes, which you can change as you like.</p><button class="govuk-button govuk-button--secondary" type="submit">Add the suggested themes</button></form>`
  }`;
}

function table(themes: readonly CountedTheme[], link: LinkTo): Html {
  return dataTable({
    caption: 'Themes',
    hiddenCaption: true,
    columns: [
      { text: 'Theme' },
      { text: 'Findings', numeric: true },
      { text: 'Sources', numeric: true },
      { text: 'First seen' },
      { text: 'Last seen' },
      { text: 'Does it come up more often?', width: 'wide' },
    ],
    groups: [
      {
        rows: themes.map(({ theme, trend }) => [
          html`<a class="govuk-link" href="${link(paths.theme(theme.id))}">${theme.name}</a>`,
          String(trend.findings),
          String(trend.sources),
          whenInWords(trend.firstSeen),
          whenInWords(trend.lastSeen),
          trendInWords(trend),
        ]),
      },
    ],
  });
}

/** A day, or a month where no more may be known. */
function whenInWords(when: string | null): string {
  if (when === null) return 'Never';
  return when.length === 7 ? formatMonth(`${when}-01` as IsoDate) : formatDate(when as IsoDate);
}

function goneList(gone: readonly Theme[], link: LinkTo): Html {
  if (gone.length === 0) return html``;
  return section(
    'gone',
    'Merged or withdrawn',
    html`<ul class="govuk-list">${gone.map(
      ({ id, name, mergedInto }) =>
        html`<li><a class="govuk-link" href="${link(paths.theme(id))}">${name}</a>, ${mergedInto === null ? 'withdrawn' : 'merged'}</li>`,
    )}</ul>`,
  );
}

export interface ThemeInput extends CountedTheme {
  /** Findings of the theme that are read whole. */
  findings: readonly FindingPicture[];
  mergedInto: Theme | null;
  history: readonly ThemeFact[];
  names: ReadonlyMap<UserId, string>;
  mayEdit: boolean;
  link: LinkTo;
}

/** One theme over time: by year, by service, by source, and how its name came about. */
export function themeView(input: ThemeInput) {
  const { theme, trend, mergedInto, mayEdit, link } = input;
  const stands = !theme.withdrawn && mergedInto === null;
  return {
    title: theme.name,
    caption: 'Theme',
    dated: true,
    back: { text: 'Back to the themes', href: link(paths.themes()) },
    subNavigation: registerNavigation('Themes', link),
    actions: html`${mayEdit && stands && buttonLink(paths.changeTheme(theme.id), 'Change', true)}${
      mayEdit && stands && buttonLink(paths.mergeTheme(theme.id), 'Merge', true)
    }${mayEdit && buttonLink(paths.withdrawTheme(theme.id), stands ? 'Withdraw' : 'Bring back', true)}`,
    content: html`<p class="govuk-body-l sl-lead">${themeLead(input)}</p>
${theme.meaning !== null && html`<p class="govuk-body sl-measure">${theme.meaning}</p>`}
${
  trend.findings > 0 &&
  html`<p class="govuk-body">${trendInWords(trend)} A source counts once, however many findings it has.</p>
<p class="govuk-body"><a class="govuk-link" href="${link(`${paths.findings()}?theme=${theme.id}`)}">See its findings</a></p>
${section('by-year', 'By year of the source', counts('Findings and sources by year', 'Year', trend.byYear))}
${section('by-area', 'By service', counts('Findings and sources by service', 'Service or area', trend.byArea))}
${section('by-source', 'By source', sourceTable(input))}`
}
${historySection(input)}`,
  };
}

function themeLead({ theme, trend, mergedInto }: ThemeInput): string {
  if (mergedInto !== null) return `Merged into ${mergedInto.name}: its findings count there.`;
  if (theme.withdrawn) return 'Withdrawn: it is offered and counted nowhere.';
  if (trend.findings === 0) return 'No source has raised it yet.';
  return `${countOf(trend.findings, 'finding')} of ${countOf(trend.sources, 'source')}, first seen ${whenInWords(trend.firstSeen)} and last seen ${whenInWords(trend.lastSeen)}.`;
}

function counts(caption: string, first: string, rows: readonly Count[]): Html {
  return dataTable({
    caption,
    hiddenCaption: true,
    columns: [
      { text: first },
      { text: 'Findings', numeric: true },
      { text: 'Sources', numeric: true },
    ],
    groups: [{ rows: rows.map((row) => [row.name, String(row.findings), String(row.sources)]) }],
  });
}

function sourceTable({ findings, link }: ThemeInput): Html {
  const bySource = Map.groupBy(findings, ({ source }) => source.id);
  return dataTable({
    caption: 'Findings by source',
    hiddenCaption: true,
    columns: [
      { text: 'Source', width: 'wide' },
      { text: 'Date' },
      { text: 'Findings', numeric: true },
    ],
    groups: [
      {
        rows: [...bySource.values()].flatMap((own) => {
          const source = own[0]?.source;
          return source === undefined
            ? []
            : [
                [
                  html`<a class="govuk-link" href="${link(paths.source(source.id))}">${source.title}</a>`,
                  formatDate(dayOfSource(source)),
                  String(own.length),
                ],
              ];
        }),
      },
    ],
  });
}

function historySection({ history, names }: ThemeInput): Html {
  const entries = history.map((fact, index) => {
    const before = history[index - 1];
    const title =
      before === undefined
        ? `Added as “${fact.name}”`
        : fact.mergedInto !== before.mergedInto && fact.mergedInto !== null
          ? 'Merged into another theme'
          : fact.withdrawn && !before.withdrawn
            ? 'Withdrawn'
            : fact.name !== before.name
              ? `Renamed from “${before.name}” to “${fact.name}”`
              : before.withdrawn || before.mergedInto !== fact.mergedInto
                ? 'Brought back'
                : 'Its meaning was changed';
    return {
      title,
      by: fact.by === null ? null : (names.get(fact.by) ?? null),
      when: { words: formatDate(fact.on), iso: fact.on },
      ...(fact.reason === null ? {} : { body: html`<p class="govuk-body">${fact.reason}</p>` }),
    };
  });
  return section('history', 'History', timeline(entries.reverse()));
}

/** The form of a theme: a new one, a change, or (with `into`) a merge. */
export function themeFormView(
  state: FormState,
  form: { theme: Theme | null; version: number; into: readonly Theme[] | null },
) {
  const { theme, version, into } = form;
  const href = theme === null ? paths.themes() : paths.theme(theme.id);
  const both = state.both !== null;
  return {
    title:
      theme === null ? 'Add a theme' : into === null ? 'Change this theme' : 'Merge this theme',
    caption: theme?.name ?? 'Themes',
    back: { text: theme === null ? 'Back to the themes' : 'Back to the theme', href },
    cancelHref: href,
    lead:
      into === null
        ? null
        : 'From today its findings count with those of another theme. What was counted on earlier days stays as it was.',
    action:
      theme === null
        ? paths.newTheme()
        : into === null
          ? paths.changeTheme(theme.id)
          : paths.mergeTheme(theme.id),
    errors: state.errors,
    form: state,
    both: state.both,
    version: theme === null ? null : String(version),
    into:
      into === null
        ? null
        : [
            { value: '', text: 'Choose a theme' },
            ...into.map(({ id, name }) => ({ value: id, text: name })),
          ],
    asksReason: theme !== null,
    saveText: both
      ? 'Save mine on top of theirs'
      : theme === null
        ? 'Add this theme'
        : into === null
          ? 'Save'
          : 'Merge',
  };
}

/** Withdraw a theme, or bring it back. */
export function withdrawThemeView(
  state: FormState,
  theme: Theme,
  withdraws: boolean,
  version: number,
) {
  const href = paths.theme(theme.id);
  const verb = withdraws ? 'Withdraw it' : 'Bring it back';
  return {
    errors: state.errors,
    form: state,
    both: state.both,
    title: withdraws ? 'Withdraw this theme' : 'Bring this theme back',
    caption: theme.name,
    back: { text: 'Back to the theme', href },
    cancelHref: href,
    about: withdraws
      ? 'From today it is offered and counted nowhere.'
      : 'From today it is offered again and counts by itself.',
    meaning: withdraws ? 'Findings keep it, so that it can be brought back.' : null,
    action: paths.withdrawTheme(theme.id),
    hidden: [
      { name: 'version', value: String(version) },
      { name: 'withdrawn', value: withdraws ? 'yes' : 'no' },
    ],
    question: 'Why?',
    hint: null,
    saveText: state.both === null ? verb : `${verb} all the same`,
    isWarning: withdraws,
  };
}
