import type { CellStyle, Color } from 'hucre';
import { hexColour, indexedColours, officeTheme, themeColour } from './colours.ts';
import { attribute, scanXml } from './xml.ts';

export interface WorkbookColours {
  theme: readonly string[];
  indexed: readonly string[];
}

/** The colours that the workbook itself defines: its theme, and its own palette where it has one. */
export function workbookColours(
  theme: readonly string[] | undefined,
  styles: string | null,
): WorkbookColours {
  return {
    theme: theme?.length === 12 ? theme : officeTheme,
    indexed: (styles === null ? null : ownPalette(styles)) ?? indexedColours,
  };
}

function ownPalette(styles: string): string[] | null {
  if (!styles.includes('indexedColors')) return null;
  const palette: string[] = [];
  let inPalette = false;
  scanXml(
    styles,
    {
      open(name, attributes) {
        if (name === 'indexedColors') inPalette = true;
        if (inPalette && name === 'rgbColor') {
          palette.push((attribute(attributes, 'rgb') ?? '').slice(-6));
        }
      },
      close(name) {
        if (name === 'indexedColors') inPalette = false;
      },
      text: () => undefined,
    },
    Infinity,
  );
  return palette.length === 0 ? null : palette;
}

/** The colour behind a cell; of a pattern the colour of its lines, of a gradient none. */
export function fillOf(style: CellStyle | undefined, colours: WorkbookColours): string | null {
  const fill = style?.fill;
  if (fill?.type !== 'pattern' || fill.pattern === 'none') return null;
  return colourOf(fill.fgColor ?? fill.bgColor, colours);
}

function colourOf(colour: Color | undefined, colours: WorkbookColours): string | null {
  if (colour === undefined) return null;
  if (colour.rgb !== undefined) return hexColour(colour.rgb);
  if (colour.theme !== undefined) return themeColour(colours.theme, colour.theme, colour.tint ?? 0);
  // 64 and 65 are the colours of the computer's own windows.
  return colour.indexed === undefined ? null : hexColour(colours.indexed[colour.indexed]);
}
