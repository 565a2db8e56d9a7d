/* The alarms of a twin: those that ring first, and each change as it happens. */
import { byId, el, runbookLink, show } from './dom.js';
import { counted, duration, time } from './format.js';

const words = { ALARM: 'ALARM', OK: 'OK', INSUFFICIENT_DATA: 'no data' };
const states = new Map();

const item = ({ id, state, sinceMillis, what, section, watchedMillis }, nowMillis) => {
  const isRinging = state === 'ALARM';
  const looksBack = watchedMillis === undefined ? '' : ` It looks back ${duration(watchedMillis)}.`;
  return el(
    'li',
    { 'data-alarm': id, 'data-state': state },
    el('span', { class: 'pill' }, words[state]),
    el('strong', {}, id),
    isRinging && el('p', {}, `${what}. Rings for ${duration(nowMillis - sinceMillis)}.${looksBack}`),
    el(
      'p',
      { class: 'soft' },
      section && runbookLink(section, isRinging ? `Runbook: ${id}` : 'Runbook'),
      !isRinging && ` ${what}.`,
    ),
  );
};

/** The alarms whose state is another one than at the last look. At the first look none is. */
const changesIn = (alarms) => {
  const changed = alarms.filter(({ id, state }) => states.has(id) && states.get(id) !== state);
  const withBefore = changed.map((alarm) => ({ ...alarm, before: states.get(alarm.id) }));
  for (const { id, state } of alarms) states.set(id, state);
  return withBefore;
};

const note = (change) => {
  byId('change-list').prepend(
    el('li', {}, `${time(change.sinceMillis)} ${change.id}: ${words[change.before]} → ${words[change.state]}`),
  );
};

/** @returns those that ring. */
export const showAlarms = ({ alarms, nowMillis }) => {
  const changes = changesIn(alarms);
  changes.forEach(note);
  // A new alarm has no data; its first state is no news.
  const news = changes.filter(({ before, state }) => before === 'ALARM' || state === 'ALARM');
  if (news.length > 0)
    byId('news').textContent = news.map(({ id, state }) => `The alarm ${id} is now ${words[state]}.`).join(' ');
  const ringing = alarms.filter(({ state }) => state === 'ALARM');
  const silent = alarms.filter(({ state }) => state === 'INSUFFICIENT_DATA').length;
  const toNextSeconds = 60 - Math.floor((nowMillis % 60_000) / 1_000);
  byId('alarms-about').textContent =
    `${counted(ringing.length, 'rings', 'ring')}, ${counted(alarms.length - ringing.length - silent, 'is OK', 'are OK')}, ${counted(silent, 'has no data', 'have no data')}. The twin decides at each full minute, in ${toNextSeconds} s.`;
  show(
    byId('alarm-list'),
    ...ringing.map((alarm) => item(alarm, nowMillis)),
    el('li', { class: 'rest' }, rest(alarms, nowMillis)),
  );
  return ringing;
};

const rest = (alarms, nowMillis) => {
  const others = alarms.filter(({ state }) => state !== 'ALARM');
  return el(
    'details',
    { open: byId('alarm-list').querySelector('details')?.open ?? false },
    el(
      'summary',
      { 'data-focus': 'other-alarms' },
      counted(others.length, 'alarm that does not ring', 'alarms that do not ring'),
    ),
    el('ul', { class: 'grid' }, ...others.map((alarm) => item(alarm, nowMillis))),
  );
};
