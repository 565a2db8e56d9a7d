/** The question `scaling`: its simulations keep the promises that they show, and docs/scaling.md has their figures. */
import { describe, expect, it } from 'vitest';
import { hasResult, readDocument, readResult, withTables } from '../../bench/documents.ts';
import { baseLoad, factors } from '../../bench/scaling/base-load.ts';
import { simulateBudget } from '../../bench/scaling/budget.ts';
import { fanOutAt, mostItemBytes, mostSubscriptions } from '../../bench/scaling/fan-out.ts';
import { limitRow, limitsOf } from '../../bench/scaling/limits.ts';
import { simulateReads } from '../../bench/scaling/reads.ts';
import { nonEmpty } from '../support/non-empty.ts';

const rowsOf = (name: string) => readResult('scaling').tables.find((table) => table.name === name)?.rows ?? [];

describe('the simulation of reads', () => {
  it('can be repeated, and a larger load needs fewer calls for a read', async () => {
    const small = { factor: 1, warmSeconds: 30, seconds: 30, isSwept: true };
    const [one, again] = [await simulateReads(small), await simulateReads(small)];
    expect(again).toEqual(one);
    const large = await simulateReads({ ...small, factor: 20 });
    expect(large.reads).toBeGreaterThan(15 * one.reads);
    expect(large.fetches / large.reads).toBeLessThan(one.fetches / one.reads);
  });
});

describe('the simulation of the budget', () => {
  it('answers what the tenant allows and no more, and calls that find no execution are counted', async () => {
    const figures = await simulateBudget({ perSecond: 40, seconds: 30, consumers: 20, executions: 20 });
    const { wanted, answered, refused, throttled, mostExecutions } = figures;
    expect(answered).toBeGreaterThan(500);
    expect(answered).toBeLessThanOrEqual(1_000);
    expect(mostExecutions).toBe(20);
    expect(answered + refused + throttled).toBeGreaterThan(wanted - 21);
    expect(figures.mostItemBytes).toBeGreaterThan(100);
  });
});

describe('the items of a fan-out', () => {
  it('fit up to the most subscriptions, and no further', () => {
    const most = mostSubscriptions();
    const bytesAt = (count: number): number => Math.max(fanOutAt(count).headBytes, fanOutAt(count).entryBytes);
    expect(bytesAt(most - 100)).toBeLessThan(mostItemBytes);
    expect(bytesAt(most + 100)).toBeGreaterThan(mostItemBytes);
  });
});

describe('the arithmetic of limits', () => {
  it('marks what exceeds its limit, and says at which multiple', () => {
    const limit = { limit: 'any', most: 50, unit: 'units', used: 2, grows: true };
    expect(limitRow(limit)).toMatchObject({
      at1: '2',
      at10: '20',
      at100: '200 !',
      at1000: '2,000 !',
      reached: '25 times',
    });
    expect(limitRow({ ...limit, grows: false })).toMatchObject({ at1000: '2', reached: 'never' });
  });
});

describe('docs/scaling.md', () => {
  it.runIf(hasResult('scaling'))('has the figures of the last full run', () => {
    const text = readDocument('scaling');
    expect(text).toBe(withTables(text, readResult('scaling')));
    expect(rowsOf('reads').map(({ factor }) => factor)).toEqual(factors);
    expect(rowsOf('budget').map(({ factor }) => factor)).toEqual(factors);
  });

  it.runIf(hasResult('scaling'))('has the arithmetic as the code has it now', () => {
    const known = rowsOf('limits').filter(({ reached }) => reached !== 'never');
    expect(known).toEqual(
      limitsOf(0)
        .map(limitRow)
        .filter(({ reached }) => reached !== 'never'),
    );
    const fresh = factors.map((factor) => fanOutAt(baseLoad.subscriptions * factor));
    expect(rowsOf('fan-out').map(({ writeUnits }) => writeUnits)).toEqual(fresh.map(({ writeUnits }) => writeUnits));
  });

  it('has a section for each limit that the arithmetic shows', () => {
    const text = readDocument('scaling');
    for (const service of ['API Gateway', 'Lambda', 'DynamoDB', 'SQS', 'S3', 'KMS', 'CloudWatch', 'CloudFormation'])
      expect(text).toMatch(new RegExp(`^### .*${service}`, 'm'));
    expect(nonEmpty(limitsOf(0)).length).toBeGreaterThan(10);
  });
});
