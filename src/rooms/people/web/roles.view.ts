import type { UserId } from '#kernel/ids.ts';
import { grantableRoles } from '../rules/policy.ts';
import { roleNames, rolePurposes } from '../rules/role-names.ts';
import type { User } from '../store/users.ts';
import { rolesPath, userPath } from './paths.ts';

/** The page on which a role is given to somebody: every role with what it lets them do. */
export function giveRoleView(user: User, me: UserId) {
  return {
    title: 'Give a role',
    caption: user.name,
    back: { text: user.name, href: userPath(user.id) },
    isMe: user.id === me,
    roleItems: grantableRoles.map((role) => ({
      value: role,
      text: roleNames[role],
      hint: { text: rolePurposes[role] },
    })),
    action: rolesPath(user.id),
  };
}
