import { describe, expect, it } from 'vitest';
import { loadAssets, withoutCrownEstate } from './assets.ts';

describe('what pages load', () => {
  const assets = loadAssets();
  const sheets = [...assets.files].filter(([name]) => name.endsWith('.css'));

  it('has nothing of what is licensed to GOV.UK alone', () => {
    expect(sheets).toHaveLength(3);
    for (const [, { bytes }] of sheets) {
      const found = /GDS Transport|@font-face|govuk-crest|exclusive use/i.exec(bytes.toString());
      expect(found).toBeNull();
    }
  });

  it('asks for nothing that we do not serve', () => {
    for (const [, { bytes }] of sheets) {
      expect(/url\((?!["']?data:).{0,80}|@import/.exec(bytes.toString())).toBeNull();
    }
  });

  it('keeps the rest of the design system', () => {
    const css =
      '.a{font-family:GDS Transport,arial,sans-serif}.b{color:red}@font-face{src:url(/x)}';
    expect(withoutCrownEstate(css)).toBe('.a{font-family:Arial,Helvetica,sans-serif}.b{color:red}');
  });

  it('has the same address until it changes', () => {
    expect(loadAssets().path).toBe(assets.path);
  });
});
