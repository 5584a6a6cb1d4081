// Everything works without this file; with it, some things need fewer clicks.
import { initAll } from './govuk-frontend.min.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

// On a narrow screen the filters stand before the list: they begin folded.
if (window.matchMedia('(max-width: 64em)').matches) {
  for (const filters of document.querySelectorAll('details.sl-filters')) filters.open = false;
}
