import { setTimeout as wait } from 'node:timers/promises';
import { filledForm } from '../filled-form.ts';

/** What one person sent, and what they were told. */
export interface Sent {
  text: string;
  /** The program said that it was saved. */
  acknowledged: boolean;
}

export interface Writer {
  readonly sent: readonly Sent[];
  /** Sends no new text; ends when what was begun is acknowledged. */
  finish(): Promise<void>;
}

/** A server that others may kill: its address stays the same. */
export interface Served {
  readonly url: string;
  /** When no answer is expected any more: writers then give up. */
  readonly deadline: number;
}

/**
 * A person who gives one update after the other by the real pages. What was not acknowledged is
 * sent again with the same form, until it is: as a browser's Back and Send again would.
 */
export async function startWriter(
  served: Served,
  person: { slug: string; email: string; password: string },
  form: string,
  name: string,
): Promise<Writer> {
  const cookies = new Map<string, string>();
  const ask = async (path: string, fields?: Record<string, string>, multipart = false) => {
    const body =
      fields === undefined ? undefined : multipart ? formData(fields) : new URLSearchParams(fields);
    const answer = await fetch(new URL(path, served.url), {
      ...(body === undefined ? {} : { method: 'POST', body }),
      headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(key, value);
    }
    return { status: answer.status, body: await answer.text() };
  };
  /** Asks again until it is answered so; a server that was killed answers nothing, or an error. */
  const until = async (status: number, asking: () => ReturnType<typeof ask>) => {
    for (;;) {
      const answer = await asking().catch(() => null);
      if (answer?.status === status) return answer;
      if (performance.now() > served.deadline) {
        throw new Error(`${name} waited in vain for ${status}; last: ${answer?.status ?? 'none'}`);
      }
      // 429: we are too quick.
      await wait(answer?.status === 429 ? 1_000 : 50);
    }
  };

  const signIn = `/${person.slug}/sign-in`;
  const csrf = (body: string) => /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const { email, password } = person;
  const page = await until(200, () => ask(signIn));
  await until(303, () => ask(signIn, { _csrf: csrf(page.body), email, password }));

  const sent: Sent[] = [];
  const state = { finishing: false };
  const work = (async () => {
    for (let n = 1; !state.finishing; n += 1) {
      const open = await until(200, () => ask(form));
      const one: Sent = { text: `${name}, update ${n}`, acknowledged: false };
      const boxes = Object.entries(filledForm(open)).map(([key, value]): [string, string] => [
        key,
        typeof value === 'string' ? value : (value[0] ?? ''),
      ]);
      const fields = {
        ...Object.fromEntries(boxes),
        _csrf: csrf(open.body),
        choice: n % 2 === 0 ? 'amber' : 'green',
        changed: one.text,
      };
      sent.push(one);
      await until(303, () => ask(form, fields, true));
      one.acknowledged = true;
    }
  })();
  // A failure is told by finish(), which may be called much later.
  work.catch(() => undefined);
  return {
    sent,
    finish: () => {
      state.finishing = true;
      return work;
    },
  };
}

function formData(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  // The box for a file, left empty.
  form.append('file', new Blob([]), '');
  return form;
}
