/* Subscriptions of the application: state, filter, and what waits for delivery. */
import { el } from '../ops/dom.js';
import { count } from '../ops/format.js';
import { badge, button, facts, fill, lacking, soft } from './parts.js';
import { at } from './times.js';

/** Each asks for its health: one call. The others ask when the person wants to know. */
const askedAtOnce = 5;
const atOnce = 20;

const tones = { active: 'ok', ok: 'ok', pending: 'trouble', paused: 'trouble', degraded: 'trouble', failing: 'bad' };
const orMore = (value) => (value >= 1_000 ? '1,000 or more' : count(value));

const nameOf = (arn) => arn.split(':').at(-1);

const healthOf = async (session, id) => {
  const { data } = await session.ask(`v1/subscriptions/${encodeURIComponent(id)}/health`);
  const { state, reason, pending, deadLetters, oldestUndeliveredAt, lastSentAt } = data.attributes;
  return facts([
    ['Health', el('span', {}, badge(state, tones[state]), reason ? ` ${reason}` : '')],
    ['Wait for delivery', orMore(pending)],
    ['Oldest waits since', oldestUndeliveredAt && at(oldestUndeliveredAt)],
    ['Dead letters', orMore(deadLetters)],
    ['Last sent', lastSentAt && at(lastSentAt)],
  ]);
};

const toItem = (session, { id, attributes }, isAsked) => {
  const { state, queueArn, filter, startAt, latestOnlySeconds, enriched } = attributes;
  const health = el('div', {});
  const load = () => fill(session, health, () => healthOf(session, id));
  if (isAsked) load();
  else health.append(button('Show its health', load));
  return el(
    'li',
    { class: 'block' },
    el('h3', {}, nameOf(queueArn), ' ', badge(state, tones[state])),
    state === 'pending' &&
      soft('Return the code that was sent to your queue: POST /v1/subscriptions/{id}/confirmation.'),
    facts([
      ['Id', el('code', {}, id)],
      ['Queue', el('code', {}, queueArn)],
      ['Gets', filter ? el('code', {}, JSON.stringify(filter)) : 'every event'],
      ['Since', at(startAt)],
      ['Latest only', latestOnlySeconds && `one event per entity in ${latestOnlySeconds} s`],
      ['With the document', enriched ? 'yes' : undefined],
    ]),
    health,
  );
};

/** Those that are not shown at once wait behind a button: an application may have many. */
const inParts = (session, all) => {
  const list = el('ul', { class: 'items' });
  const more = el('p', {});
  const put = (from) => {
    const some = all.slice(from, from + atOnce);
    list.append(...some.map((one, index) => toItem(session, one, from + index < askedAtOnce)));
    const left = all.length - from - some.length;
    more.replaceChildren(...(left > 0 ? [button(`Show more (${count(left)} left)`, () => put(from + atOnce))] : []));
  };
  put(0);
  return el('div', {}, list, more);
};

export const showSubscriptions = (session, place, { id }, may) =>
  fill(session, place, async () => {
    if (!may('subscriptions:read') && !may('notifications-admin:read'))
      return lacking('subscriptions:read', 'The list of your subscriptions');
    const { data } = await session.ask('v1/subscriptions');
    const own = data.filter(({ attributes }) => attributes.consumerId === id);
    if (own.length === 0)
      return soft('No subscription. POST /v1/subscriptions has the events of the tenant sent to a queue.');
    return [
      el('p', {}, own.length === 1 ? 'One subscription.' : `${count(own.length)} subscriptions.`),
      inParts(session, own),
    ];
  });
