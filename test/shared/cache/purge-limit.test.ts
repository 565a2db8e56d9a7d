import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryPurgeLog } from '../../../shared/cache/adapters/purge-log.ts';
import { createPurgeLimit, type PurgeLog } from '../../../shared/cache/purge-limit.ts';
import { AppError } from '../../../shared/errors/app-error.ts';

const setUp = (log: PurgeLog = createMemoryPurgeLog()) => {
  let nowMillis = 1_000_000;
  const clock = { nowMillis: () => nowMillis };
  const advance = (millis: number): void => {
    nowMillis += millis;
  };
  return { log, clock, advance, limit: createPurgeLimit(log, clock) };
};

/** Undefined when the purge was counted. */
const refusalOf = async (purge: Promise<void>): Promise<AppError | undefined> => {
  const error: unknown = await purge.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined || error instanceof AppError) return error;
  throw error;
};

describe('purges of everything or of a group', () => {
  it('are six in 60 s, and the refusal says whose limit it is and when to come back', async () => {
    const { limit, advance } = setUp();
    for (let index = 0; index < 6; index += 1) {
      await limit.takeWide();
      advance(1_000);
    }
    const refusal = await refusalOf(limit.takeWide());
    expect(refusal).toMatchObject({ code: 'TOO_MANY_REQUESTS', facts: { retryAfterSeconds: 54 } });
    expect(refusal?.facts.detail).toBe(
      'The cache is purged as a whole or by group at most 6 times in 60 s, by all consumers together. A purge of one entity is not counted here. Try again in 54 s.',
    );
    advance(54_000);
    expect(await refusalOf(limit.takeWide())).toBeUndefined();
    expect(await refusalOf(limit.takeWide())).toBeDefined();
  });

  it('are never more in any 60 s, whenever they come, and whoever waits as told is let in', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20_000), { maxLength: 60 }), async (pauses) => {
        const { limit, advance, clock } = setUp();
        const taken: number[] = [];
        for (const pause of pauses) {
          advance(pause);
          const refusal = await refusalOf(limit.takeWide());
          if (refusal) {
            advance((refusal.facts.retryAfterSeconds ?? 0) * 1_000);
            await limit.takeWide();
          }
          taken.push(clock.nowMillis());
        }
        for (const [index, at] of taken.entries())
          expect(at - (taken[index - 6] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(60_000);
      }),
    ));

  it('are six of forty that come at once to as many instances', async () => {
    const { log, clock } = setUp();
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () => refusalOf(createPurgeLimit(log, clock).takeWide())),
    );
    expect(outcomes.filter((refusal) => refusal === undefined)).toHaveLength(6);
  });

  it('are not refused for longer than a minute by an instant that a broken clock has written', async () => {
    const { log, limit, clock } = setUp();
    await log.replace(
      'wide',
      Array.from({ length: 6 }, () => clock.nowMillis() + 86_400_000),
      0,
    );
    expect(await refusalOf(limit.takeWide())).toBeUndefined();
  });

  it('are refused while others write all the time', async () => {
    const log: PurgeLog = { read: async () => ({ instants: [], version: 0 }), replace: async () => false };
    expect(await refusalOf(setUp(log).limit.takeWide())).toMatchObject({ facts: { retryAfterSeconds: 1 } });
  });
});

describe('purges of one entity', () => {
  it('are sixty in 60 s for each consumer, apart from the others and from wide ones', async () => {
    const { limit } = setUp();
    for (let index = 0; index < 60; index += 1) await limit.takeEntity('app');
    expect((await refusalOf(limit.takeEntity('app')))?.facts.detail).toBe(
      'app may purge at most 60 entities in 60 s. Try again in 60 s.',
    );
    expect(await refusalOf(limit.takeEntity('other'))).toBeUndefined();
    expect(await refusalOf(limit.takeWide())).toBeUndefined();
  });
});
