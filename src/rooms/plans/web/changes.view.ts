import { formatDate, formatInstant, londonDay, type IsoDate } from '#kernel/dates.ts';
import type { ActionId, EvidenceId, UpdateId, UserId } from '#kernel/ids.ts';
import type { EvidenceItem } from '#findings';
import { html, safeHref, type Html } from '#platform/web/html.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { timeline, type TimelineEntry } from '#platform/web/components/timeline.ts';
import type { DateRequest } from '../rules/date-requests.ts';
import { testInWords } from '../rules/closure-words.ts';
import { historySentence, type FieldChange, type HistoryEntry } from '../rules/history.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { countOf } from '../rules/position.ts';
import { nthDate, ragName } from '../rules/words.ts';
import { capacityInWords } from '../rules/who-decides.ts';
import type { Allowed } from './load-plan.ts';
import {
  dayField,
  lines,
  listExportMenu,
  planCaption,
  planNavigation,
  shortText,
  type LinkTo,
} from './parts.ts';
import { paths } from './paths.ts';

interface ChangeListInput {
  picture: PlanPicture;
  entries: readonly HistoryEntry[];
  names: ReadonlyMap<UserId, string>;
  evidence?: ReadonlyMap<EvidenceId, EvidenceItem>;
  link: LinkTo;
  /** Leave out which action each entry is about: the page is about one. */
  oneAction?: boolean;
  /** Where each update is corrected, for those who may. */
  correctHref?: (update: UpdateId) => string;
}

/** What happened, newest first: each entry a sentence with who, when, and both times where they differ. */
export function changeList(input: ChangeListInput): Html {
  return timeline(input.entries.map((entry) => changeEntry(input, entry)));
}

function changeEntry(input: ChangeListInput, entry: HistoryEntry): TimelineEntry {
  const { picture, names, link } = input;
  const sentence = historySentence(entry, (colour) => ragName(picture.plan.ragScheme, colour));
  const action = picture.actions.find((one) => one.id === entry.actionId);
  const about =
    input.oneAction === true || action === undefined
      ? sentence
      : html`<a class="govuk-link" href="${link(paths.action(picture.plan.slug, action.id))}"
            >${shortText(action, 70)}</a
          ><br />${sentence}`;
  const recordedOn = londonDay(entry.recordedAt);
  return {
    title: about,
    by: entry.by === null ? null : (names.get(entry.by) ?? null),
    when: { words: formatDate(entry.effectiveOn), iso: entry.effectiveOn },
    ...(recordedOn === entry.effectiveOn
      ? {}
      : { alsoWhen: `Recorded on ${formatInstant(entry.recordedAt)}` }),
    body: entryBody(input, entry),
  };
}

function entryBody(input: ChangeListInput, entry: HistoryEntry): Html {
  switch (entry.kind) {
    case 'added':
      return html`${entry.due.asWritten !== '' && entry.declaredRevised && html`<p>The imported paper called this a revised date: “${entry.due.asWritten}”.</p>`}`;
    case 'changed':
      return html`${entry.changes.map(fieldChange)}${reasonLine(entry.reason)}`;
    case 'withdrawn':
    case 'restored':
      return reasonLine(entry.reason);
    case 'asked':
      return html`${reasonLine(entry.request.reason)}${effectLine(entry.request.effectOnChildren)}`;
    case 'refused':
    case 'taken back':
      return reasonLine(entry.request.decision?.reason ?? null);
    case 'board':
      return html`<p><strong>Minute:</strong> ${lines(entry.said.minute)}</p>`;
    case 'due':
      return html`<p>This is its ${nthDate(entry.nth)}.${grantedWords(input, entry.granted)}</p>
        ${reasonLine(entry.reason)}${entry.effectOnChildren !== null && effectLine(entry.effectOnChildren)}`;
    case 'test':
      return fieldChange({
        what: 'Test',
        before: testInWords(entry.before),
        after: testInWords(entry.after),
      });
    case 'closure':
      return html`${entry.step.testResult !== null && html`<p>The test was ${entry.step.testResult}.</p>`}<p>${lines(entry.step.account)}</p>${evidenceList(input, entry.actionId, entry.step.evidenceIds)}`;
    case 'closure answer':
      return reasonLine(entry.answer.reason);
    case 'update':
      return html`${
        entry.corrects !== null &&
        html`<p>It corrects what was written for ${formatDate(entry.corrects.effectiveOn)}.</p>`
      }${entry.update.whatChanged !== '' && html`<p>${lines(entry.update.whatChanged)}</p>`}${evidenceList(input, entry.actionId, entry.update.evidenceIds)}${
        input.correctHref !== undefined &&
        html`<p><a class="govuk-link" href="${input.correctHref(entry.update.id)}">Correct this update<span class="govuk-visually-hidden"> of ${formatDate(entry.effectiveOn)}</span></a></p>`
      }`;
  }
}

