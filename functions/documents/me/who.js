/* Who the facade takes the key for, and what the key may do. */
import { el } from '../ops/dom.js';
import { badge, button, facts, soft } from './parts.js';
import { describeScope } from './scopes.js';
import { at, days, daysUntil } from './times.js';

/** A key that ends soon should be replaced in time. */
const soonDays = 30;

const expiryOf = (key, nowMillis) => {
  if (key === undefined) return undefined;
  if (key.expiresAt === undefined) return 'never';
  const left = daysUntil(key.expiresAt, nowMillis);
  const tone = left < soonDays ? 'trouble' : 'ok';
  return el('span', {}, `${at(key.expiresAt)} `, badge(left < 1 ? 'today or tomorrow' : `in ${days(left)}`, tone));
};

const actors = {
  service: 'the service account',
  user: 'people who linked a token',
  bearer: 'the token that a call brings',
};

export const showWho = (place, { id, attributes }, { session, signOut, nowMillis }) => {
  const { key, displayName, contact, actsAs, onBehalfOf } = attributes;
  place.replaceChildren(
    el(
      'div',
      { class: 'row between' },
      el('h2', { id: 'name', tabindex: '-1' }, displayName ?? id),
      button('Sign out', signOut, { id: 'sign-out' }),
    ),
    facts([
      ['Application', displayName && el('code', {}, id)],
      ['Key', el('span', {}, el('code', {}, session.prefix), key ? ` (${key.id})` : '')],
      ['Key expires', expiryOf(key, nowMillis)],
      ['Calls run as', actsAs.map((kind) => actors[kind] ?? kind).join(', else ')],
      ['This call is for', onBehalfOf],
      ['Contact', contact],
    ]),
  );
};

const wideNote = (scopes) =>
  scopes.some((scope) => /^\*:/.test(scope)) &&
  soft('A star covers no group that administers the facade: a scope must name such a group.');

export const showScopes = (place, { attributes: { scopes }, meta }) => {
  const unknown = meta?.unknownScopes ?? [];
  if (scopes.length === 0)
    return place.replaceChildren(soft('This key has no scope. It can ask who it is, and nothing else.'));
  const items = scopes.map((scope) =>
    el(
      'li',
      {},
      el('span', {}, el('code', {}, scope)),
      el('span', {}, describeScope(scope)),
      unknown.includes(scope) && badge('stands for nothing', 'trouble'),
    ),
  );
  return place.replaceChildren(...[el('ul', { class: 'scopes' }, items), wideNote(scopes)].filter(Boolean));
};
