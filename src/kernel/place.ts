/** A thing with a position in a list; only the order of positions counts, gaps are free. */
export interface Placed<Id> {
  id: Id;
  position: number;
}

/**
 * The positions that change when one thing is put after another (null: before all). Most often
 * that is one; others move only where there is no gap. Nothing where it stands there already.
 */
export function moveAfter<Id>(
  list: readonly Placed<Id>[],
  id: Id,
  after: Id | null,
): { id: Id; position: number }[] {
  const order = [...list].sort((a, b) => a.position - b.position);
  const index = order.findIndex((one) => one.id === id);
  if (index === -1 || after === id) return [];
  if ((order[index - 1]?.id ?? null) === after) return [];
  const others = order.filter((one) => one.id !== id);
  const place = others.findIndex((one) => one.id === after) + 1;
  const before = others[place - 1];
  const next = others[place];
  const position = before === undefined ? (next?.position ?? 1) - 1 : before.position + 1;
  const changed = [{ id, position }];
  let last = position;
  for (const one of others.slice(place)) {
    if (one.position > last) break;
    last += 1;
    changed.push({ id: one.id, position: last });
  }
  return changed;
}
