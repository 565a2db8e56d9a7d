/** What a write costs in records, and when: nothing before the quota has admitted it, everything before it is sent. */
import { describe, expect, it } from 'vitest';
import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { type AuditOptions, createAudit } from '../../../shared/audit/audit.ts';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { QuotaGate } from '../../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../../shared/exchange/quota-profile.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../../shared/idempotency/idempotency.ts';
import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { createQuotaGate } from '../../../shared/quota/gate.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { systemTicker } from '../../../shared/quota/ticker.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { startUpstream } from '../../support/upstream.ts';
import { failing, jsonApi } from './support.ts';

/** Tells of each call of the named members. */
const spied = <Port extends object>(port: Port, names: readonly (keyof Port)[], tell: (name: string) => void): Port => {
  const spies = names.map((name) => [
    name,
    (...args: unknown[]) => {
      tell(String(name));
      return (port[name] as (...given: unknown[]) => unknown)(...args);
    },
  ]);
  return { ...port, ...Object.fromEntries(spies) };
};

/** A pipeline with all its records, in front of a tenant that accepts everything. The test sees each write of a record. */
const create = async (
  quota: QuotaGate,
  { audit = {}, onSend }: { audit?: Partial<AuditOptions>; onSend?: ReturnType<typeof createQuotaGate>['onSend'] } = {},
) => {
  const told: string[] = [];
  const tell = (what: string) => void told.push(what);
  const { url, seen } = await startUpstream((_request, response) => {
    tell('send');
    response.writeHead(201, jsonApi).end('{"data":{"id":"experiment:e1"}}');
  });
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const pause = async () => {};
  const log = createMemoryAuditLog(Date.now);
  const append: typeof log.append = async (record) => {
    tell(record.stage);
    return log.append(record);
  };
  const keys = createMemoryIdempotencyStore();
  const cacheStore = spied(createMemoryCacheStore(systemClock), ['beginWrite', 'endWrite', 'purge'], tell);
  const { pipeline } = await createTestPipeline(url, {
    quota,
    ...(onSend ? { onSend } : {}),
    cache: createAnswerCache({ store: cacheStore, clock: systemClock, plan: createNativePlanner(cacheStore) }),
    audit: createAudit({
      log: { ...log, append },
      clock: systemClock,
      newId,
      retentionDays: 1,
      whenStoreFails: 'refuse',
      onLost: () => {},
      pause,
      ...audit,
    }),
    idempotency: createIdempotency({
      store: spied(keys, ['begin', 'finish', 'release'], tell),
      clock: systemClock,
      newId,
      lifeHours: 1,
      onFailure: () => {},
      pause,
    }),
  });
  const post = (key?: string) =>
    pipeline.answer(
      nativeRequest({
        method: 'POST',
        path: '/entities/experiment:e1/children',
        headers: [['x-api-key', 'app'], ...(key ? [['idempotency-key', key] as const] : [])],
        body: Buffer.from('{}'),
      }),
    );
  return { post, told, tell, seen };
};

const refusing: QuotaGate = {
  admit: () => Promise.reject(new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 5 })),
};

describe('the records of a write', () => {
  it('are made in one order: key, admission, intent, marks, send, and what came of it', async () => {
    const { post, told, tell } = await create({
      admit: async () => tell('admit'),
      departs: () => tell('departs') === undefined,
    });
    await post('k1');
    expect(told).toEqual([
      'begin',
      'admit',
      'intent',
      'beginWrite',
      'departs',
      'send',
      'endWrite',
      'outcome',
      'finish',
    ]);
  });

  it('are not made for keys that are none: the request goes its way without one', async () => {
    const { post, told, seen } = await create({ admit: async () => {} });
    await post('two words');
    expect(told).not.toContain('begin');
    expect(seen).toHaveLength(1);
  });

  it('are not made for a crowd that the quota refuses', async () => {
    const { post, told } = await create(refusing);
    const answers = await Promise.all(Array.from({ length: 100 }, () => failing(post())));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['TOO_MANY_REQUESTS']));
    expect(told).toEqual([]);
  });

  it('spare the store of keys as well, once the quota has refused one of the crowd', async () => {
    const store = createMemoryQuotaStore(() => Math.floor(Date.now() / 1_000) * 1_000);
    const policy = { ...defaultPolicy, limit: 1, interactiveWaitMillis: 0 };
    const governor = createGovernor({ store, ticker: systemTicker, policy });
    const { gate, onSend } = createQuotaGate({
      governor,
      policy,
      profileOf: () => defaultProfile,
      nowMillis: Date.now,
    });
    const { post, told, seen } = await create(gate, { onSend });
    await post('first');
    await failing(post('second'));
    told.length = 0;
    for (let index = 0; index < 100; index += 1)
      expect(await failing(post(`k${index}`))).toMatchObject({
        code: 'TOO_MANY_REQUESTS',
        facts: { retryAfterSeconds: expect.any(Number) },
      });
    expect(told).toEqual([]);
    expect(seen).toHaveLength(1);
  });

  it('are made once when the unit was too old after them: another one is asked for', async () => {
    let asked = 0;
    const unsent: boolean[] = [];
    const admit = async (): Promise<void> => {
      asked += 1;
    };
    const quota: QuotaGate = { admit, departs: () => asked === 3 };
    const { post, told } = await create(quota, {
      onSend: (_exchange, { kind }) => void unsent.push(kind === 'not-sent'),
    });
    await post();
    expect(told).toEqual(['intent', 'beginWrite', 'send', 'endWrite', 'outcome']);
    expect(unsent).toEqual([true, true, false]);
  });

  it('give the unit back and stop the write when the intent cannot be written', async () => {
    const unsent: boolean[] = [];
    const log = { append: () => Promise.reject(new Error('down')), read: () => expect.unreachable() };
    const { post, told, seen } = await create(
      { admit: async () => {} },
      {
        audit: { log },
        onSend: (_exchange, { kind }) => void unsent.push(kind === 'not-sent'),
      },
    );
    expect(await failing(post())).toMatchObject({ code: 'AUDIT_UNAVAILABLE', facts: { sent: false } });
    expect([unsent, seen.length, told]).toEqual([[true], 0, []]);
  });
});
