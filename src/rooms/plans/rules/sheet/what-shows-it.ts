/** What shows an update, as a sheet names it: links, and whatever else was written as a note. */
export type ShownBy =
  { kind: 'link'; title: string; url: string } | { kind: 'note'; title: string };

/** The longest title of a piece of evidence. */
export const longestShownBy = 2000;

/** Each line that is a web address alone is a link; the other lines together are one note. */
export function whatShowsIt(text: string): ShownBy[] {
  const lines = text.split('\n').map((line) => line.trim());
  const links = lines.filter(isLink);
  const note = lines
    .filter((line) => !isLink(line))
    .join('\n')
    .trim();
  return [
    ...[...new Set(links)].map((url) => ({ kind: 'link' as const, title: url, url })),
    ...(note === '' ? [] : [{ kind: 'note' as const, title: note }]),
  ];
}

function isLink(line: string): boolean {
  return /^https?:\/\/\S+$/i.test(line) && URL.canParse(line);
}
