/* What the cache did, as bars with numbers: a share needs no axis of time. */
import { byId, el, show } from './dom.js';
import { count, percent } from './format.js';

const meanings = {
  Hit: 'answered from the cache',
  Stale: 'answered with an old copy, because the tenant fails or the budget is short',
  Collapsed: 'answered with what another call fetched',
  Revalidated: 'the tenant said that nothing has changed',
  Miss: 'fetched from the tenant',
  Write: 'writes, which are never cached',
  Bypass: 'past the cache',
};

const place = () => {
  const known = byId('cache');
  if (known) return known;
  const made = el('figure', { id: 'cache', 'data-chart': 'cache' });
  byId('charts').append(made);
  return made;
};

export const showCache = ({ cache, summedMinutes }) => {
  const all = Object.values(cache).reduce((sum, value) => sum + value, 0);
  const rows = Object.entries(cache).map(([verdict, value]) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, verdict, el('span', { class: 'soft' }, meanings[verdict])),
      el('td', { class: 'number' }, count(value)),
      el('td', { class: 'number' }, percent(value, all)),
      el('td', { class: 'share' }, el('progress', { max: Math.max(1, all), value, 'aria-hidden': 'true' })),
    ),
  );
  show(
    place(),
    el(
      'figcaption',
      {},
      el('strong', {}, 'Verdicts of the cache'),
      el('span', { class: 'soft' }, ` Of the last ${summedMinutes} minutes. Functions write them once a minute.`),
    ),
    el(
      'table',
      { class: 'bars' },
      el('caption', { class: 'hidden' }, 'Verdicts of the cache'),
      el('tbody', {}, ...rows),
    ),
  );
};
