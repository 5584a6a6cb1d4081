import { createRequire } from 'node:module';
import { fontFiles } from '../pdf/fonts.ts';

const require = createRequire(import.meta.url);

/** What we use of the package, which has no types of its own. */
interface ResvgModule {
  Resvg: new (svg: string, options: string) => { render(): { asPng(): Buffer } };
}

/**
 * The drawing as a PNG, for readers of Word documents that draw no SVG; null on a kind of machine
 * that the package is not made for.
 */
export function pngOf(svg: string, width: number): Buffer | null {
  const resvg = resvgModule();
  if (resvg === null) return null;
  const options = {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Arimo' },
    fitTo: { mode: 'width', value: width },
    background: 'white',
    logLevel: 'off',
  };
  return new resvg.Resvg(svg, JSON.stringify(options)).render().asPng();
}

function resvgModule(): ResvgModule | null {
  const packageName = '@resvg/resvg-js-linux-x64-gnu';
  try {
    require.resolve(packageName);
  } catch {
    return null;
  }
  return require(packageName) as ResvgModule;
}

/** How wide and high a drawing of ours says it is. */
export function sizeOf(svg: string): { width: number; height: number } {
  const [, width = '100', height = '50'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return { width: Number(width), height: Number(height) };
}
