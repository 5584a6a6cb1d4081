/** How far a piece of work is, in the three words that every scheme of the field comes down to. */
export type Status = 'not started' | 'in progress' | 'complete';

/**
 * A status that is said in words. Only a cell that says nothing else counts: "Completed." is a
 * status, "This will be completed after the review" is not, and "in place" is left to a person.
 */

const qualifier = String.raw`(?:(?:now|action|actions|this|is|has|been|have|all|was|fully|currently|status)\s+)*`;

const phrases: [Status, RegExp][] = [
  [
    'not started',
    new RegExp(
      `^${qualifier}(?:not\\s+(?:yet\\s+)?(?:started|begun|commenced|met|achieved)|(?:yet\\s+)?to\\s+(?:be\\s+)?(?:start|started|begin|commence|commenced)|yet\\s+to\\s+be\\s+started|no\\s+progress(?:\\s+yet)?|to\\s+do|unstarted|0\\s?%(?:\\s+complete)?)$`,
    ),
  ],
  [
    'in progress',
    new RegExp(
      `^${qualifier}(?:work\\s+)?(?:in[\\s-]+progress|on[\\s-]?going|under[\\s-]?way|on\\s+track|on\\s+target|started|commenced|begun|progressing|partial|partially|partly|(?:partially|partly|part|nearly|almost|mostly|largely|substantially)[\\s-]+(?:complete|completed|met|achieved|done|implemented|delivered)|near(?:ing)?\\s+completion|[1-9]\\d?\\s?%(?:\\s+complete)?)(?:\\s+and\\s+on\\s+(?:track|target))?$`,
    ),
  ],
  [
    'complete',
    new RegExp(
      `^${qualifier}(?:fully|complete|completed|done|met|achieved|closed|finished|implemented|delivered|signed\\s+off|actioned|100\\s?%(?:\\s+complete)?)(?:\\s+(?:and|&)\\s+(?:closed|signed\\s+off|embedded))?$`,
    ),
  ],
];

/** The status that the whole text says, or null. Capitals, spaces and end points do not matter. */
export function readStatus(text: string): Status | null {
  const words = text
    .toLowerCase()
    .replace(/[‐-―]/g, '-')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\s.:;,!*•()-]+|[\s.:;,!*()-]+$/g, '');
  return phrases.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/**
 * The status that the text opens with, as a label: "Complete. The policy was issued in June",
 * "In progress - two sessions held", "Completed June 2014". Null where the words run on
 * ("Complete the review", "Completed forms are kept") and where the whole text is a status.
 */
export function statusOfOpening(text: string): Status | null {
  const opening = /^([^.:;,\n(–—-]+(?:\s?-\s?going)?)\s*(?:[.:;,\n(–—]|\s-|-\s)/.exec(text.trim());
  const label = opening?.[1]?.trim() ?? '';
  if (label !== '' && label.length <= 40) return readStatus(label);
  const dated = /^(\S+(?:\s\S+)??)\s+(?:on\s+|in\s+)?(?:\d|[A-Z][a-z]{2,8}\.?\s+\d)/.exec(
    text.trim(),
  );
  return dated?.[1] === undefined ? null : readStatus(dated[1]);
}
