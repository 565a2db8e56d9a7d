/* What the applications used in the last 24 hours, and by hour. */
import { byId, el, show } from './dom.js';
import { bytes, counted, usd } from './format.js';
import { usageTable } from './requests.js';

const summed = ['calls', 'hits', 'upstreamCalls', 'refusals', 'errors', 'bytes', 'durationMillis', 'estimatedCostUsd'];

const add = (sum, attributes) => {
  for (const name of summed) sum[name] = (sum[name] ?? 0) + attributes[name];
  return sum;
};

const hourMillis = 3_600_000;

/** Sums of each hour, the oldest first. */
export const hoursOf = ({ data }, nowMillis = Date.now()) => {
  const newest = nowMillis - (nowMillis % hourMillis);
  const times = Array.from({ length: 24 }, (_, index) => newest - (23 - index) * hourMillis);
  const hours = new Map(times.map((at) => [at, { calls: 0, hits: 0, upstreamCalls: 0, refusals: 0 }]));
  for (const { attributes } of data) {
    const hour = hours.get(Date.parse(attributes.from));
    if (hour) for (const name of Object.keys(hour)) hour[name] += attributes[name];
  }
  return { times: times.map((at) => at / 1_000), hours: [...hours.values()] };
};

export const showUsage = ({ data, links }) => {
  const sums = new Map();
  for (const { attributes } of data) {
    const { consumerId } = attributes;
    sums.set(consumerId, add(sums.get(consumerId) ?? { consumerId }, attributes));
  }
  const sorted = [...sums.values()].sort((a, b) => b.upstreamCalls - a.upstreamCalls || b.calls - a.calls);
  const all = sorted.reduce(
    (total, sum) => add(total, sum),
    add({}, Object.fromEntries(summed.map((name) => [name, 0]))),
  );
  show(
    byId('usage'),
    el(
      'p',
      { class: 'soft' },
      `${counted(all.calls, 'call')}, ${bytes(all.bytes)}, estimated ${usd(all.estimatedCostUsd)}. Most calls to the tenant first.`,
      links.next ? ' There is more than one page shows; ask the API for the rest.' : '',
    ),
    usageTable(sorted),
  );
};
