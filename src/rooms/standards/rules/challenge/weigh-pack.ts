import type { ChallengeId, CriterionId, Id } from '#kernel/ids.ts';
import { shortKey } from '#kernel/codes.ts';
import { readPackCode } from './pack-code.ts';
import { kindNames } from './pack-columns.ts';
import type { ItemKind } from './picture.ts';
import type { PackReading, PackRow } from './read-pack.ts';
import { criterionWritten, levelWritten, type ReadSection } from './shared.ts';

/** Something that reviewers said, ready to be kept. */
export interface SaidItem {
  sectionId: string;
  criterionId: CriterionId | null;
  kind: ItemKind;
  words: string | null;
  /** Of a verdict. */
  level: string | null;
  saidBy: string | null;
  submissionId: Id<'submission'>;
}

/** What a pack is held against: its challenge as it stands at this moment. */
export interface PackGround {
  challengeId: ChallengeId;
  /** What is shared. */
  sections: readonly ReadSection[];
  /** What was taken in before, also what was taken back since. */
  known: ReadonlySet<string>;
  /** The id that follows from what was said: the same is one, whoever brings it back. */
  keyOf: (words: string) => Id<'submission'>;
}

export interface WeighedRow {
  row: PackRow;
  state: 'new' | 'known' | 'not taken';
  section: ReadSection | null;
  item: SaidItem | null;
  /** Why it is not taken, or what of it was not. */
  note: string | null;
}

const longestWords = 8000;
const longestName = 200;

/**
 * Holds a pack that came back against its challenge: what of it is new, what was taken in before,
 * and what is not taken, with the reason. Pure, and asked again in the transaction that writes.
 */
export function weighPack(reading: PackReading, ground: PackGround): WeighedRow[] {
  const seen = new Set(ground.known);
  return reading.rows.map((row): WeighedRow => {
    const read = readItem(row, ground);
    if (typeof read === 'string') {
      return { row, state: 'not taken', section: null, item: null, note: read };
    }
    const { item, section, note } = read;
    if (seen.has(item.submissionId))
      return { row, state: 'known', section, item: null, note: null };
    seen.add(item.submissionId);
    return { row, state: 'new', section, item, note };
  });
}

/** What a row says, or why nothing of it is taken. Of other challenges nothing is said. */
function readItem(
  row: PackRow,
  ground: PackGround,
): { item: SaidItem; section: ReadSection; note: string | null } | string {
  const code = readPackCode(row.code === '' ? (row.beside ?? '') : row.code);
  if (code === null) {
    return row.code === ''
      ? 'This row has no ID, and no row of its table has one, so we cannot tell what it is about.'
      : `The ID “${row.code.slice(0, 60)}” is not right: a character of it was changed. Copy it from the pack that was sent out.`;
  }
  if (code.challenge !== shortKey(ground.challengeId))
    return 'This is not a row of this challenge.';
  const section = ground.sections.find(
    ({ id, criteria }) =>
      shortKey(id) === code.about || criteria.some((one) => shortKey(one.id) === code.about),
  );
  if (section === undefined) return 'What this row is about is not shared with the reviewers.';
  const coded = section.criteria.find((one) => shortKey(one.id) === code.about) ?? null;
  const kind = kindOf(row, code.kind);
  if (kind === null) {
    return 'This row does not say whether it is a strength, a question or a challenge.';
  }
  if (row.words.length > longestWords) {
    return `This has more than ${longestWords.toLocaleString('en-GB')} characters.`;
  }
  if (row.saidBy.length > longestName) return 'The name of who says it is too long.';
  const saidBy = row.saidBy === '' ? null : row.saidBy;
  const named = row.code === '' || coded === null ? criterionWritten(section, row.ref) : coded;
  const criterionId = named?.id ?? null;
  const said = { sectionId: section.id, criterionId, kind, saidBy };
  if (kind === 'verdict') {
    const level = levelWritten(section, row.level);
    if (row.level !== '' && level === null) {
      const names = section.levels.map(({ name }) => name).join(', ');
      return `“${row.level.slice(0, 60)}” is not one of the levels: ${names}.`;
    }
    if (criterionId === null) return 'This verdict does not say on which criterion.';
    const words = row.words === '' ? null : row.words;
    return {
      item: keyed(ground, { ...said, words, level: level?.key ?? null }),
      section,
      note: null,
    };
  }
  if (row.words === '') return 'A level is written here, and no words.';
  const note =
    row.ref !== '' && named === null
      ? `“${row.ref.slice(0, 40)}” is no criterion of this section, so it is kept with the section.`
      : null;
  return { item: keyed(ground, { ...said, words: row.words, level: null }), section, note };
}

/** What the box says where it says it, else what the row was meant for; null of an added row. */
function kindOf(row: PackRow, coded: ItemKind): ItemKind | null {
  const typed = row.kind.toLowerCase();
  const own = row.code !== '';
  if (coded === 'verdict') return own || row.level !== '' ? 'verdict' : null;
  const named = (['strength', 'question', 'challenge'] as const).find((kind) =>
    typed.includes(kindNames[kind].toLowerCase()),
  );
  return named ?? (own ? coded : null);
}

function keyed(ground: PackGround, said: Omit<SaidItem, 'submissionId'>): SaidItem {
  const { sectionId, criterionId, kind, words, level, saidBy } = said;
  const text = JSON.stringify([
    ground.challengeId,
    sectionId,
    criterionId,
    kind,
    words,
    level,
    saidBy,
  ]);
  return { ...said, submissionId: ground.keyOf(`challenge ${text}`) };
}
