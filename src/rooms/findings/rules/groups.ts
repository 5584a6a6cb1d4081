import type { FindingId } from '#kernel/ids.ts';

/** What was said last of two findings. */
export interface Pair {
  a: FindingId;
  b: FindingId;
  verdict: 'same' | 'different';
}

/**
 * The findings that say the same as this one, by what people said of pairs: those that are
 * connected by "the same", also over others. That two do not say the same parts them only where
 * nothing else connects them. The finding itself is not among them.
 */
export function groupOf(id: FindingId, pairs: readonly Pair[]): FindingId[] {
  const next = new Map<FindingId, FindingId[]>();
  const connect = (from: FindingId, to: FindingId) => {
    next.set(from, [...(next.get(from) ?? []), to]);
  };
  for (const { a, b, verdict } of pairs) {
    if (verdict !== 'same') continue;
    connect(a, b);
    connect(b, a);
  }
  const reached = new Set([id]);
  for (const one of reached) for (const other of next.get(one) ?? []) reached.add(other);
  reached.delete(id);
  return [...reached];
}

/** The findings of which somebody said anything beside this one: they are not suggested again. */
export function judgedBeside(id: FindingId, pairs: readonly Pair[]): FindingId[] {
  return pairs.flatMap(({ a, b }) => (a === id ? [b] : b === id ? [a] : []));
}

/** How alike two texts are (0 to 1), in words. */
export function likenessInWords(likeness: number): string {
  if (likeness >= 0.8) return 'Almost the same words';
  return likeness >= 0.5 ? 'Much the same words' : 'Some of the same words';
}
