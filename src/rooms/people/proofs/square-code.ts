import { create } from 'qrcode';
import { html, type Html } from '#platform/web/html.ts';

/**
 * The text as a square code (QR) for a telephone's camera: one path, no style of its own, and
 * narrow enough for the smallest screen however long the text.
 */
export function squareCode(text: string, label: string): Html {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  const dots: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 1) dots.push(`M${column + quiet} ${row + quiet}h1v1h-1z`);
    }
  }
  const side = modules.size + 2 * quiet;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="240" height="240" role="img" aria-label="${label}"><rect width="${side}" height="${side}" fill="#ffffff"/><path fill="#000000" d="${dots.join('')}"/></svg>`;
}
