/**
 * The two files of the pages of /oauth. The facade itself serves them, because its policy allows nothing from
 * elsewhere.
 */

/** Reads the login's answer from the address, and clears the address before anything else can read it. */
export const callbackScript = `'use strict';
const address = { fragment: location.hash.slice(1), query: location.search.slice(1) };
history.replaceState(null, '', location.pathname);

const show = (kind, title, text) => {
  document.title = title + ' - Signals facade';
  document.body.dataset.outcome = kind;
  const heading = document.getElementById('title');
  heading.textContent = title;
  document.getElementById('text').textContent = text;
  heading.focus();
};

const showBack = ({ href, text }) => {
  const link = document.createElement('a');
  Object.assign(link, { className: 'back', rel: 'noreferrer', href, textContent: text });
  document.querySelector('main').append(link);
};

const failed = 'It did not work';

// Percent signs that encode nothing stand for themselves, and so does a plus: no token, code or state holds a blank, and
// providers write base64 as it is, though RFC 6749 has the fragment form-encoded.
const decode = (text) =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });

// Name and value of each parameter. A value may hold equals signs.
const parametersOf = (text) =>
  text.replace(/^[!/?&]+/, '').split('&').map((part) => {
    const end = part.indexOf('=');
    return end < 0 ? [decode(part), ''] : [decode(part.slice(0, end)), decode(part.slice(end + 1))];
  });

// RFC 6749, 3.1: names have one spelling, none is given twice, and one without a value counts as left out.
const valueOf = (name, parameters) => {
  const values = new Set(parameters.filter(([given, value]) => given === name && value !== '').map(([, value]) => value));
  if (values.size > 1) throw new Error(name);
  return [...values][0];
};

const read = () => {
  const fragment = parametersOf(address.fragment);
  const query = parametersOf(address.query);
  // A token is accepted only in the fragment, because a query has been sent to servers.
  return {
    token: valueOf('access_token', fragment),
    code: valueOf('code', query),
    state: valueOf('state', [...fragment, ...query]),
    error: valueOf('error', [...fragment, ...query]),
  };
};

const finish = async (found) => {
  const answer = await fetch('callback', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(found),
    cache: 'no-store',
    redirect: 'error',
  });
  const document = await answer.json();
  if (answer.ok) {
    show('done', document.title, document.text);
    return document.back && showBack(document.back);
  }
  return show('failed', failed, document.errors[0].detail);
};

const start = () => {
  let found;
  try {
    found = read();
  } catch (error) {
    return show('failed', failed, 'The answer of the login holds ' + error.message + ' twice, with different values, so it was ignored.');
  }
  if (found.token || found.code || found.error)
    return finish(found).catch(() => show('failed', failed, 'The facade did not answer, so it is not known how it ended. Go back to where you came from, look, and start again if need be.'));
  return show('failed', failed, 'The address of this page holds no answer of a login. Go back to where you came from and start there.');
};

if (document.body.dataset.outcome === 'waiting') start();
`;

export const pageStyles = `:root { color-scheme: light dark; --ground: #f4f6f8; --card: #fff; --ink: #1c2733; --soft: #51606f; --line: #d5dce3; --strong: #0b5cad; --on-strong: #fff; --good: #14713d; --bad: #a8261d; }
@media (prefers-color-scheme: dark) { :root { --ground: #12181f; --card: #1b232c; --ink: #e8edf2; --soft: #a7b4c0; --line: #37434f; --strong: #7db8f5; --on-strong: #0d1720; --good: #6fd39b; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 34rem); place-content: center; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { width: 100%; max-width: 34rem; padding: 2rem 2.25rem 2.25rem; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--strong); border-radius: 0.5rem; overflow-wrap: anywhere; }
.product { margin: 0 0 1.25rem; color: var(--soft); font-size: 0.9375rem; }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
h1:focus { outline: none; }
p { margin: 0 0 1rem; }
dl { margin: 1.25rem 0; border-top: 1px solid var(--line); }
dl div { display: grid; grid-template-columns: 8rem 1fr; gap: 1rem; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
a { color: var(--strong); }
a.back { display: inline-block; margin-top: 1rem; font-weight: 600; }
a:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.warning { padding-left: 0.9rem; border-left: 3px solid var(--bad); }
button { font: inherit; font-weight: 600; padding: 0.7rem 1.4rem; border: 0; border-radius: 0.4rem; background: var(--strong); color: var(--on-strong); cursor: pointer; }
button:hover { filter: brightness(1.1); }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
[data-outcome="done"] main { border-top-color: var(--good); }
[data-outcome="done"] h1 { color: var(--good); }
[data-outcome="failed"] main { border-top-color: var(--bad); }
[data-outcome="failed"] h1 { color: var(--bad); }
@media (max-width: 30rem) { main { padding: 1.5rem 1.25rem; } dl div { grid-template-columns: 1fr; gap: 0; } }
`;
