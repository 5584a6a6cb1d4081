import { writableLine } from '../documents/write/writable-text.ts';

/** Dark ink on white, and what tells parts apart is never colour alone. */
export const chartInk = '#1d2b3a';
export const chartQuiet = '#505a5f';
export const chartRule = '#b1b4b6';

/** An attribute's value, or text, with what means something in markup replaced. */
export function escapeXml(text: string): string {
  return writableLine(text).replace(
    /[&<>"']/g,
    (character) => `&#${character.codePointAt(0) ?? 0};`,
  );
}

export function svgText(
  at: { x: number; y: number },
  words: string,
  look: { size?: number; anchor?: 'start' | 'middle' | 'end'; fill?: string; bold?: boolean } = {},
): string {
  const { size = 12, anchor = 'start', fill = chartInk, bold = false } = look;
  const weight = bold ? ' font-weight="700"' : '';
  return `<text x="${round(at.x)}" y="${round(at.y)}" font-size="${size}" text-anchor="${anchor}" fill="${fill}"${weight}>${escapeXml(words)}</text>`;
}

/**
 * A drawing that stands alone: named and described for whoever does not see it, without script and
 * without style, so that the content security policy, Word and Typst all take it as it is.
 */
export function svgDocument(drawing: {
  width: number;
  height: number;
  title: string;
  description: string;
  content: readonly string[];
}): string {
  const { width, height, title, description, content } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${round(height)}" width="${width}" height="${round(height)}" role="img" font-family="Arial, Arimo, 'Liberation Sans', sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="${width}" height="${round(height)}" fill="#ffffff"/>`,
    ...content,
    '</svg>',
  ].join('\n');
}

/** A tenth of a unit is finer than any eye or printer. */
export function round(length: number): number {
  return Math.round(length * 10) / 10;
}
