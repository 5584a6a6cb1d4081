import type { FormState } from '#platform/web/form-state.ts';
import { findingKindName, sentenceCase } from '../../rules/kind-words.ts';
import { findingKinds } from '../../rules/kinds.ts';
import type { SourcePicture } from '../../rules/picture.ts';
import type { FindingImport } from '../../store/imports.ts';
import { classificationName } from '../parts.ts';
import { paths } from '../paths.ts';
import { importPaths } from './paths.ts';

export interface BeginInput {
  source: Pick<SourcePicture, 'id' | 'title' | 'classification'>;
  /** Imports that this person began and has not finished. */
  prepared: readonly Pick<FindingImport, 'id' | 'fileName'>[];
  state: FormState;
  /** The file that came with a form which is shown again: a page cannot keep it. */
  fileName?: string | null;
}

/** Import findings from a table in a file. */
export function fileView(input: BeginInput) {
  const { fileName = null, source } = input;
  return {
    ...beginView(input),
    title: 'Import findings',
    lead: 'Send the table as you have it. You will see what we read, and what we were not sure of, before anything becomes a finding.',
    isList: false,
    action: importPaths.begin(source.id),
    fileHint: `A table with one finding in each row: Excel (.xlsx), Word (.docx) or .csv, 10 MB at most${fileName === null ? '' : `. Choose “${fileName}” once more: it was not kept`}`,
    buttonText: 'Read the file',
    other: { text: 'Paste a list instead', href: importPaths.list(source.id) },
  };
}

/** Paste a list of recommendations, to be split. */
export function listView(input: BeginInput) {
  const { source } = input;
  return {
    ...beginView(input),
    title: 'Paste a list of findings',
    lead: 'Copy the list from the letter or the report. We split it, and you see every finding before it is kept.',
    isList: true,
    action: importPaths.list(source.id),
    buttonText: 'Split the list',
    other: { text: 'Send a file instead', href: importPaths.begin(source.id) },
  };
}

function beginView({ source, prepared, state }: BeginInput) {
  return {
    caption: source.title,
    classification: classificationName(source.classification),
    back: { text: 'Back to the source', href: paths.source(source.id) },
    prepared: prepared.map(({ id, fileName }) => ({
      what: fileName ?? 'a pasted list',
      href: importPaths.one(source.id, id),
    })),
    kinds: findingKinds.map((kind) => ({
      value: kind,
      text: sentenceCase(findingKindName(kind, 2)),
    })),
    form: state,
    ...(state.errors.length === 0 ? {} : { errors: state.errors }),
  };
}
