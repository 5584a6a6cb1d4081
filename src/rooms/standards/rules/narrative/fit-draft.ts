import type { DraftRow, NarrativeDraft } from './draft.ts';

/** The most characters of each text, as the tables of the self-assessment and the register hold. */
const most = {
  title: 300,
  short: 200,
  address: 2_000,
  words: 8_000,
  summary: 60_000,
} as const;

/**
 * The draft with every text as long as can be kept: what is longer is cut at its end, and listed
 * with where it stands.
 */
export function fitDraft(draft: NarrativeDraft): NarrativeDraft {
  const notUnderstood = [...draft.notUnderstood];
  const cut = (text: string, longest: number, where: string): string => {
    if (text.length <= longest) return text;
    const why = `Cut: a text of at most ${longest.toLocaleString('en-GB')} characters can be kept here`;
    notUnderstood.push({ where, text: text.slice(longest).toWellFormed(), why });
    // A cut may leave half a character, which the database does not take.
    return text.slice(0, longest).toWellFormed();
  };
  const cutOr = (text: string | null, longest: number, where: string) =>
    text === null ? null : cut(text, longest, where);
  const rows = (all: readonly DraftRow[], where: string): DraftRow[] =>
    all.map((row) => ({
      ...row,
      label: cutOr(row.label, most.title, where),
      words: cut(row.words, most.words, where),
      dated: cutOr(row.dated, most.short, where),
    }));
  const fitted: NarrativeDraft = {
    ...draft,
    introduction: cut(draft.introduction, most.summary, 'introduction'),
    people: draft.people.map(({ post, name, since }) => ({
      post: cut(post, most.title, 'key people'),
      name: cutOr(name, most.words, 'key people'),
      since: cutOr(since, most.short, 'key people'),
    })),
    documents: draft.documents.map(({ title, dated, url, words }) => ({
      title: cut(title, most.title, 'key documents'),
      dated: cutOr(dated, most.short, 'key documents'),
      // Half an address leads nowhere.
      url: url !== null && url.length > most.address ? null : url,
      words: cutOr(words, most.words, 'key documents'),
    })),
    area: cut(draft.area, most.summary, 'the local area'),
    proud: rows(draft.proud, 'outcomes to be proud of'),
    improve: rows(draft.improve, 'outcomes to improve'),
    risks: rows(draft.risks, 'risks'),
    innovations: rows(draft.innovations, 'innovation'),
    sections: draft.sections.map((section) => {
      const where = `section ${section.number}`;
      return {
        number: section.number,
        title: cut(section.title, most.title, where),
        summary: cut(section.summary, most.summary, where),
        points: section.points.map(({ kind, words }) => ({
          kind,
          words: cut(words, most.words, where),
        })),
      };
    }),
    closing: cut(draft.closing, most.summary, 'final words'),
  };
  return { ...fitted, notUnderstood };
}
