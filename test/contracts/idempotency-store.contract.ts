import { describe, expect, it } from 'vitest';
import type { IdempotencyRecord, IdempotencyStore, StoredOutcome } from '../../shared/idempotency/record.ts';

const now = Date.parse('2026-06-15T12:00:00Z');
const record = (parts: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  fingerprint: 'f1',
  owner: 'one',
  beganMillis: now,
  leaseUntilMillis: now + 1_000,
  deleteAtSeconds: now / 1_000 + 86_400,
  ...parts,
});
const answered: StoredOutcome = {
  kind: 'answer',
  status: 201,
  headers: [
    ['content-type', 'application/json'],
    ['x-two', 'a'],
    ['x-two', 'b'],
  ],
  body: { bytes: new Uint8Array([0, 255, 1]), coding: 'identity' },
};

export const idempotencyStoreContract = (name: string, create: () => Promise<IdempotencyStore>) =>
  describe(`IdempotencyStore contract: ${name}`, () => {
    it('lets the first begin and shows its record to the next', async () => {
      const store = await create();
      expect(await store.begin('k', record(), now)).toBeUndefined();
      expect(await store.begin('k', record({ owner: 'two' }), now)).toEqual(record());
      expect(await store.begin('other', record({ owner: 'two' }), now)).toBeUndefined();
    });

    it('lets exactly one of many begin', async () => {
      const store = await create();
      const tries = Array.from({ length: 20 }, (_, index) => store.begin('k', record({ owner: `o${index}` }), now));
      const standing = await Promise.all(tries);
      expect(standing.filter((one) => one === undefined)).toHaveLength(1);
    });

    it('takes the same try twice: the answer to the first may have been lost', async () => {
      const store = await create();
      await store.begin('k', record(), now);
      expect(await store.begin('k', record(), now)).toBeUndefined();
    });

    it('keeps an outcome and gives it back byte for byte, after the lease too', async () => {
      const store = await create();
      await store.begin('k', record(), now);
      expect(await store.finish('k', record(), answered)).toBe(true);
      expect(await store.finish('k', record(), answered)).toBe(true);
      const standing = await store.begin('k', record({ owner: 'two' }), now + 5_000);
      expect(standing).toEqual(record({ outcome: answered }));
    });

    it.each<[string, StoredOutcome]>([
      ['a head', { kind: 'head', status: 200 }],
      ['an error', { kind: 'error', code: 'UPSTREAM_LATE', detail: 'why' }],
      ['an empty answer', { kind: 'answer', status: 204, headers: [] }],
    ])('keeps %s', async (_what, outcome) => {
      const store = await create();
      await store.begin('k', record(), now);
      await store.finish('k', record(), outcome);
      expect((await store.begin('k', record({ owner: 'two' }), now))?.outcome).toEqual(outcome);
    });

    it('lets the same request take over when the lease is over, and no other request', async () => {
      const store = await create();
      await store.begin('k', record(), now);
      expect(await store.begin('k', record({ owner: 'two' }), now + 999)).toEqual(record());
      expect(await store.begin('k', record({ owner: 'two', fingerprint: 'f2' }), now + 1_000)).toEqual(record());
      expect(await store.begin('k', record({ owner: 'two' }), now + 1_000)).toBeUndefined();
    });

    it('takes no outcome and no release from a try that was taken over', async () => {
      const store = await create();
      await store.begin('k', record(), now);
      await store.begin('k', record({ owner: 'two', leaseUntilMillis: now + 9_000 }), now + 1_000);
      expect(await store.finish('k', record(), answered)).toBe(false);
      await store.release('k', record());
      expect((await store.begin('k', record({ owner: 'three' }), now + 1_000))?.owner).toBe('two');
    });

    it('is free after a release and after its life, whether the record was removed or not', async () => {
      const store = await create();
      await store.begin('k', record(), now);
      await store.release('k', record());
      expect(await store.begin('k', record({ owner: 'two', fingerprint: 'f2' }), now)).toBeUndefined();
      const end = record().deleteAtSeconds * 1_000;
      expect(await store.begin('k', record({ owner: 'three', deleteAtSeconds: end }), end)).toBeUndefined();
    });
  });
