/* The charts of the page: which there are, and where their numbers come from. Each is drawn when its first numbers come. */
import { createChart } from './charts.js';
import { count, millis } from './format.js';
import { hoursOf } from './usage.js';

/** A chart that is made when it gets its first numbers. */
const later = (chart) => {
  let put;
  return (data) => {
    put ??= createChart(chart);
    put(data);
  };
};

const used = later({
  ...{
    id: 'quota',
    title: 'Window of the limit',
    about: 'Calls to the tenant in the last minute, since this page was opened.',
  },
  series: [{ label: 'used' }, { label: 'limit' }],
  format: count,
});
/** Two hours at one look in 4 s. */
const mostLooks = 1_800;
const looks = { times: [], used: [], limit: [] };

export const putQuota = ({ used: now, limit }) => {
  looks.times.push(Date.now() / 1_000);
  looks.used.push(now);
  looks.limit.push(limit);
  for (const values of Object.values(looks)) values.splice(0, values.length - mostLooks);
  used([[...looks.times], [...looks.used], [...looks.limit]]);
};

const answers = later({
  ...{
    id: 'answers',
    title: 'Answers of the API',
    about: 'In each 15 s of the last ten minutes, those of this page included.',
  },
  series: [{ label: 'fine' }, { label: '4xx' }, { label: '5xx' }],
  format: count,
});
const latency = later({
  ...{ id: 'latency', title: 'Latency', about: 'Until an answer has ended, in each 15 s.' },
  series: [{ label: 'p50' }, { label: 'p95' }, { label: 'p99' }],
  format: millis,
});

export const putAnswers = ({ times, answers: { fine, refused, failed }, latency: { p50, p95, p99 } }) => {
  answers([times, fine, refused, failed]);
  latency([times, p50, p95, p99]);
};

const usage = later({
  ...{ id: 'usage', title: 'Calls by hour', about: 'Of all applications, in the last 24 hours.' },
  series: [{ label: 'calls' }, { label: 'to the tenant' }, { label: 'from the cache' }, { label: 'refused' }],
  format: count,
});

export const putUsage = (document) => {
  const { times, hours } = hoursOf(document);
  const of = (name) => hours.map((hour) => hour[name]);
  usage([times, of('calls'), of('upstreamCalls'), of('hits'), of('refusals')]);
};

export { showCache as putCache } from './cache.js';
