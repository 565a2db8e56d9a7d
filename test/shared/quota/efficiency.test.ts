/** Nothing wasted, fair shares and few writes: figures of a simulated fleet, the same at every run. */
import { describe, expect, it } from 'vitest';
import { jainIndex, quantile } from '../../../bench/quota/figures.ts';
import { mostInAnyWindow, type Scenario, simulate } from '../../../bench/quota/simulate.ts';

const scenario: Scenario = {
  seed: 3,
  limit: 1_000,
  instances: 8,
  minutes: 3,
  demand: 5,
  interactiveShare: 0.024,
  consumers: 5,
  bursts: 0,
  skewMillis: 5_000,
  faults: { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 },
  freezes: 0,
  kills: 0,
  clockSteps: 0,
  slowSends: 0,
  unanswered: 0,
  answerMillis: 300,
  medianMillis: 3,
};

describe('a fleet of eight under five times the demand', async () => {
  const { sends, refused, counts } = await simulate(scenario);
  const steady = sends.filter(({ atMillis }) => atMillis >= 60_000);
  const background = steady.filter(({ priority }) => priority === 'background');

  it('sends at most the limit in any window and at least 99 % of it after the first minute', () => {
    expect(mostInAnyWindow(sends)).toBeLessThanOrEqual(1_000);
    expect(steady.length).toBeGreaterThanOrEqual(0.99 * 2_000);
  });

  it('lets interactive calls wait less than a second while background calls saturate', () => {
    const waits = sends.filter(({ priority }) => priority === 'interactive').map(({ waitedMillis }) => waitedMillis);
    expect(waits.length).toBeGreaterThan(300);
    expect(quantile(waits, 0.99)).toBeLessThan(1_000);
  });

  it('divides evenly between equal consumers', () => {
    const ids = [...new Set(background.map(({ consumerId }) => consumerId))];
    expect(ids).toHaveLength(5);
    expect(jainIndex(ids.map((id) => background.filter(({ consumerId }) => consumerId === id).length))).toBeGreaterThan(
      0.99,
    );
  });

  it('writes at most once for an admitted call and next to nothing for a refused one', () => {
    expect(refused).toBeGreaterThan(10_000);
    expect(counts.writes / counts.admitted).toBeLessThanOrEqual(1);
    expect(counts.marks / refused).toBeLessThanOrEqual(0.01);
  });
});

describe('consumers that are spread unevenly over the instances', () => {
  it.each([
    ['background', 0],
    ['interactive', 1],
  ])('get equal shares of a saturated budget: %s', async (_priority, interactiveShare) => {
    // One instance serves `alone`, the seven others serve three consumers.
    const spread = { ...scenario, demand: 8, interactiveShare, consumers: 3, isOneAlone: true };
    const { sends, counts } = await simulate(spread);
    const steady = sends.filter(({ atMillis }) => atMillis >= 60_000).map(({ consumerId }) => consumerId);
    const shares = ['alone', 'c0', 'c1', 'c2'].map((id) => steady.filter((consumerId) => consumerId === id).length);
    expect(jainIndex(shares)).toBeGreaterThan(0.99);
    expect(counts.writes / counts.admitted).toBeLessThanOrEqual(1);
  });
});
