import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { breakable } from '#platform/web/components/long-words.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import { grantableRoles } from '../rules/policy.ts';
import { roleNames, rolePurposes } from '../rules/role-names.ts';
import type { Census } from '../store/census.ts';
import { opens, type NamedGrant } from '../store/named-grants.ts';
import { isHeld } from '../store/roles.ts';
import { logHref } from './log.view.ts';
import { userPath } from './paths.ts';

/** Every role, what it lets somebody do, and who holds it on a day. */
export function rolesTable(census: Census, on: IsoDate): Html {
  const names = new Map(census.users.map((user) => [user.id, user.name]));
  return dataTable({
    caption: 'Roles',
    hiddenCaption: true,
    columns: [{ text: 'Role' }, { text: 'What it allows' }, { text: 'Held by' }],
    groups: [
      {
        rows: grantableRoles.map((role) => {
          const held = census.grants.filter((grant) => grant.role === role && isHeld(grant, on));
          const holders = [...new Set(held.map((grant) => grant.userId))];
          return [
            roleNames[role],
            rolePurposes[role],
            holders.length === 0
              ? 'Nobody'
              : html`${holders.map((id, at) => person(id, names, at))}`,
          ];
        }),
      },
    ],
  });
}

function person(id: UserId, names: ReadonlyMap<UserId, string>, at: number): Html {
  const name = names.get(id) ?? 'Somebody';
  return html`${at > 0 && html`<br />`}<a class="govuk-link" href="${userPath(id)}">${breakable(name)}</a>`;
}

/** What was opened to guests: to whom, when, by whom; which item only by its number. */
export function guestTable(grants: readonly NamedGrant[], census: Census, on: IsoDate): Html {
  const names = new Map(census.users.map((user) => [user.id, user.name]));
  return dataTable({
    caption: 'Named grants',
    hiddenCaption: true,
    columns: [
      { text: 'Guest' },
      { text: 'Open now' },
      { text: 'First day' },
      { text: 'Last day' },
      { text: 'Shared by' },
      { text: 'In the audit log' },
    ],
    groups: [
      {
        rows: grants.map((grant) => [
          person(grant.userId, names, 0),
          opens(grant, on) ? 'Yes' : grant.withdrawn ? 'No, taken back' : 'No, over',
          formatDate(grant.startsOn),
          formatDate(addDays(grant.endsOn, -1)),
          (grant.grantedBy !== null && names.get(grant.grantedBy)) || 'Somebody at the server',
          html`<a class="govuk-link" href="${logHref({ item: grant.itemId })}">What was done with this ${grant.itemKind}<span class="govuk-visually-hidden">, which ends in ${grant.itemId.slice(-6)}</span></a>`,
        ]),
      },
    ],
  });
}
