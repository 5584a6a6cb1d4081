import { challengePaths } from './challenge/paths.ts';
import { checksPath } from './checks/paths.ts';
import { paths as narrative } from './narrative/paths.ts';
import { paths } from './paths.ts';
import type { LinkTo } from './parts.ts';

/** The parts of the room. A guest reads peer challenges, and nothing else of it. */
export function standardsNavigation(
  current: 'Frameworks' | 'Self-assessment' | 'Self-evaluation' | 'Peer challenges' | 'Checks',
  link: LinkTo,
  /** A guest, or somebody who reads only what is theirs, finds fewer parts. */
  reach: 'all' | 'own' | 'guest' = 'all',
) {
  const hidden = reach === 'own' ? ['Self-evaluation', 'Checks'] : [];
  return [
    { text: 'Frameworks', href: link(paths.standards()) },
    { text: 'Self-assessment', href: link(narrative.list()) },
    { text: 'Self-evaluation', href: link(narrative.evaluations()) },
    { text: 'Peer challenges', href: link(challengePaths.list()) },
    { text: 'Checks', href: link(checksPath) },
  ]
    .filter(({ text }) => (reach === 'guest' ? text === 'Peer challenges' : !hidden.includes(text)))
    .map((item) => ({ ...item, current: item.text === current }));
}
