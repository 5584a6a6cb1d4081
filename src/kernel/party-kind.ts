/**
 * What a lead's name most likely is. A best reading only: the kind is shown beside the name and
 * the administrator can set it right. Whatever is none of the others is a post.
 */
export function kindOfParty(name: string): 'post' | 'team' | 'board' | 'organisation' {
  if (/\b(board|committee|partnership|panel|forum|council|subgroup|sub-group)\b/i.test(name)) {
    return 'board';
  }
  if (/\b(police|nhs|icb|ccg|trust|hospital|school|schools|ltd|charity|probation)\b/i.test(name)) {
    return 'organisation';
  }
  if (/\b(team|teams|service|services|department|managers|workers|staff|hub)\b/i.test(name)) {
    // "Service Manager" is a post, whatever service it manages.
    if (!/\b(manager|director|lead|head|officer|co-?ordinator|chair)\b/i.test(name)) return 'team';
  }
  return 'post';
}
