import type { UserId } from '#kernel/ids.ts';
import type { FoundReport } from '../actions/open-report.ts';
import { sectionOf, sections } from '../rules/sections.ts';
import type { Comment } from '../store/read-report.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { Allowed } from './load-report.ts';
import { reportPage, whoAndWhen } from './parts.ts';
import { paths } from './paths.ts';

/** The name of the box in which a comment is answered: each comment's is its own. */
export function answerField(commentId: string): string {
  return `answer-${commentId}`;
}

/** What was said of a draft, the open ones first. */
export function commentsView(given: {
  report: FoundReport;
  allowed: Allowed;
  comments: readonly Comment[];
  names: ReadonlyMap<UserId, string>;
  userId: string;
  state: FormState;
}) {
  const { report, allowed, comments, names, userId, state } = given;
  const { id, final } = report.card;
  const open = comments.filter(({ answer }) => answer === null);
  const answered = comments.filter(({ answer }) => answer !== null);
  const chosen = state.values['section'];
  return {
    ...reportPage(report, allowed, 'Comments'),
    lead: inWords(open.length, answered.length),
    comments: [...open, ...answered].map((comment) => ({
      section: sectionOf(comment.section)?.title ?? comment.section,
      body: comment.body,
      who: whoAndWhen(comment.by, comment.at, names),
      field: answerField(comment.id),
      answerAction:
        final === null && (allowed.write || comment.by === userId)
          ? paths.answerComment(id, comment.id)
          : null,
      answer:
        comment.answer === null
          ? null
          : {
              body: comment.answer.body,
              who: whoAndWhen(comment.answer.by, comment.answer.at, names),
            },
    })),
    action: final === null ? paths.comments(id) : null,
    sections: sections.map(({ key, title }) => ({
      value: key,
      text: title,
      selected: chosen === key,
    })),
    errors: state.errors,
    form: state,
  };
}

function inWords(open: number, answered: number): string {
  if (open + answered === 0) return 'Nobody has said anything of this report yet.';
  const first =
    open === 0
      ? 'No comment is open'
      : `${open} ${open === 1 ? 'comment is' : 'comments are'} open`;
  return `${first}, and ${answered === 0 ? 'none is' : `${answered} ${answered === 1 ? 'is' : 'are'}`} answered.`;
}
