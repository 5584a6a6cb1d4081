import type { Block, Cell, Paper } from '#platform/documents/paper-blocks.ts';
import { packHeaders, type PackColumn } from './pack-columns.ts';

/** What a reviewer writes into the boxes of one row. */
export type Filled = Partial<Record<PackColumn, string>>;

/** The pack with these boxes filled in, by the ID of their rows, as a reviewer's Word leaves it. */
export function fillPack(
  paper: Paper,
  filled: ReadonlyMap<string, Filled>,
  added: readonly Filled[] = [],
): Paper {
  const blocks = paper.blocks.map((block): Block => {
    if (block.kind !== 'table' || block.columns[0]?.header !== packHeaders.code) return block;
    const columns = block.columns.map(
      ({ header }) =>
        Object.entries(packHeaders).find(([, name]) => name === header)?.[0] as PackColumn,
    );
    const rows = block.rows.map((row): readonly Cell[] => {
      const said = filled.get(row[0] as string);
      return said === undefined ? row : row.map((cell, at) => said[columns[at] ?? 'code'] ?? cell);
    });
    const more = columns.includes('level')
      ? []
      : added.map((one) => columns.map((name) => one[name] ?? ''));
    return { ...block, rows: [...rows, ...more] };
  });
  return { ...paper, blocks };
}
