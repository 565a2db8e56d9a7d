import { describe, expect, it } from 'vitest';
import type { RequestStore } from '../../../shared/requests/request-log.ts';
import { aRecord } from './support.ts';

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

    it('keeps the first of two under one id', async () => {
      const store = await create();
      await store.put(full);
      await store.put(aRecord());
      expect(await store.read(full.requestId)).toEqual(full);
    });
  });
