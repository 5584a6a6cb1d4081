/** Words that stand for pages of their own, such as /plans/new and /plans/import. */
const spoken = ['new', 'import', 'export', 'sign-in'];

/** The words of a title as they stand in an address: "Children's plan 2026" is `childrens-plan-2026`. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
  if (slug === '') return 'plan';
  return spoken.includes(slug) ? `${slug}-plan` : slug;
}
