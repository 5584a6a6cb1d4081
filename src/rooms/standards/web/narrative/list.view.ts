import { formatDate } from '#kernel/dates.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html } from '#platform/web/html.ts';
import type { AssessmentHead } from '../../store/narrative/read.ts';
import { buttonLink, count } from './parts.ts';
import { paths } from './paths.ts';

/** Every self-assessment that this person may read, the newest year first. */
export function listView(heads: readonly AssessmentHead[], mayCreate: boolean) {
  const [newest] = heads;
  const begin = { text: 'Begin a self-assessment', href: paths.begin() };
  return {
    title: 'Self-assessments',
    dated: true,
    actions:
      mayCreate && newest !== undefined
        ? html`${buttonLink(begin.text, begin.href)} ${buttonLink('Import one from Word', paths.upload(), true)}`
        : null,
    content:
      newest === undefined
        ? html`${emptyState({
            title: 'No self-assessment yet',
            text: 'The document in which the authority says each year how well its services do will stand here: its context, its summary, and a section for each service.',
            ...(mayCreate ? { action: begin } : {}),
          })}${mayCreate && html`<p class="govuk-body"><a class="govuk-link" href="${paths.upload()}">Import one from Word</a></p>`}`
        : html`<p class="govuk-body-l sl-lead">The newest of ${count(heads.length, 'self-assessment')} is for ${newest.period}.</p>
${dataTable({
  caption: 'Self-assessments',
  hiddenCaption: true,
  columns: [
    { text: 'Self-assessment', width: 'wide' },
    { text: 'Year' },
    { text: 'Named or renamed on' },
  ],
  groups: [
    {
      rows: heads.map((head) => [
        html`<a class="govuk-link" href="${paths.assessment(head.id)}">${head.title}</a>`,
        head.period,
        formatDate(head.written.on),
      ]),
    },
  ],
})}`,
  };
}
