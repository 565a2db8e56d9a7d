/* Tokens that people have linked to the application: state, days left, a link for a person, and a way to forget one. */
import { el, facadeUrl } from '../ops/dom.js';
import { badge, button, facts, fill, pagedList, soft } from './parts.js';
import { at, days } from './times.js';

const tones = { living: 'ok', doubted: 'trouble', dead: 'bad' };
const meanings = {
  doubted: 'The tenant refused it once. The facade asks again.',
  dead: 'The tenant does not take it any more. Send the person a new link.',
};

const forget = (session, subject, item) => {
  const place = el('span', { class: 'row' });
  const ask = async () => {
    place.replaceChildren(
      el('span', {}, `Forget the token of ${subject}? Calls for this person are refused then.`),
      button('Forget it', remove, { class: 'danger' }),
      button('Keep it', start),
    );
    place.querySelector('.danger').focus();
  };
  const remove = async () => {
    try {
      await session.ask('v1/me/token', { method: 'DELETE', headers: { 'x-on-behalf-of': subject } });
      item().replaceChildren(soft(`The token of ${subject} is forgotten.`));
    } catch (error) {
      if (!session.signal.aborted)
        place.replaceChildren(
          el('span', { class: 'warning', role: 'alert' }, error.message),
          button('Try again', remove),
        );
    }
  };
  const start = () => {
    const first = button('Forget', ask, { 'aria-label': `Forget the token of ${subject}` });
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(first);
    if (hadFocus) first.focus();
  };
  start();
  return place;
};

const leftOf = ({ state, daysLeft }) => {
  if (state === 'dead' || daysLeft === undefined) return undefined;
  return el('span', {}, badge(`${days(daysLeft)} left`, daysLeft <= 5 ? 'trouble' : 'ok'), ' if nothing uses it');
};

const toItem =
  (session) =>
  ({ attributes }) => {
    const { subject, state, personEmail, personId, linkedAt, lastUsedAt, diedAt } = attributes;
    const item = el(
      'li',
      { class: 'block' },
      el('h3', {}, subject, ' ', badge(state, tones[state])),
      meanings[state] && soft(meanings[state]),
      facts([
        ['Account in the tenant', personEmail || personId],
        ['Idle time', leftOf(attributes)],
        ['Last used', at(lastUsedAt)],
        ['Linked', at(linkedAt)],
        ['Died', diedAt && at(diedAt)],
      ]),
      forget(session, subject, () => item),
    );
    return item;
  };

const shownLink = ({ url, expiresAt }, subject) => {
  const field = el('input', { type: 'text', readOnly: true, value: url, 'aria-label': 'The link', id: 'link-url' });
  const copied = el('span', { role: 'status' });
  const copy = button('Copy', async () => {
    field.select();
    await navigator.clipboard?.writeText(url).then(
      () => (copied.textContent = 'Copied.'),
      () => (copied.textContent = 'Press Ctrl-C to copy.'),
    );
  });
  const open =
    /^https?:/.test(url) &&
    el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, 'Open it in a new tab');
  return el(
    'div',
    { class: 'result' },
    el('p', {}, `Send this link to ${subject}. It works once, until ${at(expiresAt)}.`),
    el('div', { class: 'row' }, field, copy, open, copied),
  );
};

/** The addresses that the record of the application lists, and this page. */
const returnField = (returnUrls) =>
  el(
    'select',
    { name: 'returnUrl' },
    returnUrls.map((url) => el('option', { value: url }, url)),
    el('option', { value: new URL('me', facadeUrl).href }, 'this page'),
    el('option', { value: '' }, 'nowhere: a page says that it is done'),
  );

const bodyOf = (returnUrl) => JSON.stringify({ data: { type: 'token-link', attributes: { returnUrl } } });

const linkRequest = (person, returnUrl) => {
  const headers = { 'x-on-behalf-of': person };
  if (returnUrl === '') return { method: 'POST', headers };
  return {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/vnd.api+json' },
    body: bodyOf(returnUrl),
  };
};

const linkForm = (session, returnUrls) => {
  const back = returnField(returnUrls);
  const result = el('div', { 'aria-live': 'polite' });
  const subject = el('input', {
    name: 'subject',
    required: true,
    maxLength: 128,
    pattern: '[\\x21-\\x7e]+',
    autocomplete: 'off',
    spellcheck: false,
    placeholder: 'anna',
  });
  const form = el(
    'form',
    { id: 'link' },
    el('h3', {}, 'Link a token'),
    soft('You get a link for the person. It leads to the login of the tenant.'),
    el(
      'div',
      { class: 'row fields' },
      el('label', {}, 'Your name for the person', subject),
      el('label', {}, 'Afterwards lead to', back),
      el('button', { type: 'submit' }, 'Make a link'),
    ),
    result,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    const person = subject.value;
    const wanted = linkRequest(person, back.value);
    const ask = async () => {
      const { data } = await session.ask('v1/me/token/links', wanted);
      return shownLink(data.attributes, person);
    };
    fill(session, result, ask).finally(() => form.removeAttribute('aria-busy'));
  });
  return form;
};

export const showTokens = (session, place, { attributes }) =>
  fill(session, place, async () => {
    const mayLink = attributes.actsAs.includes('user');
    const none = mayLink
      ? 'Nobody has linked a token yet.'
      : 'This application calls for no people, so nobody can link a token to it.';
    const list = await pagedList(session, 'v1/me/tokens?page[limit]=20', toItem(session), none);
    return [list, mayLink && linkForm(session, attributes.returnUrls ?? [])];
  });