function effectLine(effect: string): Html {
  return html`<p><strong>Effect on children:</strong> ${lines(effect)}</p>`;
}

/** Who asked for a date that was granted, as what it was granted, and the words that came with it. */
function grantedWords({ names }: ChangeListInput, request: DateRequest | null): string {
  if (request?.decision == null) return '';
  const { by, effectiveOn, decision } = request;
  const asker = by === null ? '' : ` by ${names.get(by) ?? 'somebody'}`;
  const words = decision.reason === null ? '' : `: “${decision.reason}”`;
  return ` Asked for${asker} on ${formatDate(effectiveOn)}, and granted ${capacityInWords[decision.capacity]}${words}.`;
}

function reasonLine(reason: string | null): Html {
  return html`${reason !== null && reason !== '' && html`<p><strong>Reason:</strong> ${lines(reason)}</p>`}`;
}

function fieldChange(change: FieldChange): Html {
  const old =
    change.before === ''
      ? html`<span class="sl-quiet">nothing</span>`
      : html`<del>${lines(change.before)}</del>`;
  const now =
    change.after === ''
      ? html`<span class="sl-quiet">nothing</span>`
      : html`<ins>${lines(change.after)}</ins>`;
  return html`<p>
    <strong>${change.what}:</strong> <span class="govuk-visually-hidden">was </span>${old}
    <span class="govuk-visually-hidden">now </span>${now}
  </p>`;
}

/** What was given as evidence: links, notes and files. */
export function evidenceList(
  input: Pick<ChangeListInput, 'picture' | 'evidence' | 'link'>,
  actionId: ActionId,
  ids: readonly EvidenceId[],
): Html {
  const items = ids.flatMap((id) => input.evidence?.get(id) ?? []);
  if (items.length === 0) return html``;
  return html`<ul class="sl-evidence">
    ${items.map((item) => {
      const href =
        item.kind === 'file'
          ? input.link(paths.evidenceFile(input.picture.plan.slug, actionId, item.id))
          : item.url === null
            ? null
            : safeHref(item.url);
      const words = item.kind === 'file' ? (item.fileName ?? item.title) : item.title;
      const label = { link: 'Link', note: 'Note', file: 'File' }[item.kind];
      return html`<li>
        <span class="sl-note">Evidence, ${label.toLowerCase()}:</span> ${
          href === null
            ? lines(words)
            : html`<a class="govuk-link" href="${href}" rel="noreferrer noopener">${words}</a>`
        }
      </li>`;
    })}
  </ul>`;
}

export interface ChangesInput {
  picture: PlanPicture;
  allowed: Allowed;
  history: readonly HistoryEntry[];
  names: ReadonlyMap<UserId, string>;
  evidence: ReadonlyMap<EvidenceId, EvidenceItem>;
  since: IsoDate | null;
  page: number;
  link: LinkTo;
}

const perPage = 50;

/** Everything that was recorded on a plan, newest first, since a day where one is given. */
export function changesView(input: ChangesInput) {
  const { picture, allowed, since, link } = input;
  const { plan } = picture;
  const entries = input.history.filter((entry) => since === null || entry.effectiveOn > since);
  const pages = Math.max(1, Math.ceil(entries.length / perPage));
  const page = Math.min(input.page, pages);
  const shown = entries.slice((page - 1) * perPage, page * perPage);
  const href = (target: number) =>
    link(
      `${paths.changes(plan.slug)}?${new URLSearchParams({ ...(since === null ? {} : { since }), page: String(target) }).toString()}`,
    );
  const content = html`<form
      class="sl-inline-form"
      method="get"
      action="${paths.changes(plan.slug)}"
    >
      ${dayField(picture, link)}
      <div class="govuk-form-group">
        <label class="govuk-label" for="since">Changes since</label>
        <div id="since-hint" class="govuk-hint">
          A date, such as 4 3 2026. Leave it empty for everything
        </div>
        <input
          class="govuk-input govuk-input--width-10"
          id="since"
          name="since"
          aria-describedby="since-hint"
          value="${since === null ? '' : formatDate(since)}"
        />
      </div>
      <button class="govuk-button govuk-button--secondary" type="submit">Show</button>
    </form>
    <p class="govuk-body">
      ${countOf(entries.length, 'change')}${since !== null && ` since ${formatDate(since)}`}, newest
      first.
    </p>
    ${
      shown.length === 0
        ? emptyState({
            title: 'No changes',
            text: 'What people record on this plan will stand here.',
          })
        : changeList({ ...input, entries: shown })
    }
    ${pagination(page, pages, href)}`;
  return {
    title: plan.title,
    caption: planCaption(plan),
    dated: true,
    subNavigation: planNavigation(plan, 'Changes', allowed, link),
    actions: html`${
      allowed.export &&
      listExportMenu(
        link(`${paths.exportChanges(plan.slug)}${since === null ? '' : `?since=${since}`}`),
      )
    }`,
    content,
  };
}
