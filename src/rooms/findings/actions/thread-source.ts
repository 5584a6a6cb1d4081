import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import type { ItemKindLinked } from '../rules/kinds.ts';
import type { ToldItem } from '../rules/thread/thread.ts';
import type { Days } from './read-register.ts';

/**
 * A room above that tells of its own items in threads. It answers those of the ids alone that this
 * person may know of today, as they stood on the day of the page; what is not answered is not told.
 */
export interface ThreadSource {
  kinds: readonly ItemKindLinked[];
  /**
   * What belongs to an item so closely that its thread begins there too, though no link joins them:
   * the judgements on a criterion. Whoever reads them is asked when they are told.
   */
  partsOf?: (
    tx: Tx,
    actor: Actor,
    item: { kind: ItemKindLinked; id: string },
  ) => Promise<readonly { kind: ItemKindLinked; id: string }[]>;
  tell: (
    tx: Tx,
    actor: Actor,
    days: Days,
    items: readonly { kind: ItemKindLinked; id: string }[],
  ) => Promise<readonly ToldItem[]>;
}
