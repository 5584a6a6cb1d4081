import { z } from 'zod';
import { newId, parseId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import type { Actor } from '#people';
import { answerComment, commentOn } from '../actions/comment.ts';
import type { FoundReport } from '../actions/open-report.ts';
import { sections } from '../rules/sections.ts';
import { readComments } from '../store/read-report.ts';
import { answerField, commentsView } from './comments.view.ts';
import type { CommitteeDeps } from './deps.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { keyIn } from './form-state.ts';
import { answerOf, loadReport, namesOf } from './load-report.ts';
import { paths, routePaths } from './paths.ts';
import { reportParams } from './report.routes.ts';

const template = 'rooms/committee/web/comments.njk';
const config = { rule: { signedIn: true } } as const;
const params = reportParams.extend({ comment: z.string().max(40) });
const form = z.strictObject({
  submission: z.string().max(40),
  section: z.enum(
    sections.map(({ key }) => key),
    { error: 'Choose the section' },
  ),
  comment: requiredText('Write what you have to say'),
});

/** What readers of a draft say of it, and the answers. */
export function addCommentRoutes(app: App, deps: CommitteeDeps): void {
  const read = (actor: Actor) => async (tx: Tx, report: FoundReport) => {
    const comments = await readComments(tx, actor.authorityId, report.card.id);
    const by = comments.flatMap((one) => [one.by, one.answer?.by ?? null]);
    return { comments, names: await namesOf(tx, actor, by) };
  };

  app.get(
    routePaths.comments,
    { config, schema: { params: reportParams } },
    async (request, reply) => {
      const { actor } = request;
      const loaded = await loadReport(deps, request, reply, read(actor), 'draft');
      if (loaded === null) return reply;
      const { report, allowed, more } = loaded;
      const { userId } = actor;
      const state = fresh({ submission: newId<'submission'>() });
      return reply.page(template, commentsView({ report, allowed, ...more, userId, state }));
    },
  );

  app.post(
    routePaths.comments,
    { config, schema: { params: reportParams, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await loadReport(deps, request, reply, read(actor), 'draft');
      if (loaded === null) return reply;
      const { report, allowed, more } = loaded;
      const { id } = report.card;
      const values = typedValues(request.body);
      const again = (state: FormState) =>
        reply.page(
          template,
          commentsView({ report, allowed, ...more, userId: actor.userId, state }),
          422,
        );
      const typed = readForm(form, request.body);
      if (!typed.ok) return again(wrong(values, typed.errors));
      const { section, comment: body } = typed.value;
      const given = { section, body, submissionId: keyIn(values) };
      const outcome = await commentOn(deps.db, actor, today, id, given);
      if (outcome.kind !== 'done') return answerOf(reply, outcome);
      reply.notice('Your comment is saved.');
      return reply.redirect(paths.comments(id), 303);
    },
  );

  app.post(
    routePaths.answerComment,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await loadReport(deps, request, reply, read(actor), 'draft');
      if (loaded === null) return reply;
      const { report, allowed, more } = loaded;
      const { id } = report.card;
      const commentId = parseId<'report comment'>(request.params.comment);
      if (commentId === null) return reply.notFound();
      const field = answerField(commentId);
      const values = { ...typedValues(request.body), submission: newId<'submission'>() };
      const typed = readForm(
        z.strictObject({ [field]: requiredText('Write the answer, such as what was changed') }),
        request.body,
      );
      if (!typed.ok) {
        const state = wrong(values, typed.errors);
        const { userId } = actor;
        return reply.page(template, commentsView({ report, allowed, ...more, userId, state }), 422);
      }
      const given = { commentId, body: typed.value[field] ?? '' };
      const outcome = await answerComment(deps.db, actor, today, id, given);
      if (outcome.kind === 'answered-already') {
        return reply.problem(409, {
          title: 'Somebody answered it since you looked',
          text: 'Their answer stands, and yours was not saved. Say it in another comment.',
        });
      }
      if (outcome.kind !== 'done') return answerOf(reply, outcome);
      reply.notice('The comment is answered.');
      return reply.redirect(paths.comments(id), 303);
    },
  );
}
