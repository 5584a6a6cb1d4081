// The advance widths of the characters from space to tilde, in thousandths of the size. Arial,
// Arimo, Liberation Sans and Helvetica share them.
const widths =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number);

/** How wide a text stands in Arial, in the unit of its size; other characters count as wide. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    sum += widths[point - 32] ?? (point < 0x250 ? 600 : 1000);
  }
  return (sum * size) / 1000;
}

/** The text as far as it fits into the width, its end an ellipsis where something was cut. */
export function fitting(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, size) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
