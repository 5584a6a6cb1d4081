// Everything works without this file; with it, some things need fewer clicks.
import { initAll } from './govuk-frontend.min.js';
import { warnBeforeTimeOut } from './time-out.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();
for (const warning of document.querySelectorAll('dialog.sl-time-out')) warnBeforeTimeOut(warning);

// On a narrow screen the filters stand before the list: they begin folded.
if (window.matchMedia('(max-width: 64em)').matches) {
  for (const filters of document.querySelectorAll('details.sl-filters')) filters.open = false;
}

// A menu closes when the focus leaves it, or by Escape: it must not lie over what comes next.
for (const menu of document.querySelectorAll('details.sl-menu')) {
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
}
