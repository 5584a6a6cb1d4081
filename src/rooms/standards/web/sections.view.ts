import { formatDate, formatInstant } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { timeline } from '#platform/web/components/timeline.ts';
import type { FormState } from '#platform/web/form-state.ts';
import { html, type Html } from '#platform/web/html.ts';
import { domainHash } from '../actions/domain-hash.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import type { SectionRights } from '../actions/sections.ts';
import type { DomainSection } from '../rules/domain-sections.ts';
import type { Domain, SectionStep } from '../rules/picture.ts';
import { countLevels, countsInWords } from '../rules/position.ts';
import { countOf } from '../rules/words.ts';
import { editionCaption, editionNavigation, levelTag, type LinkTo } from './parts.ts';
import { paths } from './paths.ts';

export interface SectionsInput {
  picture: EditionPicture;
  mayOpenRound: boolean;
  state: FormState;
  link: LinkTo;
}

/** Who writes which section of the self-assessment, and where each is. */
export function sectionsView({ picture, mayOpenRound, state, link }: SectionsInput) {
  const { edition, round, sections } = picture;
  const all = [...sections.values()];
  const count = (wanted: DomainSection['state']) =>
    all.filter((section) => section.state === wanted).length;
  return {
    title: edition.title,
    caption: editionCaption(edition),
    dated: true,
    wide: true,
    back: { text: 'Standards', href: link(paths.standards()) },
    subNavigation: editionNavigation(edition, 'Sections', link),
    errors: state.errors,
    form: state,
    sentence:
      round === null
        ? 'No self-assessment has been opened yet. Open one to hand its sections out.'
        : `${round.name}, opened on ${formatDate(round.openedOn)}: ${countOf(all.length, 'section')}, ${count('signed off')} signed off, ${count('submitted')} waiting for a signature.`,
    table:
      round === null
        ? null
        : dataTable({
            caption: 'Sections',
            hiddenCaption: true,
            columns: [
              { text: 'Section', width: 'wide' },
              { text: 'With' },
              { text: 'Due' },
              { text: 'State' },
              { text: 'Judgements' },
            ],
            groups: [{ rows: edition.domains.map((domain) => row(picture, domain, link)) }],
          }),
    mayOpenRound,
    roundAction: paths.newRound(edition.id),
    roundTitle: round === null ? 'Open a self-assessment' : 'Open the next self-assessment',
    roundMeaning:
      round === null
        ? 'Its sections are then handed to posts, submitted and signed off.'
        : 'Every section begins anew and is unlocked. What was said and signed before stays.',
  };
}

function row(
  { edition, judgements, sections, posts }: EditionPicture,
  domain: Domain,
  link: LinkTo,
) {
  const section = sections.get(domain.id);
  const post = section?.postId == null ? undefined : posts.get(section.postId);
  return [
    html`<a class="govuk-link" href="${link(paths.section(edition.id, domain.id))}">${domain.ref !== null && `${domain.ref} `}${domain.title}</a>`,
    post?.name ?? html`<span class="sl-quiet">Nobody</span>`,
    section?.dueOn == null ? '' : formatDate(section.dueOn),
    stateWords(section),
    countsInWords(countLevels(domain.criteria, judgements, edition.levels)),
  ];
}

const names: Record<DomainSection['state'], string> = {
  'nobody’s': 'Not handed out',
  'handed out': 'Being written',
  submitted: 'Submitted',
  returned: 'Returned with comments',
  'signed off': 'Signed off, locked',
  'opened again': 'Unlocked',
};

function stateWords(section: DomainSection | undefined): string {
  return names[section?.state ?? 'nobody’s'];
}

export interface SectionInput {
  picture: EditionPicture;
  domain: Domain;
  rights: SectionRights;
  steps: readonly SectionStep[];
  names: ReadonlyMap<UserId, string>;
  /** Posts to which it can be handed. */
  posts: readonly { id: string; name: string }[];
  state: FormState;
  link: LinkTo;
}

/** One section: its criteria, its way so far, and the steps that this person may take. */
export function sectionView(input: SectionInput) {
  const { picture, domain, rights, posts, state, link } = input;
  const { edition, judgements, sections } = picture;
  const section = sections.get(domain.id);
  const post = section?.postId == null ? undefined : picture.posts.get(section.postId);
  const notSign = rights.notSign;
  return {
    title: domain.title,
    caption: `${edition.title} · ${section?.round?.name ?? 'No self-assessment opened'}`,
    dated: true,
    back: { text: 'All sections', href: link(paths.sections(edition.id)) },
    errors: state.errors,
    form: state,
    action: paths.section(edition.id, domain.id),
    sentence: `${stateWords(section)}.${post === undefined ? '' : ` With ${post.name}${section?.dueOn == null ? '' : `, due ${formatDate(section.dueOn)}`}.`} ${countsInWords(countLevels(domain.criteria, judgements, edition.levels))}`,
    comment: section?.comment ?? null,
    criteria: html`<ul class="govuk-list">${domain.criteria.map(
      (criterion) =>
        html`<li>${levelTag(edition.levels, judgements.get(criterion.id)?.level ?? null)} <a class="govuk-link" href="${link(paths.criterion(criterion.id))}">${criterion.ref} ${criterion.text}</a></li>`,
    )}</ul>`,
    rights,
    maySign: notSign !== 'not submitted' && notSign.length === 0,
    authorMayNotSign: notSign !== 'not submitted' && notSign.includes('author-is-not-the-approver'),
    handText: post === undefined ? 'Hand it to a post' : 'Hand it to another post',
    posts: [
      { value: '', text: 'Choose a post' },
      ...posts.map(({ id, name }) => ({ value: id, text: name })),
    ],
    version: section?.version ?? 0,
    hash: domainHash(domain.criteria, judgements),
    history: historyOf(input),
  };
}

const stepNames: Record<SectionStep['step'], string> = {
  handed: 'Handed out',
  submitted: 'Submitted',
  returned: 'Returned with comments',
  'signed off': 'Signed off',
  unlocked: 'Unlocked',
};

function historyOf({ steps, names: people, posts }: SectionInput): Html | null {
  if (steps.length === 0) return null;
  return timeline(
    [...steps].reverse().map((one) => ({
      title: html`${stepNames[one.step]}${one.step === 'handed' && ` to ${posts.find(({ id }) => id === one.postId)?.name ?? 'a post'}`}`,
      by: one.by === null ? null : (people.get(one.by) ?? null),
      when: { words: formatInstant(one.recordedAt), iso: one.effectiveOn },
      ...(one.comment === null ? {} : { body: html`<p class="govuk-body">${one.comment}</p>` }),
    })),
  );
}
