/**
 * What batches and certainty cost: `npm run bench:quota-trade`. Simulated: limit 1,000, four minutes, store 4 ms away.
 * Rows differ in one setting each; the figures are of the three minutes after the first, those of writes and reads of all four.
 * Writes / refused: the writes that asked for no unit, for each call refused.
 */
import { jainIndex, quantile } from './figures.ts';
import { mostInAnyWindow, type Scenario, simulate } from './simulate.ts';

const none = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };
const base: Scenario = {
  seed: 1,
  limit: 1_000,
  instances: 8,
  minutes: 4,
  demand: 5,
  interactiveShare: 0.024,
  consumers: 5,
  bursts: 0,
  skewMillis: 5_000,
  faults: none,
  freezes: 0,
  kills: 0,
  clockSteps: 0,
  slowSends: 0,
  unanswered: 0,
  answerMillis: 300,
  medianMillis: 4,
};

const rows: readonly (readonly [string, Partial<Scenario>])[] = [
  ['as configured', {}],
  ...[0, 100, 300, 1_200, 3_000].map(
    (horizonMillis) => [`booked up to ${horizonMillis} ms ahead (600)`, { policy: { horizonMillis } }] as const,
  ),
  ...[150, 1_000, 3_000, 10_000].map(
    (sendGuardMillis) =>
      [`answers unknown, guard ${sendGuardMillis} ms`, { unanswered: 1, policy: { sendGuardMillis } }] as const,
  ),
  ...[500, 5_000, 20_000].map(
    (leaseMillis) => [`lease ${leaseMillis} ms (2000)`, { policy: { leaseMillis } }] as const,
  ),
  ['answers after 2 s', { answerMillis: 4_000 }],
  ...[1, 2, 20, 50].map((instances) => [`${instances} instances`, { instances }] as const),
  ['store 1.5 ms away', { medianMillis: 1.5 }],
  ['store 20 ms away', { medianMillis: 20 }],
  ['demand 1.2', { demand: 1.2, interactiveShare: 0.1 }],
  ['demand 0.5', { demand: 0.5, interactiveShare: 0.24 }],
  ['demand 0.5, store 1.5 ms away', { demand: 0.5, interactiveShare: 0.24, medianMillis: 1.5 }],
  ['demand 0.5, 1 instance', { demand: 0.5, interactiveShare: 0.24, instances: 1 }],
  ['demand 20', { demand: 20, interactiveShare: 0.006 }],
];

console.log(
  '| setting | most in 60 s | used | writes / admitted | writes / refused | reads / admitted | interactive p50, p99 ms | Jain |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const [name, parts] of rows) {
  const { sends, refused, counts } = await simulate({ ...base, ...parts });
  const steady = sends.filter(({ atMillis }) => atMillis >= 60_000);
  const waits = steady.filter(({ priority }) => priority === 'interactive').map(({ waitedMillis }) => waitedMillis);
  const background = steady.filter(({ priority }) => priority === 'background');
  const jain = jainIndex(
    ['c0', 'c1', 'c2', 'c3', 'c4'].map((id) => background.filter((send) => send.consumerId === id).length),
  );
  const cells = [
    name,
    mostInAnyWindow(sends),
    `${((steady.length / 3_000) * 100).toFixed(1)} %`,
    (counts.writes / counts.admitted).toFixed(2),
    (counts.marks / Math.max(1, refused)).toFixed(4),
    (counts.reads / counts.admitted).toFixed(2),
    `${quantile(waits, 0.5)}, ${quantile(waits, 0.99)}`,
    jain.toFixed(4),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
