import { parseId } from '#kernel/ids.ts';
import type { ItemKind } from '#people';
import { findReports, mayDo } from '../actions/open-report.ts';
import { paths } from './paths.ts';

/**
 * What this room keeps, as the keeping of records needs to know it. Its rows are told by
 * rows_of_report in migration 0012.
 */
export const reportItemKinds: readonly ItemKind[] = [
  {
    kind: 'report',
    name: 'report',
    find: async (tx, actor, id, today) => {
      const reportId = parseId<'report'>(id);
      if (reportId === null) return null;
      const [report] = await findReports(tx, actor.authorityId, today, [reportId]);
      if (report === undefined || !mayDo(actor, 'R', report)) return null;
      return {
        kind: 'report',
        id,
        cls: report.cls,
        title: report.card.head.title,
        href: paths.report(id),
        mayChange: mayDo(actor, 'U', report),
        mayExport: mayDo(actor, 'E', report),
      };
    },
  },
];
