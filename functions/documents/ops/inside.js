/* Queues, jobs, tokens and subscriptions. A stage that is deployed answers for the last two only. */
import { byId, el, show, table } from './dom.js';
import { count, duration } from './format.js';

const part = (id, title) => {
  const known = byId(id);
  if (known) return known.querySelector('.body');
  const body = el('div', { class: 'body' });
  byId('inside-parts').append(el('section', { id, 'aria-label': title }, el('h3', {}, title), body));
  return body;
};

const queueColumns = [
  { title: 'Queue', cell: ({ name }) => name },
  { title: 'Waiting', isNumber: true, cell: ({ waiting }) => count(waiting) },
  { title: 'In flight', isNumber: true, cell: ({ inFlight }) => count(inFlight) },
];

const filled = ({ waiting, inFlight }) => waiting + inFlight > 0;

export const showQueues = (queues) => {
  const busy = queues.filter(filled);
  const empty = queues.filter((queue) => !filled(queue));
  show(
    part('queues', 'Queues'),
    table('Queues with messages', queueColumns, busy, 'No queue has a message.'),
    el('p', { class: 'soft' }, `Empty: ${empty.map(({ name }) => name).join(', ') || 'none'}.`),
  );
};

const jobColumns = (nowMillis) => [
  { title: 'Job', cell: ({ functionName }) => functionName.replace(/^signals-facade-[^-]+-/, '') },
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Runs for', isNumber: true, cell: ({ startedAtMillis }) => duration(nowMillis - startedAtMillis) },
];

export const showJobs = (jobs, nowMillis) =>
  show(
    part('jobs', 'Jobs'),
    table(
      'Jobs that are under way',
      jobColumns(nowMillis),
      jobs,
      'No job is under way: exports, archive and sealing are done.',
    ),
  );

const tokenColumns = [
  { title: 'Application', cell: ({ consumerId }) => consumerId },
  { title: 'Person', cell: ({ subject }) => subject },
  { title: 'State', cell: ({ state }) => state },
  { title: 'Days left', isNumber: true, cell: ({ daysLeft }) => (daysLeft === undefined ? '–' : count(daysLeft)) },
];
const worth = { dead: 0, doubted: 1, living: 2 };

export const showTokens = ({ data, links }) => {
  const tokens = data.map(({ attributes }) => attributes).sort((a, b) => worth[a.state] - worth[b.state]);
  show(
    part('tokens', 'Tokens of people'),
    table('Linked tokens', tokenColumns, tokens, 'No person has linked a token.'),
    links.next && el('p', { class: 'soft' }, 'There are more than these.'),
  );
};

const subscriptionColumns = [
  { title: 'Application', cell: ({ consumerId }) => consumerId },
  { title: 'Queue', cell: ({ queueUrl }) => queueUrl.split('/').at(-1) },
  { title: 'State', cell: ({ state, health }) => health ?? state },
];

export const showSubscriptions = (subscriptions) =>
  show(
    part('subscriptions', 'Subscriptions'),
    table('Subscriptions', subscriptionColumns, subscriptions, 'No application has a subscription.'),
  );
