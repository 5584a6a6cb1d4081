// Warns two minutes before the session ends. Another tab may have used it meanwhile, so the
// server is asked first, which does not count as a use.
const warnSeconds = 120;

async function secondsFrom(answer) {
  if (!answer.ok || answer.redirected) return 0;
  const seconds = Number(await answer.text());
  return Number.isFinite(seconds) ? seconds : 0;
}

/** `dialog` says in `data-seconds` when the session ends. */
export function warnBeforeTimeOut(dialog) {
  const form = dialog.querySelector('form');
  const left = dialog.querySelector('.sl-time-out__left');
  const title = dialog.querySelector('h2');
  let endsAt = Date.now() + Number(dialog.dataset.seconds) * 1000;
  let timer;

  // A timer does not run while the machine sleeps: the clock is looked at each time.
  const soon = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(Math.max(milliseconds, 0), 60_000));
  };
  const secondsLeft = () => Math.ceil((endsAt - Date.now()) / 1000);

  async function look() {
    if (secondsLeft() > warnSeconds) return soon((secondsLeft() - warnSeconds) * 1000);
    if (!dialog.open || secondsLeft() <= 0) await ask();
    if (secondsLeft() > warnSeconds) {
      if (dialog.open) dialog.close();
      return soon((secondsLeft() - warnSeconds) * 1000);
    }
    if (secondsLeft() <= 0) return ended();
    say(secondsLeft());
    if (!dialog.open && !dialog.dataset.read) show();
    soon(secondsLeft() > 60 ? (secondsLeft() - 60) * 1000 : 10_000);
  }

  /** Without a network nothing is known anew: the page's own time stands. */
  async function ask() {
    try {
      const seconds = await secondsFrom(
        await fetch('/account/time-left', { cache: 'no-store', credentials: 'same-origin' }),
      );
      endsAt = Date.now() + seconds * 1000;
    } catch {}
  }

  function show() {
    dialog.showModal();
    title.focus();
  }

  function say(seconds) {
    const words =
      seconds > 60 ? '2 minutes' : seconds > 30 ? '1 minute' : 'less than half a minute';
    if (left.textContent !== words) left.textContent = words;
  }

  function ended() {
    clearTimeout(timer);
    title.textContent = 'You are signed out';
    dialog.querySelector('.sl-time-out__before').hidden = true;
    dialog.querySelector('.sl-time-out__after').hidden = false;
    if (!dialog.open) show();
    else title.focus();
  }

  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const body = new URLSearchParams(new FormData(form));
      const seconds = await secondsFrom(await fetch(form.action, { method: 'POST', body }));
      endsAt = Date.now() + seconds * 1000;
      if (seconds > 0) dialog.close();
    } catch {
      endsAt = Math.min(endsAt, Date.now() + warnSeconds * 1000);
    }
    look();
  });
  for (const button of dialog.querySelectorAll('.sl-time-out__close')) {
    button.addEventListener('click', () => {
      dialog.dataset.read = 'yes';
      dialog.close();
    });
  }
  soon(0);
}
