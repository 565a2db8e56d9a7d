/** ArchiveStore: the promises of the port, by each adapter. */
import { describe, expect, it } from 'vitest';
import { createDynamoArchiveStore } from '../../shared/archive/adapters/dynamodb.ts';
import { createMemoryArchiveStore } from '../../shared/archive/adapters/memory.ts';
import type { Claim, Order } from '../../shared/archive/archive-record.ts';
import type { ArchiveStore } from '../../shared/archive/archive-store.ts';
import { claimNumber } from '../../shared/archive/claim.ts';
import { archiveIndexes } from '../../shared/config/names.ts';
import { freshTable } from '../support/tables.ts';

const order = (name: string, more: Partial<Order> = {}): Order => ({
  ...{ name, eid: 'experiment:e1', requestedBy: 'facade', requestedAtMillis: 1_000, state: 'open' },
  ...{ round: 1, version: 1, notBeforeMillis: 1_000, tries: 0 },
  ...more,
});

/** Claims a number for a version that was archived at this minute. */
const claimOf = async (store: ArchiveStore, eid: string, minute: number, more: object = {}): Promise<Claim> => {
  const digest = String(minute);
  const stored = {
    ...{ sha256: 'a'.repeat(64), crc64nvme: 'AAAAAAAAAAA=', sizeBytes: 5, versionId: 'v1' },
    ...{ archivedAt: `2026-11-27T09:${String(minute).padStart(2, '0')}:00.000Z`, lockMode: null, retainUntil: null },
  };
  await store.writeVersion({
    ...{ eid, digest, version: 1, requestedBy: 'facade', requestedAtMillis: 0, candidates: [], stored },
    ...more,
  });
  return claimNumber(store, { eid, digest });
};
const numbers = (claims: readonly Claim[]): number[] => claims.map(({ number }) => number);

describe.each([
  ['memory', async () => createMemoryArchiveStore()],
  [
    'DynamoDB',
    async () => {
      const { dynamo, tableName } = await freshTable(Object.values(archiveIndexes));
      return createDynamoArchiveStore(dynamo, tableName);
    },
  ],
])('ArchiveStore contract: %s', (_name, create: () => Promise<ArchiveStore>) => {
  it('writes an order in place of the version before it, and lists it while it is open, the oldest first', async () => {
    const store = await create();
    expect(await store.writeOrder(order('b', { requestedAtMillis: 2_000 }))).toBe(true);
    expect(await store.writeOrder(order('a'))).toBe(true);
    expect(await store.writeOrder(order('a'))).toBe(false);
    expect((await store.listOpen()).names).toEqual(['a', 'b']);
    expect(await store.writeOrder(order('a', { version: 2, state: 'done' }))).toBe(true);
    expect((await store.listOpen()).names).toEqual(['b']);
    expect(await store.readOrder('a')).toMatchObject({ state: 'done' });
  });

  it('lists every open order, page after page', async () => {
    const store = await create();
    const names = Array.from({ length: 510 }, (_, index) => `n${String(index).padStart(4, '0')}`);
    await Promise.all(names.map((name, index) => store.writeOrder(order(name, { requestedAtMillis: index }))));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.listOpen(cursor);
      found.push(...page.names);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(names);
  });

  it('gives each number to one claim', async () => {
    const store = await create();
    const claim = await claimOf(store, 'experiment:e1', 1);
    expect(await store.putClaim({ ...claim, manifest: 'another' })).toBe(false);
    expect([await store.lastNumber(), await store.readClaim(1), await store.readClaim(2)]).toEqual([
      1,
      claim,
      undefined,
    ]);
  });

  it('lists claims in the order of their numbers, published or not, behind a number', async () => {
    const store = await create();
    for (let minute = 1; minute <= 12; minute += 1) await claimOf(store, `experiment:e${minute}`, minute);
    expect(numbers(await store.listClaims(0, 5))).toEqual([1, 2, 3, 4, 5]);
    expect(numbers(await store.listClaims(5, 100))).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect(await store.listClaims(12, 5)).toEqual([]);
  });

  it('lists what is published, the newest first, by each filter and from page to page', async () => {
    const store = await create();
    const claims = [
      await claimOf(store, 'experiment:e1', 1, { notebook: 'journal:j1', closedBy: '101' }),
      await claimOf(store, 'experiment:e2', 2, { notebook: 'journal:j1', closedBy: '102' }),
      await claimOf(store, 'experiment:e1', 3, { notebook: 'journal:j2', closedBy: '101' }),
      await claimOf(store, 'experiment:e3', 4),
    ];
    const hidden = await claimOf(store, 'experiment:e1', 5);
    for (const claim of claims) await store.publish(claim);
    expect([await store.readPublished(1), await store.readPublished(hidden.number)]).toEqual([claims[0], undefined]);
    const list = async (query: object) => numbers((await store.list(query, 10)).claims);
    expect(await list({})).toEqual([4, 3, 2, 1]);
    expect(await list({ entity: 'experiment:e1' })).toEqual([3, 1]);
    expect(await list({ notebook: 'journal:j1' })).toEqual([2, 1]);
    expect(await list({ closedBy: '101', notebook: 'journal:j2' })).toEqual([3]);
    expect(await list({ from: '2026-11-27T09:02:00.000Z', until: '2026-11-27T09:04:00.000Z' })).toEqual([3, 2]);
    expect(await list({ from: '2026-11-27T09:04:00.000Z', until: '2026-11-27T09:02:00.000Z' })).toEqual([]);
    const first = await store.list({}, 3);
    const second = await store.list({}, 3, first.cursor);
    expect([numbers(first.claims), numbers(second.claims), second.cursor]).toEqual([[4, 3, 2], [1], undefined]);
  });

  it('lists what follows a number in its order, and ends before the first that is not published', async () => {
    const store = await create();
    // The last one was archived first: its order was retried.
    const claims: Claim[] = [];
    for (const minute of [5, 6, 7, 8, 1]) claims.push(await claimOf(store, 'experiment:e1', minute));
    const publish = async (number: number) => store.publish(claims[number - 1] as Claim);
    const following = async (number: number, limit = 10) => {
      const page = await store.listAfter(number, limit);
      return [numbers(page.claims), page.isMore];
    };
    expect(await following(0)).toEqual([[], false]);
    for (const number of [1, 2, 4]) await publish(number);
    expect([await following(0), await following(2)]).toEqual([
      [[1, 2], false],
      [[], false],
    ]);
    for (const number of [3, 5]) await publish(number);
    expect([await following(2), await following(0, 2), await following(5), await following(99)]).toEqual([
      [[3, 4, 5], false],
      [[1, 2], true],
      [[], false],
      [[], false],
    ]);
  });

  it('keeps where the seals stand', async () => {
    const store = await create();
    expect(await store.readSeal()).toEqual({ version: 0, number: 0, sealedAtMillis: 0 });
    expect(await store.writeSeal({ version: 1, number: 5, sealedAtMillis: 9 })).toBe(true);
    expect(await store.writeSeal({ version: 1, number: 6, sealedAtMillis: 9 })).toBe(false);
    expect(await store.readSeal()).toMatchObject({ version: 1, number: 5 });
  });
});
