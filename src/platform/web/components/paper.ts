import type { Block, CoverPair, Words } from '#platform/documents/paper-blocks.ts';
import {
  layOut,
  partLetter,
  type LaidOut,
  type LaidOutChart,
  type LaidOutTable,
  type NumberedItem,
} from '#platform/documents/write/layout.ts';
import { paragraphsOf, type PaperParagraph } from '#platform/documents/write/words.ts';
import { html, type Html } from '../html.ts';
import { scrollRegion } from './blocks.ts';
import { dataTable } from './table.ts';

/**
 * A paper on a page: the same blocks of which Word and PDF are made. Its title is a heading of
 * `titleLevel` (1 unless said), and the headings below it one lower each; a page that has a title
 * of its own leaves the block of the title out.
 */
export function paperHtml(
  blocks: readonly Block[],
  { titleLevel = 1 }: { titleLevel?: 1 | 2 } = {},
): Html {
  let heading = '';
  const parts = layOut(blocks).map((block) => {
    if (block.kind === 'heading' || block.kind === 'title') heading = block.text;
    return html`${drawn(block, titleLevel, heading)}\n`;
  });
  return html`<div class="sl-paper">\n${parts}</div>`;
}

/** `heading` is the last one: it names a table that has no caption. */
function drawn(block: LaidOut, titleLevel: number, heading: string): Html {
  switch (block.kind) {
    case 'title':
      return headingOf(titleLevel, block.text, 'sl-paper__title');
    case 'heading':
      return headingOf(
        titleLevel + block.level,
        block.text,
        `govuk-heading-${block.level === 1 ? 'm' : 's'}`,
      );
    case 'text':
      return paragraphs(block.text, textLooks[block.style]);
    case 'cover':
      return cover(block.rows);
    case 'numbered':
      return html`<ol class="sl-numbered" role="list">\n${block.items.map(numberedItem)}</ol>`;
    case 'bullets':
      return html`<ul class="govuk-list govuk-list--bullet sl-text">
${block.items.map((item) => html`<li>${lines(item)}</li>\n`)}</ul>`;
    case 'table':
      return table(block, heading);
    case 'chart':
      return chart(block);
    case 'contact':
      return html`<address class="sl-contact">${lines(block.text)}</address>`;
  }
}

const textLooks = {
  plain: 'govuk-body sl-text',
  lead: 'sl-lead sl-text',
  quiet: 'sl-note sl-text',
} as const;

function headingOf(level: number, text: string, look: string): Html {
  switch (level) {
    case 1:
      return html`<h1 class="${look}">${text}</h1>`;
    case 2:
      return html`<h2 class="${look}">${text}</h2>`;
    case 3:
      return html`<h3 class="${look}">${text}</h3>`;
    case 4:
      return html`<h4 class="${look}">${text}</h4>`;
    default:
      return html`<h5 class="${look}">${text}</h5>`;
  }
}

function paragraph(one: PaperParagraph, look: string): Html {
  return html`<p class="${look}"${one.rightToLeft && html` dir="rtl"`}>${runs(one)}</p>`;
}

function paragraphs(words: Words, look: string): Html {
  return html`${paragraphsOf(words).map((one) => paragraph(one, look))}`;
}

/** Each line of the words, one below the other. */
function lines(words: Words): Html {
  return html`${paragraphsOf(words).map((one, at) => [
    at > 0 && html`<br />`,
    one.rightToLeft ? html`<bdi dir="rtl">${runs(one)}</bdi>` : runs(one),
  ])}`;
}

function runs({ runs: pieces }: PaperParagraph): Html {
  return html`${pieces.map(({ text, strong, quiet, struck, figure }) => {
    let piece = html`${text}`;
    if (figure === true) piece = html`<span class="sl-figure">${piece}</span>`;
    if (struck === true) piece = html`<del>${piece}</del>`;
    if (quiet === true) piece = html`<span class="sl-quiet">${piece}</span>`;
    if (strong === true) piece = html`<strong>${piece}</strong>`;
    return piece;
  })}`;
}

/** The numbers are text: they are the paper's, and whoever copies a paragraph copies its number. */
function numberedItem({ number, text, parts }: NumberedItem): Html {
  const letters = parts.map((part, at) =>
    withNumber(`(${partLetter(at)})`, paragraphs(part, 'govuk-body')),
  );
  return withNumber(
    `${number}.`,
    html`${paragraphs(text, 'govuk-body')}${letters.length > 0 && html`<ol class="sl-numbered" role="list">\n${letters}</ol>`}`,
  );
}

function withNumber(number: string, content: Html): Html {
  return html`<li class="sl-numbered__item"><span class="sl-numbered__number">${number}</span> <div class="sl-numbered__text">${content}</div></li>\n`;
}

function cover(rows: readonly (readonly CoverPair[])[]): Html {
  return html`<table class="sl-cover" role="table">
<caption class="govuk-visually-hidden">About this report</caption>
<tbody role="rowgroup">
${rows.map((row) => {
  const pairs = row.slice(0, 2);
  const wide = pairs.length === 1 && html` colspan="2"`;
  return html`<tr class="sl-cover__row" role="row">${pairs.map(
    ({ key, value }) =>
      html`<th class="sl-cover__key" scope="row" role="rowheader"${wide}>${key}</th><td class="sl-cover__value" role="cell"${wide}>${lines(value)}</td>`,
  )}</tr>\n`;
})}</tbody></table>`;
}

function table({ caption, columns, rowHeader, rows }: LaidOutTable, heading: string): Html {
  return dataTable({
    caption: caption ?? heading,
    hiddenCaption: caption === null,
    columns: columns.map(({ header, numeric }) => ({ text: header, numeric })),
    rowHeading: rowHeader,
    groups: [
      {
        rows: rows.map((row) =>
          row.map(({ text, fill }) => html`${fill !== null && swatch(fill)}${lines(text)}`),
        ),
      },
    ],
  });
}

/** The colour beside its word: a fill of the whole cell would need a style in the markup. */
function swatch(fill: string): Html {
  if (!/^[0-9A-F]{6}$/i.test(fill)) return html``;
  return html`<svg class="sl-swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect width="10" height="10" fill="#${fill}"></rect></svg> `;
}

/** The drawing is a picture, in which no script could run; the table says the same. */
function chart({ title, sentence, svg, alt, table: data }: LaidOutChart): Html {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return html`<figure class="sl-chart"><figcaption class="sl-chart__title">${title}</figcaption>
<p class="govuk-body sl-text">${sentence}</p>
${scrollRegion(`Chart: ${title}`, html`<img class="sl-chart__picture" src="${source}" alt="${alt}" />`)}
${table(data, title)}</figure>`;
}
