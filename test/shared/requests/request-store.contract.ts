import { describe, expect, it } from 'vitest';
import { requestIdOf } from '../../../functions/edge/http-request.ts';
import {
  beforeInstant,
  type RequestStore,
  recordPosition,
  sumPosition,
} from '../../../shared/requests/request-store.ts';
import { dayMillis, hourMillis } from '../../../shared/time/units.ts';
import { aRecord, startMillis } from './support.ts';

const full = aRecord({
  operation: 'GET /entities/{eid}',
  scope: 'entities:read',
  credentialKind: 'service',
  cacheStatus: 'fwd=uri-miss; stored; ttl=48',
  quota: { outcome: 'refused', priority: 'interactive', asked: 2, units: 1, waitedMillis: 8_000 },
  refusal: { limit: 'tenant', retryAtMillis: 1_800_000_003_000 },
  sends: [503, 0],
  status: 429,
  errorCode: 'TOO_MANY_REQUESTS',
});

export const requestStoreContract = (name: string, create: () => Promise<RequestStore>) =>
  describe(`RequestStore contract: ${name}`, () => {
    it('gives back what was put, with every part or with few, and nothing for an unknown id', async () => {
      const store = await create();
      const few = aRecord({ requestId: 'other', sends: [] });
      await Promise.all([store.put(full), store.put(few)]);
      expect(await store.read(full.requestId)).toEqual(full);
      expect(await store.read('other')).toEqual(few);
      expect(await store.read('unknown')).toBeUndefined();
    });

    it('finds a record by an id that begins with its instant, with its consumer or with all of the day', async () => {
      const store = await create();
      const record = { ...full, requestId: requestIdOf(full.requestId, full.startedAtMillis) };
      const others = Array.from({ length: 45 }, (_, index) => `app-${index}`);
      const day = startMillis - (startMillis % dayMillis);
      await Promise.all([...others, 'app', 'zebra'].map((consumerId) => store.noteConsumer(consumerId, day)));
      await store.put(record);
      await store.put({
        ...record,
        requestId: requestIdOf(full.requestId, startMillis + 1),
        startedAtMillis: startMillis + 1,
      });
      expect(await store.read(record.requestId, 'app')).toEqual(record);
      expect(await store.read(record.requestId)).toEqual(record);
      expect(await store.read(record.requestId, 'zebra')).toBeUndefined();
      expect(await store.read(requestIdOf(full.requestId, startMillis + 2))).toBeUndefined();
    });

    it('finds a record whose id says another instant than it has', async () => {
      const store = await create();
      const record = { ...full, requestId: requestIdOf(full.requestId, startMillis - 1) };
      await store.put(record);
      expect(await store.read(record.requestId, 'app')).toEqual(record);
      expect(await store.read(record.requestId)).toEqual(record);
    });

    it('keeps the first of two under one id', async () => {
      const store = await create();
      await store.put(full);
      await store.put(aRecord());
      expect(await store.read(full.requestId)).toEqual(full);
    });

    const at = (millis: number, requestId: string) => aRecord({ startedAtMillis: startMillis + millis, requestId });
    const hour = startMillis - (startMillis % hourMillis);

    it('lists what one consumer has in one hour, newest first, from a position', async () => {
      const store = await create();
      const mine = [at(0, 'a'), at(0, 'b'), at(5, 'c'), at(7, 'd')];
      const others = [at(hourMillis, 'next-hour'), aRecord({ requestId: 'other', consumerId: 'app-2' })];
      await Promise.all([...mine, ...others, at(0, 'a')].map((record) => store.put(record)));
      const list = async (before: string, limit: number) =>
        (await store.list('app', hour, before, limit)).map((entry) => 'record' in entry && entry.record.requestId);
      const all = beforeInstant(hour + hourMillis);
      expect(await list(all, 10)).toEqual(['d', 'c', 'b', 'a']);
      expect(await list(all, 2)).toEqual(['d', 'c']);
      expect(await list(recordPosition(at(0, 'b')), 10)).toEqual(['a']);
      expect(await list(beforeInstant(startMillis), 10)).toEqual([]);
      expect(await store.list('nobody', hour, all, 10)).toEqual([]);
    });

    it('adds hits of a minute, and a repeated write once', async () => {
      const store = await create();
      const sum = { consumerId: 'app', minuteMillis: startMillis - (startMillis % 60_000) };
      const write = (hits: number, id: string) => store.addHits({ ...sum, hits }, id, startMillis / 1_000 + 60);
      for (const [hits, id] of [
        [3, 'w1'],
        [3, 'w1'],
        [4, 'w2'],
      ] as const)
        await write(hits, id);
      await Promise.all(Array.from({ length: 5 }, (_, index) => write(1, `parallel-${index}`)));
      expect(await store.list('app', hour, beforeInstant(hour + hourMillis), 10)).toEqual([
        { position: sumPosition(sum), sum: { ...sum, hits: 12 } },
      ]);
    });

    it('knows the consumers of a day', async () => {
      const store = await create();
      for (const id of ['b', 'a', 'b']) await store.noteConsumer(id, 86_400_000);
      expect(await store.consumersOn(86_400_000)).toEqual(['a', 'b']);
      expect(await store.consumersOn(0)).toEqual([]);
    });
  });
