import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor, type Item, type ItemKind } from '#people';
import { readAssessmentFor } from '../actions/narrative/open-assessment.ts';
import {
  readCriterionFor,
  readEditionFor,
  standingToDomain,
  standingToEdition,
} from '../actions/open-edition.ts';
import { editionsOfFramework } from '../store/read-editions.ts';
import { challengeItemKinds } from './challenge/record-items.ts';
import { paths as narrativePaths } from './narrative/paths.ts';
import { paths } from './paths.ts';

/**
 * What this room keeps, as the keeping of records needs to know it. The rows of each are told by
 * rows_of_KIND in the migrations.
 */
export const standardsItemKinds: readonly ItemKind[] = [
  { kind: 'framework', name: 'framework', find: findFramework },
  { kind: 'criterion', name: 'criterion', find: findCriterion },
  { kind: 'assessment', name: 'self-assessment', find: findAssessmentItem },
  ...challengeItemKinds,
];

async function findFramework(
  tx: Tx,
  actor: Actor,
  id: string,
  today: IsoDate,
): Promise<Item | null> {
  const frameworkId = parseId<'framework'>(id);
  if (frameworkId === null) return null;
  const [newest] = await editionsOfFramework(tx, actor.authorityId, frameworkId);
  const picture =
    newest === undefined ? null : await readEditionFor(tx, actor, newest, today, today);
  // It holds every section: whoever reads one alone is not shown the others' rows.
  if (picture === null || !may(actor, 'R', 'PLN')) return null;
  return {
    kind: 'framework',
    id,
    cls: 'PLN',
    title: picture.edition.title,
    href: paths.edition(picture.edition.id),
    mayChange: may(actor, 'U', 'PLN'),
    mayExport: may(actor, 'E', 'PLN'),
  };
}

async function findCriterion(
  tx: Tx,
  actor: Actor,
  id: string,
  today: IsoDate,
): Promise<Item | null> {
  const criterionId = parseId<'criterion'>(id);
  const found = criterionId && (await readCriterionFor(tx, actor, criterionId, today, today));
  if (found === null) return null;
  const { picture, domain, criterion } = found;
  return {
    kind: 'criterion',
    id,
    cls: 'PLN',
    title: `${picture.edition.title} · Criterion ${criterion.ref}`,
    href: paths.criterion(criterion.id),
    mayChange: may(actor, 'U', 'PLN', standingToDomain(actor, picture, domain.id)),
    mayExport: may(actor, 'E', 'PLN', standingToEdition(actor, picture)),
  };
}

async function findAssessmentItem(
  tx: Tx,
  actor: Actor,
  id: string,
  today: IsoDate,
): Promise<Item | null> {
  const assessmentId = parseId<'assessment'>(id);
  const found = assessmentId && (await readAssessmentFor(tx, actor, assessmentId, today, today));
  // It holds every section: whoever reads one alone is not shown the others' rows.
  if (found === null || !may(actor, 'R', 'PLN')) return null;
  return {
    kind: 'assessment',
    id,
    cls: 'PLN',
    title: found.assessment.title,
    href: narrativePaths.assessment(id),
    mayChange: may(actor, 'U', 'PLN'),
    mayExport: may(actor, 'E', 'PLN'),
  };
}
