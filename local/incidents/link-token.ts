/** Links a token of a person, as a browser does (docs/tokens.md), without one. */
import type { World } from './world.ts';

const submit = (url: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });

/** @param subject the consumer's name for the person. @param userId of the person in the tenant. @throws Error when nothing was linked. */
export const linkToken = async (
  { url, ask }: Pick<World, 'url' | 'ask'>,
  key: string,
  subject: string,
  userId: string,
): Promise<void> => {
  const made = await ask('POST', '/v1/me/token/links', key, undefined, { 'x-on-behalf-of': subject });
  const ticket = new URL(made.document.data.attributes.url).searchParams.get('ticket') ?? '';
  const started = await submit(`${url}/oauth/start`, { ticket }, { origin: url });
  const cookie = (started.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const login = new URL(started.headers.get('location') ?? '');
  const form = { ...Object.fromEntries(login.searchParams), user_id: userId, decision: 'allow' };
  const allowed = await submit(`${login.origin}${login.pathname}`, form);
  const answer = new URLSearchParams(new URL(allowed.headers.get('location') ?? '').hash.slice(1));
  const finished = await fetch(`${url}/oauth/callback`, {
    method: 'POST',
    headers: { origin: url, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ token: answer.get('access_token'), state: answer.get('state') }),
  });
  const text = await finished.text();
  if (!text.includes('Your account is linked')) throw new Error(`No token was linked: ${finished.status}`);
};
