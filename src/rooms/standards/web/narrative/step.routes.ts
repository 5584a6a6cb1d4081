import { z } from 'zod';
import { parseId, type PartyId } from '#kernel/ids.ts';
import type { App } from '#platform/web/server.ts';
import {
  anyForm,
  dateBox,
  optionalText,
  readDateFields,
  readForm,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import type { Tx } from '#platform/db/tables.ts';
import { listParties, type Actor } from '#people';
import type { FoundAssessment } from '../../actions/narrative/open-assessment.ts';
import { authorsOfSection, mayStep, stepSection } from '../../actions/narrative/step-section.ts';
import { sectionSteps } from '../../rules/kinds.ts';
import { sectionName, type Section } from '../../rules/narrative/assessment.ts';
import type { NarrativeDeps } from './deps.ts';
import { answerOf, loadAssessment, sectionIn, sectionParams } from './load.ts';
import { paths, routePaths } from './paths.ts';
import { sectionView, type SectionSteps } from './section.view.ts';
import type { IsoDate } from '#kernel/dates.ts';

const template = 'rooms/standards/web/narrative/section.njk';
const config = { rule: { may: ['R', 'PLN'] } } as const;
const empty = fresh({ comment: '', post: '' });

/** The page of a section, with the steps between those who write it and those who sign it off. */
export function addStepRoutes(app: App, deps: NarrativeDeps): void {
  app.get(
    routePaths.section,
    { config, schema: { params: sectionParams } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      const loaded = await loadAssessment(deps, request, reply, (tx, found) =>
        readSteps(tx, actor, asAt, today, found, request.params.section),
      );
      if (loaded === null) return reply;
      const section = sectionIn(reply, loaded.found, request.params.section);
      if (section === null) return reply;
      const csrf = request.shell.csrf ?? '';
      return reply.page(
        template,
        sectionView({ ...loaded, section, csrf, steps: loaded.more, state: empty }),
      );
    },
  );

  app.post(
    routePaths.step,
    { config, schema: { params: sectionParams, body: anyForm } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      const loaded = await loadAssessment(deps, request, reply, (tx, found) =>
        readSteps(tx, actor, asAt, today, found, request.params.section),
      );
      if (loaded === null) return reply;
      const section = sectionIn(reply, loaded.found, request.params.section);
      if (section === null) return reply;
      const { id } = loaded.found.assessment;
      const csrf = request.shell.csrf ?? '';
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) => {
        const state: FormState = wrong(values, errors);
        return reply.page(
          template,
          sectionView({ ...loaded, section, csrf, steps: loaded.more, state }),
          422,
        );
      };
      const form = readForm(schema, request.body);
      if (!form.ok) return again(form.errors);
      const due = readDateFields(request.body, 'due');
      if (!due.ok) return again([due.error]);
      const outcome = await stepSection(deps.db, actor, today, id, section.id, {
        step: form.value.step,
        postId: parseId<'party'>(form.value.post ?? ''),
        dueOn: due.date,
        comment: form.value.comment,
        seenVersion: versionIn(form.value.version),
      });
      switch (outcome.kind) {
        case 'done':
          reply.notice(`${sectionName(section)}: ${said[form.value.step]}.`);
          return reply.redirect(paths.section(id, section.id), 303);
        case 'refused':
          return again(outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text })));
        case 'stale':
          return reply.problem(409, {
            title: 'Somebody was quicker',
            text: 'The section was taken a step on since you looked. Go back and look at it as it is now.',
          });
        case 'not-found':
        case 'forbidden':
          return answerOf(reply, outcome);
      }
    },
  );
}

const schema = z.strictObject({
  version: z.string().max(20),
  step: z.enum(sectionSteps),
  post: z.string().max(40).optional(),
  comment: optionalText(4000),
  'due-day': dateBox,
  'due-month': dateBox,
  'due-year': dateBox,
});

const said = {
  handed: 'it is handed out',
  submitted: 'it is submitted',
  returned: 'it is returned',
  'signed off': 'it is signed off',
  unlocked: 'it is opened again',
} as const;

/** What this person can do to the section next; nothing on an earlier day. */
async function readSteps(
  tx: Tx,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
  found: FoundAssessment,
  section: string,
): Promise<SectionSteps> {
  const id = parseId<'section'>(section);
  const state = id === null ? undefined : found.states.get(id);
  const none = {
    any: false,
    version: state?.version ?? 0,
    action: '',
    submit: false,
    signOff: false,
    ownWork: false,
    back: null,
    hand: null,
  };
  if (id === null || state === undefined || asAt !== today) return none;
  const authors = await authorsOfSection(
    tx,
    actor,
    today,
    { id } satisfies Pick<Section, 'id'>,
    state,
  );
  const can = (step: Parameters<typeof mayStep>[1]) => mayStep(actor, step, state, authors);
  const parties = can('handed') ? await listParties(tx, actor.authorityId) : [];
  const posts = parties.filter(({ kind }) => kind === 'post' || kind === 'team');
  const steps: SectionSteps = {
    ...none,
    action: paths.step(found.assessment.id, id),
    submit: can('submitted'),
    signOff: can('signed off'),
    ownWork: can('returned') && !can('signed off'),
    back: can('returned')
      ? { step: 'returned', label: 'What is to be changed', text: 'Return it' }
      : can('unlocked')
        ? { step: 'unlocked', label: 'Why it is opened again', text: 'Open it again' }
        : null,
    hand:
      posts.length > 0
        ? [
            { value: '', text: 'Choose a post or team' },
            ...posts.map(({ id: value, name }: { id: PartyId; name: string }) => ({
              value,
              text: name,
            })),
          ]
        : null,
  };
  return {
    ...steps,
    any: steps.submit || steps.signOff || steps.back !== null || steps.hand !== null,
  };
}
