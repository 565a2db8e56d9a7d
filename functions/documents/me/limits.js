/* The limits of the application, and what is left of the tenant's. */
import { el } from '../ops/dom.js';
import { count } from '../ops/format.js';
import { button, fill, lacking, soft } from './parts.js';
import { seconds } from './times.js';

const priorities = {
  interactive: 'interactive: before background work',
  background: 'background: after interactive calls',
};

const tile = (title, figure, more, meter) =>
  el('div', { class: 'tile' }, el('h3', {}, title), el('p', { class: 'figure' }, figure), meter, soft(more));

const meterOf = (label, value, most) =>
  el('meter', { min: 0, max: most, low: most * 0.1, high: most * 0.3, optimum: most, value, 'aria-label': label });

const budget = ({ limit, windowSeconds, used, free, moreInSeconds, pausedSeconds }) => {
  const more =
    pausedSeconds > 0
      ? `The tenant has asked for silence of ${pausedSeconds} s.`
      : `${count(used)} of ${count(limit)} used, by all applications together, in ${seconds(windowSeconds)}. More is free in ${moreInSeconds} s.`;
  return tile(
    'Calls to the tenant, left now',
    count(free),
    more,
    meterOf('Calls to the tenant that are left', free, limit),
  );
};

const ownUse = ({ consumers }, id) => {
  const own = consumers.filter(({ consumerId }) => consumerId === id);
  const sum = own.reduce((total, { unitsLastMinute }) => total + unitsLastMinute, 0);
  const waits = own.some(({ isWaiting }) => isWaiting);
  return tile(
    'Your calls in the last minute',
    count(sum),
    waits ? 'Calls of yours are waiting for their turn.' : 'None of your calls is waiting.',
  );
};

const capTile = ({ units, windowSeconds }) =>
  tile(
    'Your own cap',
    count(units),
    `calls to the tenant in any ${seconds(windowSeconds)}. The answer to a call says what is left of it: RateLimit.`,
  );

const profile = ({ priority, weight, caps }) =>
  tile(
    'Your share when calls wait',
    `weight ${weight}`,
    `${priorities[priority] ?? priority}. ${caps.length === 0 ? 'You have no cap of your own.' : ''}`,
  );

export const showLimits = (session, place, { id, attributes: { quota } }, may) => {
  const load = async () => {
    const own = [...quota.caps.map(capTile), profile(quota)];
    if (!may('quota:read')) return [el('div', { class: 'tiles' }, own), lacking('quota:read', 'What is left now')];
    const { data } = await session.ask('v1/quota');
    const refresh = button('Ask again', () => fill(session, place, load));
    return [
      el('div', { class: 'tiles' }, budget(data.attributes), ownUse(data.attributes, id), own),
      el('p', {}, refresh),
    ];
  };
  return fill(session, place, load);
};
