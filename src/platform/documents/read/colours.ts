/** Colours of cells as six hexadecimal digits in capitals, however the file names them. */

/** Null for `auto`, for white, which a person sees as no colour, and for what is not a colour. */
export function hexColour(written: string | null | undefined): string | null {
  // Excel writes eight digits, the first two for opacity.
  const digits = written?.length === 8 ? written.slice(2) : written;
  if (digits === undefined || digits === null || !/^[0-9a-f]{6}$/i.test(digits)) return null;
  const colour = digits.toUpperCase();
  return colour === 'FFFFFF' ? null : colour;
}

/** The 56 colours of old workbooks, which begin at 8; 0 to 7 are the first eight again. ECMA-376 18.8.27. */
const palette = [
  '000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF',
  '800000 008000 000080 808000 800080 008080 C0C0C0 808080',
  '9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF',
  '000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF',
  '00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99',
  '3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696',
  '003366 339966 003300 333300 993300 993366 333399 333333',
].flatMap((row) => row.split(' '));
export const indexedColours: readonly string[] = [...palette.slice(0, 8), ...palette];

/** The theme of a new workbook since 2013, in the order in which a theme is written. */
export const officeTheme: readonly string[] =
  '000000 FFFFFF 44546A E7E6E6 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72'.split(' ');

/**
 * A colour of the theme, lightened (tint over 0, to 1) or darkened (under 0, to -1).
 * Cells number the first four the other way round than the theme writes them: 0 is its second,
 * the light background. ECMA-376 18.3.1.15 and 18.8.3; the order is Excel's own.
 */
export function themeColour(theme: readonly string[], index: number, tint: number): string | null {
  const written = [1, 0, 3, 2][index] ?? index;
  const base = theme[written];
  return base === undefined ? null : hexColour(tint === 0 ? base : tinted(base, tint));
}

function tinted(hex: string, tint: number): string {
  const [hue, saturation, lightness] = toHsl(hex);
  const changed = tint < 0 ? lightness * (1 + tint) : lightness * (1 - tint) + tint;
  return fromHsl(hue, saturation, Math.min(1, Math.max(0, changed)));
}

function toHsl(hex: string): [hue: number, saturation: number, lightness: number] {
  const [red, green, blue] = [0, 2, 4].map(
    (at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255,
  );
  if (red === undefined || green === undefined || blue === undefined) return [0, 0, 0];
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  const lightness = (high + low) / 2;
  const range = high - low;
  if (range === 0) return [0, 0, lightness];
  const saturation = range / (lightness > 0.5 ? 2 - high - low : high + low);
  const sixth =
    high === red
      ? (green - blue) / range + (green < blue ? 6 : 0)
      : high === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4;
  return [sixth / 6, saturation, lightness];
}

function fromHsl(hue: number, saturation: number, lightness: number): string {
  const high =
    lightness < 0.5
      ? lightness * (1 + saturation)
      : lightness + saturation - lightness * saturation;
  const low = 2 * lightness - high;
  const channel = (turn: number): string => {
    const at = (turn + 1) % 1;
    const value =
      at < 1 / 6
        ? low + (high - low) * 6 * at
        : at < 1 / 2
          ? high
          : at < 2 / 3
            ? low + (high - low) * (2 / 3 - at) * 6
            : low;
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
      .toUpperCase();
  };
  return channel(hue + 1 / 3) + channel(hue) + channel(hue - 1 / 3);
}

/** Word's sixteen pens, by name. ECMA-376 17.18.40. */
export const highlightColours: Readonly<Record<string, string>> = {
  black: '000000',
  blue: '0000FF',
  cyan: '00FFFF',
  darkBlue: '000080',
  darkCyan: '008080',
  darkGray: '808080',
  darkGreen: '008000',
  darkMagenta: '800080',
  darkRed: '800000',
  darkYellow: '808000',
  green: '00FF00',
  lightGray: 'C0C0C0',
  magenta: 'FF00FF',
  red: 'FF0000',
  yellow: 'FFFF00',
};
