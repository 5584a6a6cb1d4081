import { countOf } from '../../rules/kind-words.ts';
import { classificationName } from '../parts.ts';
import { paths } from '../paths.ts';
import type { StandingImport } from './ground.ts';
import { importPaths } from './paths.ts';

/** The end of an import: what was made, and the ways on and back. */
export function doneView({ source, standing }: StandingImport) {
  const { length } = standing.made;
  const from = standing.fileName ?? 'a pasted list';
  return {
    title: 'The findings are imported',
    caption: source.title,
    classification: classificationName(source.classification),
    told: `${countOf(length, 'finding')} ${length === 1 ? 'was' : 'were'} imported from ${from}. Say next what answers each.`,
    sourceHref: paths.source(source.id),
    undoHref: importPaths.step(source.id, standing.id, 'undo'),
  };
}

/** Asks before an import is undone. */
export function undoView({ source, standing }: StandingImport) {
  const { length } = standing.made;
  return {
    title: 'Undo this import',
    caption: source.title,
    classification: classificationName(source.classification),
    back: { text: 'Back', href: importPaths.step(source.id, standing.id, 'done') },
    told: `${countOf(length, 'finding')} from ${standing.fileName ?? 'a pasted list'} will be withdrawn. This can be done only while nobody has written on any of them since. The log keeps that they were imported and withdrawn.`,
    undoHref: null,
  };
}
