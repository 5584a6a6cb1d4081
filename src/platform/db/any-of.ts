import { sql, type RawBuilder } from 'kysely';

/**
 * "Any of these identifiers", for `where('id', '=', anyOf(ids))`: one parameter, however many
 * there are. A list with a parameter for each is parsed and planned anew at every length.
 */
export function anyOf<Id extends string>(ids: readonly Id[]): RawBuilder<Id> {
  return sql<Id>`any(${[...ids]}::uuid[])`;
}
