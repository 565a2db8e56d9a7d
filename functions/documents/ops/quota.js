/* Who uses it up? The window of the tenant's limit, and the applications in it. */
import { byId, el, runbookLink, show, table } from './dom.js';
import { count, percent } from './format.js';

/** From this share on, the alarm NearTenantLimit rings. */
const nearPercent = 90;

const meter = (used, limit) => {
  const share = limit === 0 ? 0 : (100 * used) / limit;
  const level = share >= nearPercent ? 'failed' : share >= 70 ? 'degraded' : 'ok';
  const label = `${percent(used, limit)} of the limit is used`;
  return el(
    'div',
    { 'data-state': level },
    el('progress', { max: Math.max(1, limit), value: used, 'aria-label': label }),
  );
};

const notes = ({ limit, configuredLimit, pausedSeconds, windowSeconds, free, moreInSeconds }) => [
  el(
    'p',
    { class: 'soft' },
    `${count(free)} free in this window of ${windowSeconds} s. More is free in ${moreInSeconds} s.`,
  ),
  limit < configuredLimit &&
    el(
      'p',
      { class: 'warning' },
      `The tenant has answered 429, so the facade keeps below ${count(limit)} instead of ${count(configuredLimit)}. `,
      runbookLink('the-tenant-answers-429'),
    ),
  pausedSeconds > 0 &&
    el('p', { class: 'warning' }, `All calls pause for ${pausedSeconds} s. `, runbookLink('the-tenant-answers-429')),
];

const columns = (limit) => [
  {
    title: 'Application',
    cell: ({ consumerId, priority, isWaiting }) => [
      consumerId,
      el('div', { class: 'soft' }, isWaiting ? `${priority}, waits` : priority),
    ],
  },
  { title: 'Last 60 s', isNumber: true, cell: ({ unitsLastMinute }) => count(unitsLastMinute) },
  { title: 'Of the limit', isNumber: true, cell: ({ unitsLastMinute }) => percent(unitsLastMinute, limit) },
];

export const showQuota = ({ data: { attributes } }) => {
  const { used, limit, consumers, nearLimit } = attributes;
  const sorted = consumers.toSorted((a, b) => b.unitsLastMinute - a.unitsLastMinute);
  show(
    byId('quota'),
    el('p', { class: 'figure' }, el('strong', {}, count(used)), ` of ${count(limit)} calls to the tenant`),
    meter(used, limit),
    nearLimit && el('p', { class: 'warning' }, 'Near the limit. ', runbookLink('near-the-limit-of-the-tenant')),
    ...notes(attributes),
    table(
      'Applications by calls in the last 60 s',
      columns(limit),
      sorted,
      'No application has called the tenant lately.',
    ),
  );
  return { used, limit };
};
