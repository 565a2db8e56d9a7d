import { describe, expect, it } from 'vitest';
import { interleave } from '../../bench/support/interleave.ts';
import { median, percentile } from '../../bench/support/statistics.ts';

describe('median', () => {
  it('is the middle one of an odd number of samples, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('is not a number without samples', () => {
    expect(median([])).toBeNaN();
  });
});

describe('percentile', () => {
  it('is the smallest sample that the share of all does not exceed', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(samples, 0.99)).toBe(99);
    expect(percentile(samples, 1)).toBe(100);
    expect(percentile(samples, 0.5)).toBe(50);
  });
});

describe('interleave', () => {
  it('visits every subject in each round, in more than one order, and drops the samples of the warm-up', async () => {
    const visits: string[] = [];
    const subject = (name: string) => ({
      name,
      measure: async () => {
        visits.push(name);
        return visits.length;
      },
    });
    const samples = await interleave([subject('a'), subject('b')], { rounds: 12, callsPerRound: 2, warmUpRounds: 3 });
    const rounds = Array.from({ length: 15 }, (_, round) => visits.slice(round * 4, round * 4 + 4).join(''));
    expect(new Set(rounds)).toEqual(new Set(['aabb', 'bbaa']));
    expect(samples.get('a')).toHaveLength(24);
    expect(Math.min(...(samples.get('a') ?? []), ...(samples.get('b') ?? []))).toBe(13);
  });
});
