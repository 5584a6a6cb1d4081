import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDate } from '#kernel/dates.ts';
import { newId, parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import {
  anyForm,
  optionalText,
  readForm,
  requiredText,
  typedValues,
  type FormValues,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { sentFileName } from '#platform/web/uploads.ts';
import { userNames } from '#people';
import { acceptUntested, answerStep, sayStep, verifierOf } from '../../actions/close-action.ts';
import { giveUpdate } from '../../actions/give-update.ts';
import {
  needsSignOff,
  nextToSay,
  saidStates,
  whyNotAccept,
  whyNotAnswer,
  type SaidState,
} from '../../rules/closure.ts';
import { stateNames, whyNotSignOffWords } from '../../rules/closure-words.ts';
import type { ActionPicture } from '../../rules/picture.ts';
import { stepOfSubmission } from '../../store/read-closure.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf, versionIn } from '../edit/answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openActionForm } from '../edit/ground.ts';
import { evidenceFields, readEvidence } from '../given-evidence.ts';
import { paths, routePaths } from '../paths.ts';
import { acceptView, notYoursView, reopenView, sayView, verifyView } from './closure.view.ts';
import { countCarried, openToSignOff, readStepShown, type SignOffGround } from './ground.ts';

const folder = 'rooms/plans/web/closure';
const says = { rule: { may: ['U', 'PLN'] } } as const;
const signsOff = { rule: { may: ['A', 'PLN'] } } as const;
const params = z.strictObject({ plan: z.string().max(120), action: z.string().max(40) });
const key = z.string().max(40).optional().default('');
type Params = z.output<typeof params>;

const sayForm = z.strictObject({
  submission: key,
  seen: key,
  state: z.enum(['done', 'practice changed', 'children better off']),
  account: requiredText('Say it in a sentence or two', 8000),
  result: z.enum(['met', 'not met', 'none']).optional(),
  ...evidenceFields,
});

const answerForm = z.strictObject({
  step: key,
  answer: z.enum(['verified', 'returned'], { error: 'Choose whether you verify or return it' }),
  reason: optionalText(),
});

const acceptForm = z.strictObject({
  submission: key,
  seen: key,
  reason: requiredText('Say why nobody tests it'),
});

const reopenForm = z.strictObject({
  submission: key,
  seen: key,
  failed: requiredText('Say what failed again'),
  choice: z.string({ error: 'Choose how it is going now' }).min(1).max(40),
  ...evidenceFields,
});

/** The pages that close an action in its three states, and reopen it. */
export function registerClosure(app: App, deps: PlanDeps): void {
  addSaying(app, deps);
  addSigningOff(app, deps);
  addAccepting(app, deps);
  addReopening(app, deps);
}

function addSaying(app: App, deps: PlanDeps): void {
  const open = (request: FastifyRequest & { params: Params }, reply: FastifyReply) =>
    openActionForm(deps, request, reply, request.params, 'lead');

  app.get(routePaths.closeAction, { config: says, schema: { params } }, async (request, reply) => {
    const ground = await open(request, reply);
    if (ground === null) return reply;
    const { action } = ground;
    const next = nextToSay(action.closure);
    if (action.withdrawn || action.closure.waiting !== null || next === null) {
      return reply.problem(409, nothingToSay(action));
    }
    const carried = next === 'done' ? await countCarried(deps, request, action) : 0;
    const values = {
      submission: newId<'submission'>(),
      seen: String(action.closureVersion),
      account: next === 'done' ? claimedAccount(action) : '',
    };
    return reply.page(`${folder}/say.njk`, sayView(ground, fresh(values), next, carried));
  });

  app.post(
    routePaths.closeAction,
    { config: { ...says, upload: true }, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await open(request, reply);
      if (ground === null) return reply;
      const { picture, action } = ground;
      const values = typedValues(request.body);
      const submissionId = parseId<'submission'>(textOf(values, 'submission'));
      const state = saidStates.find((one) => one === values.state);
      if (submissionId === null || state === undefined) return reply.problem(400);
      const carried = state === 'done' ? await countCarried(deps, request, action) : 0;
      const sent = sentFileName(request.body);
      const fileName = sent === null ? null : tidyFileName(sent);
      const again = (shown: FormState, status = 422) =>
        reply.page(`${folder}/say.njk`, sayView(ground, shown, state, carried, fileName), status);
      const read = readForm(sayForm, request.body);
      if (!read.ok) return again(wrong(values, read.errors));
      const evidence = readEvidence(read.value);
      if (evidence.errors.length > 0) return again(wrong(values, evidence.errors));
      const { account, result, seen } = read.value;
      const outcome = await sayStep(deps.db, request.actor, request.today, {
        actionId: action.id,
        state,
        account,
        testResult: result === undefined || result === 'none' ? null : result,
        evidence: evidence.given,
        seenVersion: versionIn(seen),
        submissionId,
      });
      const href = paths.action(picture.plan.slug, action.id);
      switch (outcome.kind) {
        case 'done':
          reply.notice(saidNotice(action, state));
          return reply.redirect(`${href}#closure`, 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const last = outcome.action.closure.steps.at(-1);
          const saved = await lastSaved(deps, request, outcome.action);
          const pairs = [
            {
              label: 'What was said',
              theirs: last === undefined ? '' : stateNames[last.state],
              yours: stateNames[state],
            },
            { label: 'In words', theirs: last?.account ?? '', yours: account },
          ];
          const both = { ...bothTexts(pairs, null, href), saved };
          const fields = {
            ...values,
            seen: String(outcome.action.closureVersion),
            submission: newId<'submission'>(),
          };
          return again({ values: fields, errors: [bothTextsError], both }, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

function addSigningOff(app: App, deps: PlanDeps): void {
  const title = 'Sign it off';
  app.get(
    routePaths.verifyClosure,
    { config: signsOff, schema: { params } },
    async (request, reply) => {
      const ground = await openToSignOff(deps, request, reply, request.params);
      if (ground === null) return reply;
      const { picture, action } = ground;
      const { waiting } = action.closure;
      const who = verifierOf(request.actor, action, picture);
      // Whoever may only return it still answers: what is missing is told when they verify.
      const reasons = whyNotAnswer(who, action, 'returned');
      if (waiting === null || reasons.length > 0) {
        return notYours(reply, ground, title, reasons);
      }
      const shown = await readStepShown(deps, request, ground, waiting);
      return reply.page(`${folder}/verify.njk`, verifyView(ground, fresh({}), shown));
    },
  );

  app.post(
    routePaths.verifyClosure,
    { config: signsOff, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openToSignOff(deps, request, reply, request.params);
      if (ground === null) return reply;
      const { picture, action } = ground;
      const values = typedValues(request.body);
      const stepId = parseId<'closure step'>(textOf(values, 'step'));
      const step = action.closure.steps.find((one) => one.id === stepId);
      if (stepId === null || step === undefined) return reply.problem(400);
      const again = async (state: FormState) =>
        reply.page(
          `${folder}/verify.njk`,
          verifyView(ground, state, await readStepShown(deps, request, ground, step)),
          422,
        );
      const read = readForm(answerForm, request.body);
      if (!read.ok) return again(wrong(values, read.errors));
      const { answer, reason } = read.value;
      const outcome = await answerStep(deps.db, request.actor, request.today, {
        actionId: action.id,
        stepId,
        answer,
        reason,
      });
      switch (outcome.kind) {
        case 'done': {
          const name = stateNames[step.state].toLowerCase();
          reply.notice(
            answer === 'verified'
              ? `Action ${action.ref} is verified: ${name}.`
              : `Action ${action.ref} is returned with your reason.`,
          );
          return reply.redirect(`${paths.action(picture.plan.slug, action.id)}#closure`, 303);
        }
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-yours':
          return notYours(reply, ground, title, outcome.reasons, reason ?? '', 403);
        case 'stale': {
          const told = await whatBecameOf(deps, request, outcome.action, stepId);
          const view = notYoursView(ground, 'This has been answered', [told], reason ?? '');
          return reply.page(`${folder}/not-yours.njk`, view, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

function addAccepting(app: App, deps: PlanDeps): void {
  const title = 'Accept it as untested';
  app.get(
    routePaths.acceptUntested,
    { config: signsOff, schema: { params } },
    async (request, reply) => {
      const ground = await openToSignOff(deps, request, reply, request.params);
      if (ground === null) return reply;
      const { picture, action } = ground;
      const reasons = whyNotAccept(verifierOf(request.actor, action, picture), action);
      if (reasons.length > 0) return notYours(reply, ground, title, reasons);
      const values = {
        submission: newId<'submission'>(),
        seen: String(action.closureVersion),
      };
      return reply.page(`${folder}/accept.njk`, acceptView(ground, fresh(values)));
    },
  );

  app.post(
    routePaths.acceptUntested,
    { config: signsOff, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openToSignOff(deps, request, reply, request.params);
      if (ground === null) return reply;
      const { picture, action } = ground;
      const values = typedValues(request.body);
      const submissionId = parseId<'submission'>(textOf(values, 'submission'));
      if (submissionId === null) return reply.problem(400);
      const again = (state: FormState) =>
        reply.page(`${folder}/accept.njk`, acceptView(ground, state), 422);
      const read = readForm(acceptForm, request.body);
      if (!read.ok) return again(wrong(values, read.errors));
      const { reason, seen } = read.value;
      const outcome = await acceptUntested(deps.db, request.actor, request.today, {
        actionId: action.id,
        reason,
        seenVersion: versionIn(seen),
        submissionId,
      });
      switch (outcome.kind) {
        case 'done':
          reply.notice(`Action ${action.ref} is accepted as untested.`);
          return reply.redirect(`${paths.action(picture.plan.slug, action.id)}#closure`, 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-yours':
          return notYours(reply, ground, title, outcome.reasons, reason, 403);
        case 'stale': {
          const told = await lastSaved(deps, request, outcome.action);
          const view = notYoursView(
            ground,
            'Its closure changed while you were writing',
            [told],
            reason,
          );
          return reply.page(`${folder}/not-yours.njk`, view, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

function addReopening(app: App, deps: PlanDeps): void {
  const template = `${folder}/reopen.njk`;
  const open = (request: FastifyRequest & { params: Params }, reply: FastifyReply) =>
    openActionForm(deps, request, reply, request.params, 'lead');
  const isComplete = ({ closure, withdrawn }: ActionPicture) =>
    !withdrawn && closure.completion !== null;
  const notComplete = {
    title: 'This action is not complete',
    text: 'Only what was complete can fail again. Give an update instead.',
  };

  app.get(routePaths.reopen, { config: says, schema: { params } }, async (request, reply) => {
    const ground = await open(request, reply);
    if (ground === null) return reply;
    if (!isComplete(ground.action)) return reply.problem(409, notComplete);
    const values = {
      submission: newId<'submission'>(),
      seen: String(ground.action.updateVersion),
    };
    return reply.page(template, reopenView(ground, fresh(values)));
  });

  app.post(
    routePaths.reopen,
    { config: { ...says, upload: true }, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await open(request, reply);
      if (ground === null) return reply;
      const { picture, action } = ground;
      const values = typedValues(request.body);
      const submissionId = parseId<'submission'>(textOf(values, 'submission'));
      if (submissionId === null) return reply.problem(400);
      const sent = sentFileName(request.body);
      const fileName = sent === null ? null : tidyFileName(sent);
      const again = (state: FormState, status = 422) =>
        reply.page(template, reopenView(ground, state, fileName), status);
      const read = readForm(reopenForm, request.body);
      // The same form sent twice finds the action open, and is one regression all the same.
      if (!isComplete(action)) {
        const { authorityId } = request.actor;
        const sentBefore = await readInAuthority(deps.db, authorityId, (tx) =>
          stepOfSubmission(tx, authorityId, submissionId),
        );
        if (sentBefore === null) return reply.problem(409, notComplete);
      }
      if (!read.ok) return again(wrong(values, read.errors));
      const evidence = readEvidence(read.value);
      if (evidence.errors.length > 0) return again(wrong(values, evidence.errors));
      const { failed, choice, seen } = read.value;
      const offered = reopenView(ground, fresh({})).choices.some((one) => one.value === choice);
      if (!offered) {
        const error = { field: 'choice', text: 'Choose how it is going now' };
        return again(wrong(values, [error]));
      }
      const outcome = await giveUpdate(deps.db, request.actor, request.today, {
        actionId: action.id,
        choice,
        whatChanged: failed,
        evidence: evidence.given,
        seenVersion: versionIn(seen),
        submissionId,
        corrects: null,
        failedAgain: failed,
      });
      const href = paths.action(picture.plan.slug, action.id);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`Action ${action.ref} is reopened.`);
          return reply.redirect(`${href}#closure`, 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const last = outcome.action.lastUpdate;
          const pairs = [
            { label: 'What was written', theirs: last?.whatChanged ?? '', yours: failed },
          ];
          const by = last?.by ?? 'somebody else';
          const both = { ...bothTexts(pairs, null, href), saved: `Saved by ${by}` };
          const fields = {
            ...values,
            seen: String(outcome.action.updateVersion),
            submission: newId<'submission'>(),
          };
          return again({ values: fields, errors: [bothTextsError], both }, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

function notYours(
  reply: FastifyReply,
  ground: SignOffGround,
  title: string,
  reasons: readonly (keyof typeof whyNotSignOffWords)[],
  typed = '',
  status = 200,
): FastifyReply {
  const words = reasons.map((reason) => whyNotSignOffWords[reason]);
  return reply.page(`${folder}/not-yours.njk`, notYoursView(ground, title, words, typed), status);
}

/** What the lead said when they claimed it: nobody writes it twice. */
function claimedAccount({ closure, lastUpdate }: ActionPicture): string {
  return closure.completion === null ? '' : (lastUpdate?.whatChanged ?? '');
}

function saidNotice(action: ActionPicture, state: SaidState): string {
  const what = `Saved for action ${action.ref}: ${stateNames[state].toLowerCase()}.`;
  return needsSignOff(action.priority)
    ? `${what} It waits for somebody else to sign it off.`
    : what;
}

function nothingToSay({ withdrawn, closure }: ActionPicture): { title: string; text: string } {
  if (withdrawn) {
    return { title: 'This action was withdrawn', text: 'Bring it back first to say more of it.' };
  }
  return closure.waiting === null
    ? {
        title: 'There is nothing more to say',
        text: 'What this action did for children is shown, or was accepted as untested.',
      }
    : {
        title: 'This waits for its sign-off',
        text: 'What was said before has to be verified or returned first.',
      };
}

/** Who wrote the last step, and when: for somebody who came second. */
async function lastSaved(
  deps: PlanDeps,
  request: FastifyRequest,
  { closure }: ActionPicture,
): Promise<string> {
  const last = closure.steps.at(-1);
  if (last === undefined) return 'Saved by somebody else';
  const by = await nameOf(deps, request, last.by);
  return `Saved by ${by} on ${formatDate(last.on)}: ${stateNames[last.state].toLowerCase()}`;
}

/** What became of a step that this person wanted to answer. */
async function whatBecameOf(
  deps: PlanDeps,
  request: FastifyRequest,
  { closure }: ActionPicture,
  stepId: string,
): Promise<string> {
  const answer = closure.steps.find((one) => one.id === stepId)?.answer ?? null;
  if (answer === null) {
    return closure.steps.at(-1)?.state === 'regressed'
      ? 'The action failed again meanwhile, so what was said before counts no more.'
      : 'The action is not claimed complete any more, or another step was written.';
  }
  const by = await nameOf(deps, request, answer.by);
  const reason = answer.reason === null ? '' : `: “${answer.reason}”`;
  return `${by} ${answer.answer} it on ${formatDate(answer.on)}${reason}.`;
}

async function nameOf(
  deps: PlanDeps,
  request: FastifyRequest,
  by: ActionPicture['closure']['steps'][number]['by'],
) {
  if (by === null) return 'Somebody';
  const { authorityId } = request.actor;
  const names = await readInAuthority(deps.db, authorityId, (tx) =>
    userNames(tx, authorityId, [by]),
  );
  return names.get(by) ?? 'Somebody';
}

function textOf(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
