import { dataTable } from '#platform/web/components/table.ts';
import { html } from '#platform/web/html.ts';
import { paths } from './paths.ts';

export interface DataOutInput {
  /** What programs can ask for, as the API describes itself. */
  addresses: readonly { path: string; summary: string; scope: string }[];
  /** The address of this server. */
  origin: string;
  tokensHref: string;
}

/** What programs can read, for the person who sets one up. */
export function dataOutView({ addresses, origin, tokensHref }: DataOutInput) {
  const example = `curl -H "Authorization: Bearer $TOKEN" "${origin}/api/v1/plans?limit=10"`;
  return {
    title: 'Data out',
    classification: null,
    back: { text: 'Plans', href: paths.plans() },
    content: html`<div class="sl-measure">
<p class="govuk-body">A program such as Power BI can read the plans that you may export. It changes nothing, and it sees what you may see at that moment.</p>
<h2 class="govuk-heading-m">As a file, now</h2>
<p class="govuk-body">One row an action, for pivot tables and reports: <a class="govuk-link" href="${paths.flatOfAll()}">every action of every plan (.csv)</a>. Each plan has its own under “Export”.</p>
<h2 class="govuk-heading-m">By a program, each day</h2>
<ol class="govuk-list govuk-list--number">
<li><a class="govuk-link" href="${tokensHref}">Make a token</a> on your account page.</li>
<li>Give it to the program, which sends it in the header Authorization: the word Bearer, a space and the token. Never put it in an address.</li>
<li>Try it: <code class="govuk-!-text-break-word">${example}</code></li>
</ol>
<p class="govuk-body">Whoever writes the program finds every field in the <a class="govuk-link" href="${paths.openApi()}">OpenAPI document (.json)</a>.</p>
</div>
<h2 class="govuk-heading-m">What can be had</h2>
${dataTable({
  caption: 'Addresses for programs',
  hiddenCaption: true,
  columns: [{ text: 'Address' }, { text: 'What it gives' }, { text: 'Scope' }],
  groups: [
    {
      rows: addresses.map(({ path, summary, scope }) => [
        html`<span class="govuk-!-text-break-word">${path}</span>`,
        summary,
        scope,
      ]),
    },
  ],
})}
<p class="govuk-body">Add <code>?as-at=2026-03-04</code> to any of them for the position at the end of that day.</p>`,
  };
}
