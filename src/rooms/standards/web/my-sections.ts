import type { Actor } from '#people';
import type { EditionPicture } from '../actions/open-edition.ts';
import { paths } from './paths.ts';
import type { MySection } from './standards.view.ts';

/** The sections that are with a post of this person's, and not signed off. */
export function sectionsOfMine(
  { partyIds }: Pick<Actor, 'partyIds'>,
  pictures: readonly EditionPicture[],
): MySection[] {
  return pictures.flatMap(({ edition, sections }) =>
    edition.domains.flatMap((domain) => {
      const section = sections.get(domain.id);
      const mine = section?.postId != null && partyIds.includes(section.postId);
      if (!mine || section.state === 'signed off') return [];
      return [
        {
          title: domain.title,
          within: `${edition.title}${section.round === null ? '' : `, ${section.round.name}`}`,
          href: paths.section(edition.id, domain.id),
          state: section.state,
          dueOn: section.dueOn,
          comment:
            section.state === 'returned' || section.state === 'opened again'
              ? section.comment
              : null,
        },
      ];
    }),
  );
}
