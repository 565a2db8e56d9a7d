/* Recent requests of the application, each with the facade's explanation. */
import { el, facadeUrl } from '../ops/dom.js';
import { count, millis } from '../ops/format.js';
import { badge, button, facts, fill, pagedList } from './parts.js';
import { at } from './times.js';

const toneOf = (status) => (status >= 500 ? 'bad' : status >= 400 ? 'trouble' : 'ok');

const sendsOf = (sends) => {
  if (sends.length === 0) return 'nothing';
  return sends.map(({ answered, status }) => (answered ? `answered ${status}` : 'not answered')).join(', then ');
};

const quotaOf = ({ outcome, waitedMillis, refusedBy, retryAt }) =>
  [
    outcome,
    waitedMillis ? `waited ${millis(waitedMillis)}` : '',
    refusedBy ? `refused by ${refusedBy}` : '',
    retryAt ? `try again at ${at(retryAt)}` : '',
  ]
    .filter(Boolean)
    .join(', ');

const explain = ({ id, attributes }) => {
  const { cacheStatus, quota, sends, errorCode, reason, scope, credentialKind, durationMillis, standsFor } = attributes;
  const code =
    errorCode &&
    el('a', { href: new URL(`docs/guides/errors#${encodeURIComponent(errorCode)}`, facadeUrl).href }, errorCode);
  return facts([
    ['Why', reason],
    ['Error', code],
    ['Sent to the tenant', sendsOf(sends)],
    ['Cache', cacheStatus && el('code', {}, cacheStatus)],
    ['Quota', quota && quotaOf(quota)],
    ['Scope', scope && el('code', {}, scope)],
    ['Ran as', credentialKind],
    ['Took', millis(durationMillis)],
    ['Stands for', standsFor > 1 ? `${count(standsFor)} requests like it` : undefined],
    ['Request id', el('code', {}, id)],
  ]);
};

const toItem = (entry) => {
  const { attributes } = entry;
  if (entry.type === 'hits')
    return el(
      'li',
      { class: 'line' },
      badge('cache', 'ok'),
      ` ${count(attributes.standsFor)} answered without a call to the tenant, in the minute of ${at(attributes.startedAt)}`,
    );
  const { status, method, operation, startedAt } = attributes;
  const line = el(
    'summary',
    {},
    badge(String(status), toneOf(status)),
    el('span', { class: 'grow' }, operation ?? method),
    el('span', { class: 'soft' }, at(startedAt)),
  );
  return el('li', {}, el('details', {}, line, explain(entry)));
};

export const showRequests = (session, place, { id }) => {
  const parameters = new URLSearchParams({ 'page[limit]': '20', 'filter[consumer]': id });
  const load = async () => [
    await pagedList(session, `v1/requests?${parameters}`, toItem, 'No request in the last 24 hours.'),
    el(
      'p',
      {},
      button('Ask again', () => fill(session, place, load)),
    ),
  ];
  return fill(session, place, load);
};
