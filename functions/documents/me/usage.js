/* What the application used: a bar for each day, and the numbers as a table. */
import { el, table } from '../ops/dom.js';
import { bytes, count, counted } from '../ops/format.js';
import { fill, soft } from './parts.js';
import { dayMillis, dayOf } from './times.js';

const shownDays = 14;
const summed = ['calls', 'hits', 'upstreamCalls', 'refusals', 'errors', 'bytes'];
const nothing = () => Object.fromEntries(summed.map((name) => [name, 0]));

const add = (sum, attributes) => {
  for (const name of summed) sum[name] += attributes[name];
  return sum;
};

/** A row for each of the last days, the oldest first: keys of the application are added up, days without a call are zero. */
export const dailyUse = (data, nowMillis) => {
  const today = nowMillis - (nowMillis % dayMillis);
  const rows = new Map(
    Array.from({ length: shownDays }, (_, index) => {
      const from = today - (shownDays - 1 - index) * dayMillis;
      return [from, { from: new Date(from).toISOString(), ...nothing() }];
    }),
  );
  for (const { attributes } of data) {
    const row = rows.get(Date.parse(attributes.from));
    if (row) add(row, attributes);
  }
  return [...rows.values()];
};

const svg = (tag, props, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
};

const [width, height, barWidth] = [700, 160, 34];

const barsOf = (row, index, most) => {
  const x = index * 50 + 8;
  const heightOf = (value) => (value === 0 ? 0 : Math.max(2, (value / most) * height));
  const bar = (className, value) =>
    svg('rect', { class: className, x, y: height - heightOf(value), width: barWidth, height: heightOf(value), rx: 3 });
  return svg(
    'g',
    {},
    svg(
      'title',
      {},
      `${dayOf(row.from)}: ${counted(row.calls, 'call')}, ${count(row.upstreamCalls)} sent to the tenant`,
    ),
    bar('bar-calls', row.calls),
    bar('bar-upstream', Math.min(row.calls, row.upstreamCalls)),
    svg('text', { x: x + barWidth / 2, y: height + 18, 'text-anchor': 'middle' }, dayOf(row.from).split(' ')[0]),
  );
};

const chart = (rows) => {
  const most = Math.max(1, ...rows.map(({ calls }) => calls));
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${width} ${height + 26}`, 'aria-hidden': 'true' },
    svg('line', { class: 'base', x1: 0, x2: width, y1: height, y2: height }),
    ...rows.map((row, index) => barsOf(row, index, most)),
  );
  return el(
    'figure',
    { class: 'bars' },
    drawing,
    el(
      'figcaption',
      { class: 'soft' },
      el('span', { class: 'swatch calls' }),
      ` calls (the highest bar is ${count(most)}) `,
      el('span', { class: 'swatch upstream' }),
      ' of these, sent to the tenant',
    ),
  );
};

const numbers = (rows) =>
  table(
    'Use by day',
    [
      { title: 'Day (UTC)', cell: ({ from }) => dayOf(from) },
      ...[
        ['Calls', 'calls'],
        ['From the cache', 'hits'],
        ['To the tenant', 'upstreamCalls'],
        ['Refused (429)', 'refusals'],
        ['Errors', 'errors'],
      ].map(([title, name]) => ({ title, isNumber: true, cell: (row) => count(row[name]) })),
      { title: 'Sent to you', isNumber: true, cell: (row) => bytes(row.bytes) },
    ],
    [...rows].reverse(),
    'No calls.',
  );

export const sentenceOf = (sum) =>
  `${counted(sum.calls, 'call')}: ${count(sum.hits)} answered from the cache, ${count(sum.upstreamCalls)} sent to the tenant, ${count(sum.refusals)} refused by a limit, ${counted(sum.errors, 'error')}. ${bytes(sum.bytes)} were sent to you.`;

export const showUsage = (session, place, { id }, nowMillis) =>
  fill(session, place, async () => {
    const from = new Date(nowMillis - (nowMillis % dayMillis) - (shownDays - 1) * dayMillis).toISOString();
    const parameters = new URLSearchParams({
      granularity: 'day',
      'page[limit]': '1000',
      'filter[consumer]': id,
      'filter[from]': from,
    });
    const { data, links } = await session.ask(`v1/usage?${parameters}`);
    const rows = dailyUse(data, nowMillis);
    const sum = rows.reduce(add, nothing());
    if (sum.calls === 0) return soft('No call in this time. Calls appear here some seconds after their answer.');
    const rest = links.next ? ' There is more than is shown here: see GET /v1/usage.' : '';
    return [
      el('p', {}, sentenceOf(sum), rest),
      chart(rows),
      el('details', {}, el('summary', {}, 'The numbers, day by day'), numbers(rows)),
    ];
  });
