/** Script and styles of the pages of /actions. They stand in the pages, whose policy names their hashes. */
import { pageStyles } from './oauth-page-files.ts';

/**
 * Sends the messages of the page, and those of its buttons, to the tenant's origin. A browser gives them to a page of no other origin. All
 * texts come from the attributes that the facade has written.
 */
export const actionScript = `'use strict';
const { tenant, messages } = document.body.dataset;
const send = (message) => window.parent.postMessage(message, tenant);
if (window.parent === window) {
  document.body.dataset.alone = 'yes';
} else {
  for (const message of JSON.parse(messages)) send(message);
  for (const button of document.querySelectorAll('button[data-message]')) {
    button.addEventListener('click', () => send(JSON.parse(button.dataset.message)));
  }
  document.querySelector('button[data-message]')?.focus();
}
`;

/**
 * Opens the login in a window of its own, and asks every two seconds how it ended: no message can come from that window, because the
 * pages of the login cut themselves off from whoever opened them. Only this page knows the name under which it asks.
 */
export const registerScript = `'use strict';
const { tenant, messages, done, sample } = document.body.dataset;
const send = (message) => window.parent.postMessage(message, tenant);
const button = document.getElementById('register');
const again = document.getElementById('again');
const everyMillis = 2000;
const mostMillis = 15 * 60000;

const show = (kind, text) => {
  document.body.dataset.outcome = kind;
  document.getElementById('text').textContent = text;
  button.disabled = kind === 'waiting';
  again.hidden = kind !== 'waiting';
  if (kind !== 'failed') return;
  button.textContent = 'Try again';
  button.focus();
};

const newWatch = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replaceAll('+', '-').replaceAll('/', '_').replace('=', '');

const ask = async (url) => {
  try {
    const answer = await fetch(url, { cache: 'no-store' });
    if (answer.ok) return await answer.json();
  } catch {}
  return { state: 'waiting', text: '' };
};

const wait = async (watch) => {
  const url = '../oauth/register-sample/outcome?watch=' + watch;
  for (const until = Date.now() + mostMillis; Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, everyMillis));
    const { state, text } = await ask(url);
    if (state === 'failed') return show('failed', text);
    if (state === 'done') {
      show('done', text);
      button.hidden = true;
      return send(JSON.parse(done));
    }
  }
  return show('failed', 'No end came within 15 minutes. Look in Signals Notebook whether the sample is registered, and try again if it is not.');
};

const start = () => {
  const watch = newWatch();
  const url = '../oauth/register-sample?__eid=' + encodeURIComponent(sample) + '&watch=' + watch;
  again.href = url;
  const opened = window.open(url, '_blank', 'popup,width=620,height=760');
  show('waiting', opened ? 'Log in in the other window. This dialog closes when the sample is registered.' : 'The browser has kept the second window closed. Open it with the link.');
  if (opened) opened.opener = null;
  wait(watch);
};

if (window.parent === window) {
  document.body.dataset.alone = 'yes';
} else {
  for (const message of JSON.parse(messages)) send(message);
  button.addEventListener('click', start);
  button.focus();
}
`;

export const actionStyles = `${pageStyles}ul { margin: 0 0 1rem; padding: 0; list-style: none; border-top: 1px solid var(--line); }
li { padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
li strong { display: block; }
h2 { margin: 1.25rem 0 0.5rem; font-size: 1rem; }
.met::before { content: "Met: "; color: var(--good); }
.unmet::before { content: "Not met: "; color: var(--bad); }
.alone { display: none; }
[data-alone] .alone { display: block; }
[data-alone] button { display: none; }
[hidden] { display: none; }
button:disabled { opacity: 0.6; cursor: default; }
`;
