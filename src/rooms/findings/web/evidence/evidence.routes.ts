import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import { fresh, keyIn, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { sendFile } from '#platform/web/send-file.ts';
import { sentFileName } from '#platform/web/uploads.ts';
import type { App } from '#platform/web/server.ts';
import { logRead, may, mayGiveOut, noteRead, readRestricted } from '#people';
import {
  attachEvidence,
  detachEvidence,
  registerEvidence,
  reviseEvidence,
  withdrawEvidence,
} from '../../actions/evidence.ts';
import {
  namesOfItems,
  readableEvidence,
  standingToEvidence,
  type ReadableEvidence,
} from '../../actions/read-evidence.ts';
import { classifications, linkedKinds, type ItemKindLinked } from '../../rules/kinds.ts';
import { classOf } from '../../actions/standing.ts';
import { readFile } from '../../store/evidence.ts';
import { answerRefusal, errorsOf, isToday } from '../answers.ts';
import type { FindingDeps } from '../deps.ts';
import { linker } from '../linker.ts';
import { readEvidenceForm } from './evidence-form.ts';
import {
  evidenceFormView,
  evidenceKinds,
  evidenceListView,
  evidenceStates,
  evidenceView,
  stateOf,
  useEvidenceView,
} from './evidence.view.ts';
import { evidencePaths, evidenceRoutes } from './paths.ts';

const page = 'rooms/findings/web/page.njk';
const formPage = 'rooms/findings/web/evidence/form.njk';
const usePage = 'rooms/findings/web/evidence/use.njk';
const reasonPage = 'rooms/findings/web/reason-form.njk';
const reads = { rule: { may: ['R', 'PLN'] } } as const;
const creates = { rule: { may: ['C', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const withdraws = { rule: { may: ['X+', 'PLN'] } } as const;
const params = z.strictObject({ evidence: z.string().max(40) });
const forItem = z.strictObject({ for: z.string().max(60).optional() });
const many = (values: readonly [string, ...string[]]) =>
  z.union([z.enum(values).transform((one) => [one]), z.array(z.enum(values)).max(9)]).optional();
const listQuery = z.strictObject({
  q: z.string().max(200).optional(),
  kind: many(evidenceKinds),
  state: many(evidenceStates),
});
const useQuery = z.strictObject({
  for: z.string().max(60),
  words: z.string().max(200).optional(),
});
const useForm = z.strictObject({
  evidence: z.string().max(40).optional(),
  page: z.string().max(40, 'This is too long for a page').optional(),
});
const withdrawForm = z.strictObject({
  version: z.string().max(20),
  withdrawn: z.enum(['yes', 'no']),
  reason: requiredText('Say why, so that people who look for it later know', 2000),
});

/** The evidence library: list, page, forms, and the files themselves. */
export function addEvidenceRoutes(app: App, deps: FindingDeps): void {
  app.get(
    evidencePaths.list(),
    { config: { ...reads, fairUse: 'search' }, schema: { querystring: listQuery } },
    async (request, reply) => {
      const { actor, asAt, today, query } = request;
      const all = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        readableEvidence(tx, actor, { asAt, today }, deps),
      );
      noteRead(
        actor,
        all.flatMap((one) => (one.restricted ? [] : [{ fact: 'evidence', id: one.evidence.id }])),
      );
      const view = {
        text: query.q ?? '',
        kinds: query.kind ?? [],
        states: query.state ?? [],
      };
      const mayAdd = may(actor, 'C', 'PLN');
      const link = linker(request);
      const isNow = asAt === today;
      return reply.page(page, evidenceListView({ all, view, mayAdd, asAt, isToday: isNow, link }));
    },
  );

  app.get(
    evidenceRoutes.add,
    { config: creates, schema: { querystring: forItem } },
    async (request, reply) => {
      const target = await targetOf(deps, request, reply, request.query.for);
      if (target === 'answered') return reply;
      const state = fresh({ classification: 'internal' });
      return reply.page(formPage, formView(request, state, null, target));
    },
  );

  app.post(
    evidenceRoutes.add,
    { config: { ...creates, upload: true }, schema: { querystring: forItem, body: anyForm } },
    async (request, reply) => {
      const target = await targetOf(deps, request, reply, request.query.for);
      if (target === 'answered') return reply;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const again = (state: FormState) =>
        reply.page(formPage, formView(request, state, null, target), 422);
      const form = readEvidenceForm(request.body, true);
      if (!form.ok) return again(wrong(values, form.errors));
      const { page: onPage, ...content } = form.value;
      const shows = target === null ? null : { ...target.item, page: onPage };
      const submissionId = keyIn<'submission'>(values);
      const given = { ...content, submissionId, target: shows };
      const outcome = await registerEvidence(deps.db, actor, today, given, deps);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The evidence is added.');
          return reply.redirect(target?.href ?? evidencePaths.one(outcome.evidenceId), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    evidenceRoutes.use,
    { config: { ...changes, fairUse: 'search' }, schema: { querystring: useQuery } },
    async (request, reply) => {
      const target = await targetOf(deps, request, reply, request.query.for);
      if (target === 'answered' || target === null) return reply;
      const { words = '' } = request.query;
      const found = await toUse(deps, request, words);
      return reply.page(usePage, useEvidenceView(fresh({}), target, found, words));
    },
  );

  app.post(
    evidenceRoutes.use,
    { config: changes, schema: { querystring: useQuery, body: anyForm } },
    async (request, reply) => {
      const target = await targetOf(deps, request, reply, request.query.for);
      if (target === 'answered' || target === null) return reply;
      const { actor, today } = request;
      const { words = '' } = request.query;
      const values = typedValues(request.body);
      const again = async (errors: FormState['errors']) => {
        const found = await toUse(deps, request, words);
        const view = useEvidenceView(wrong(values, errors), target, found, words);
        return reply.page(usePage, view, 422);
      };
      const form = readForm(useForm, request.body);
      if (!form.ok) return again(form.errors);
      const id = parseId<'evidence'>(form.value.evidence ?? '');
      if (id === null) return again([{ field: 'evidence', text: 'Choose a piece of evidence' }]);
      const onPage = form.value.page?.trim() ?? '';
      const shows = { ...target.item, page: onPage === '' ? null : onPage };
      const outcome = await attachEvidence(deps.db, actor, today, id, shows, deps);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The evidence is used here too.');
          return reply.redirect(target.href, 303);
        case 'refused':
          return again(errorsOf(outcome));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(evidenceRoutes.one, { config: reads, schema: { params } }, async (request, reply) => {
    const one = await loadEvidence(deps, request);
    if (one === null) return reply.notFound();
    const { actor, asAt, today } = request;
    const cls = classOf(one.evidence.classification);
    const standing = standingToEvidence(one.uses);
    const isNow = asAt === today;
    return reply.page(
      page,
      evidenceView({
        one,
        mayChange: isNow && may(actor, 'U', cls, standing),
        mayWithdraw: isNow && may(actor, 'X+', cls, standing),
        mayGiveOut: mayGiveOut(actor),
        csrf: request.shell.csrf ?? '',
        asAt,
        link: linker(request),
      }),
    );
  });

  app.get(
    evidenceRoutes.file,
    {
      config: reads,
      schema: { params, querystring: z.strictObject({ version: z.string().max(9).optional() }) },
    },
    async (request, reply) => {
      const { actor } = request;
      const one = await loadEvidence(deps, request);
      const { version } = request.query;
      const file =
        version === undefined
          ? one?.evidence.file
          : one?.history.find((state) => String(state.version) === version)?.file;
      if (one === null || file == null) return reply.notFound();
      const kept = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        readFile(tx, actor.authorityId, file.id),
      );
      if (kept === null) return reply.notFound();
      if (kept.bytes.length < kept.sizeBytes) {
        return reply.problem(410, {
          title: 'This file was taken out',
          text: 'It held something that should not have been kept. That it was here, and who took it out, stands in the audit log.',
        });
      }
      const read = [{ fact: 'evidence', id: one.evidence.id }];
      await logRead(deps.db, actor, 'downloaded', read);
      const { name: fileName, mediaType, bytes } = kept;
      return sendFile(reply, { fileName, mediaType, bytes });
    },
  );

  app.get(
    evidenceRoutes.revise,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const one = await openForm(deps, request, reply);
      if (one === null) return reply;
      return reply.page(formPage, formView(request, fresh(valuesOf(one)), one, null));
    },
  );

  app.post(
    evidenceRoutes.revise,
    { config: { ...changes, upload: true }, schema: { params, body: anyForm } },
    async (request, reply) => {
      const one = await openForm(deps, request, reply);
      if (one === null) return reply;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const again = (state: FormState, status = 422) =>
        reply.page(formPage, formView(request, state, one, null), status);
      const form = readEvidenceForm(request.body, false);
      if (!form.ok) return again(wrong(values, form.errors));
      const { id } = one.evidence;
      const seen = versionIn(values.version);
      const outcome = await reviseEvidence(deps.db, actor, today, id, seen, form.value, deps);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The evidence is revised. What it was before stays.');
          return reply.redirect(evidencePaths.one(id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale':
          return again(wrong(values, [{ field: '', text: staleText }]), 409);
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    evidenceRoutes.withdraw,
    { config: withdraws, schema: { params } },
    async (request, reply) => {
      const one = await openForm(deps, request, reply);
      if (one === null) return reply;
      return reply.page(reasonPage, withdrawView(fresh({}), one));
    },
  );

  app.post(
    evidenceRoutes.withdraw,
    { config: withdraws, schema: { params, body: anyForm } },
    async (request, reply) => {
      const one = await openForm(deps, request, reply);
      if (one === null) return reply;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const again = (errors: FormState['errors'], status = 422) =>
        reply.page(reasonPage, withdrawView(wrong(values, errors), one), status);
      const form = readForm(withdrawForm, request.body);
      if (!form.ok) return again(form.errors);
      const { id } = one.evidence;
      const given = { withdrawn: form.value.withdrawn === 'yes', reason: form.value.reason };
      const seen = versionIn(values.version);
      const outcome = await withdrawEvidence(deps.db, actor, today, id, seen, given, deps);
      switch (outcome.kind) {
        case 'done':
          reply.notice(given.withdrawn ? 'The evidence is withdrawn.' : 'The evidence is back.');
          return reply.redirect(evidencePaths.one(id), 303);
        case 'refused':
          return again(errorsOf(outcome));
        case 'stale':
          return again([{ field: '', text: staleText }], 409);
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.post(
    evidenceRoutes.endUse,
    {
      config: changes,
      schema: { params: params.extend({ link: z.string().max(40) }) },
    },
    async (request, reply) => {
      const { actor, today } = request;
      if (!isToday(request, reply)) return reply;
      const id = parseId<'evidence'>(request.params.evidence);
      const linkId = parseId<'item link'>(request.params.link);
      if (id === null || linkId === null) return reply.notFound();
      const outcome = await detachEvidence(deps.db, actor, today, id, linkId, deps);
      switch (outcome.kind) {
        case 'done':
          reply.notice('It no longer shows this. That it did stays in the thread.');
          return reply.redirect(evidencePaths.one(id), 303);
        case 'refused':
          return reply.problem(409, {
            title: 'It stays',
            text: outcome.reasons.map(({ text }) => `${text}.`).join(' '),
          });
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

const staleText =
  'Somebody saved this evidence while you wrote. Open its page to see what stands now, and send this again if it is still right';

/** Restricted evidence is read only with an entry in the log. */
async function loadEvidence(
  deps: FindingDeps,
  request: FastifyRequest,
): Promise<ReadableEvidence | null> {
  const { actor, asAt, today } = request;
  const id = parseId<'evidence'>((request.params as { evidence: string }).evidence);
  if (id === null) return null;
  const days = { asAt, today };
  const find = (tx: Parameters<typeof readableEvidence>[0]) =>
    readableEvidence(tx, actor, days, deps, [id]).then(([one]) => one ?? null);
  const one = await readInAuthority(deps.db, actor.authorityId, find);
  const read = [{ fact: 'evidence', id }];
  if (one?.restricted !== true) {
    if (one !== null) noteRead(actor, read);
    return one;
  }
  const logged = await readRestricted(deps.db, actor, { letter: 'R', cls: 'FND' }, async (tx) => {
    const value = await find(tx);
    return value && { read, circumstances: standingToEvidence(value.uses), value };
  });
  return logged.kind === 'read' ? logged.value : null;
}

/** The evidence of a form, for whoever may change it today; null once a problem page was sent. */
async function openForm(
  deps: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ReadableEvidence | null> {
  if (!isToday(request, reply)) return null;
  const one = await loadEvidence(deps, request);
  if (one === null) {
    reply.notFound();
    return null;
  }
  const cls = classOf(one.evidence.classification);
  if (may(request.actor, 'U', cls, standingToEvidence(one.uses))) return one;
  reply.problem(403);
  return null;
}

interface Target {
  /** "finding:" and its id, as an address carries it. */
  key: string;
  item: { kind: ItemKindLinked; id: string };
  name: string;
  href: string;
}

/** What evidence is to be for: null where the address names nothing; 'answered' once a page was sent. */
async function targetOf(
  { db, knows, threads }: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string | undefined,
): Promise<Target | null | 'answered'> {
  if (!isToday(request, reply)) return 'answered';
  if (key === undefined) return null;
  const [kindGiven = '', idGiven = ''] = key.split(':');
  const kind = linkedKinds.find((one) => one === kindGiven);
  const id: string | null = parseId<'item'>(idGiven);
  if (kind === undefined || id === null || kind === 'action' || kind === 'evidence') {
    reply.notFound();
    return 'answered';
  }
  const { actor, today } = request;
  const names = await readInAuthority(db, actor.authorityId, (tx) =>
    namesOfItems(tx, actor, { asAt: today, today }, [{ kind, id }], { knows, threads }),
  );
  const named = names.get(id);
  if (named?.link == null) {
    reply.notFound();
    return 'answered';
  }
  return { key, item: { kind, id }, name: named.name, href: named.link };
}

/** Evidence that can be used once more: what stands, is not restricted, and has these words. */
async function toUse(
  deps: FindingDeps,
  { actor, today }: FastifyRequest,
  words: string,
): Promise<ReadableEvidence[]> {
  const days = { asAt: today, today };
  const all = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readableEvidence(tx, actor, days, deps),
  );
  const wanted = words.toLowerCase().split(/\s+/);
  return all.filter(
    (one) =>
      !one.restricted &&
      stateOf(one, today) !== 'withdrawn' &&
      wanted.every((word) =>
        `${one.evidence.title} ${one.evidence.file?.name ?? ''}`.toLowerCase().includes(word),
      ),
  );
}

function formView(
  { actor, body }: FastifyRequest,
  state: FormState,
  one: ReadableEvidence | null,
  target: Target | null,
) {
  const letter = one === null ? 'C' : 'U';
  const isRestricted = one?.restricted === true;
  const classes = classifications.filter(
    (value) => may(actor, letter, classOf(value)) && (!isRestricted || classOf(value) === 'FND'),
  );
  const sent =
    typeof body === 'object' && body !== null
      ? sentFileName(body as Record<string, unknown>)
      : null;
  const limits = 'Word, Excel, .csv, PDF or a picture, 10 MB at most';
  const fileHint = sent === null ? limits : `${limits}. Choose “${sent}” again`;
  const evidence = one?.evidence ?? null;
  return evidenceFormView(state, { evidence, target, classes, fileHint });
}

function valuesOf({ evidence }: ReadableEvidence) {
  const [year = '', month = '', day = ''] = (evidence.goodUntil ?? '').split('-');
  return {
    title: evidence.title,
    link: evidence.url ?? '',
    'good-day': day.replace(/^0/, ''),
    'good-month': month.replace(/^0/, ''),
    'good-year': year,
    classification: evidence.classification,
  };
}

function withdrawView(state: FormState, { evidence }: ReadableEvidence) {
  const withdrawing = !evidence.withdrawn;
  const href = evidencePaths.one(evidence.id);
  return {
    title: withdrawing ? 'Withdraw this evidence' : 'Bring this evidence back',
    caption: 'Evidence',
    back: { text: 'Back to the evidence', href },
    cancelHref: href,
    about: evidence.title.slice(0, 300),
    meaning: withdrawing
      ? 'It shows nothing any more. That it did, until when and why, stays to be seen.'
      : 'It shows again what it showed.',
    action: evidencePaths.withdraw(evidence.id),
    hidden: [
      { name: 'version', value: String(evidence.version) },
      { name: 'withdrawn', value: withdrawing ? 'yes' : 'no' },
    ],
    question: withdrawing ? 'Why is it withdrawn?' : 'Why is it brought back?',
    hint: null,
    saveText: withdrawing ? 'Withdraw this evidence' : 'Bring this evidence back',
    isWarning: withdrawing,
    errors: state.errors,
    form: state,
    both: state.both,
  };
}
