import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/edge/http-request.ts';
import { createQuotaRoutes } from '../../../functions/edge/quota-routes.ts';
import { createMemoryConsumerRegistry } from '../../../shared/consumers/adapters/memory.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createMemoryBookingStore, createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { createBookings } from '../../../shared/quota/booking-store.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { emptyState } from '../../../shared/quota/state.ts';
import { fillPath } from '../../support/paths.ts';

const startMillis = Date.UTC(2027, 0, 1);

/** Each key is the name of its consumer. */
const scopesOf: Readonly<Record<string, string[]>> = {
  'secret-lab': ['*:*'],
  app: ['*:*'],
  reader: ['quota:read'],
  overseer: ['quota-admin:read'],
  admin: ['*:*', 'quota-admin:*'],
  nobody: ['entities:read'],
};

const start = async () => {
  const clock = { nowMillis: () => startMillis };
  const registry = createMemoryConsumerRegistry();
  for (const [id, scopes] of Object.entries(scopesOf))
    await registry.save({ id, scopes, state: 'active' }, hashKey(id));
  const store = createMemoryQuotaStore();
  const flow = { ...Object.values(emptyState.flows)[0], wantsUntilMillis: startMillis + 10_000 };
  await store.replace(
    // biome-ignore lint/suspicious/noExplicitAny: a flow that waits, without the rest of its figures
    { ...emptyState, flows: { 'i:app': flow, 'b:secret-lab': flow } as any },
    0,
  );
  let ids = 0;
  const acts: [act: string, by: string, changes: readonly unknown[]][] = [];
  const bookings = createBookings(createMemoryBookingStore(), defaultPolicy, clock.nowMillis, () => `b${++ids}`);
  const handle = createQuotaRoutes({
    identifier: createIdentifier(registry, clock),
    store,
    bookings,
    policy: defaultPolicy,
    name: 'signals',
    nowMillis: clock.nowMillis,
    acts: {
      async around(act, run) {
        const result = await run();
        acts.push([act.act, act.caller.consumer.id, act.changes?.() ?? []]);
        return result;
      },
    },
  });
  const ask = async (as: string, method: string, route: string, body?: unknown, bookingId = '') => {
    const request: HttpRequest = {
      requestId: 'request-1',
      method,
      route,
      path: fillPath(route, { bookingId }),
      query: [],
      headers: [['x-api-key', as]],
      body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      publicUrl: 'https://facade.example.com/prod',
      deadlineMillis: startMillis + 10_000,
    };
    const reply = await handle(request, {});
    return reply.body instanceof Uint8Array ? JSON.parse(Buffer.from(reply.body).toString()) : reply.status;
  };
  const refusal = async (...parts: Parameters<typeof ask>): Promise<AppError> => {
    const error: unknown = await ask(...parts).catch((thrown: unknown) => thrown);
    if (error instanceof AppError) return error;
    throw new Error(`Expected a refusal, got ${JSON.stringify(error)}`);
  };
  const book = async (as: string): Promise<string> => {
    const attributes = { units: 10, from: '2027-01-02T00:00:00Z', until: '2027-01-03T00:00:00Z' };
    return (await ask(as, 'POST', bookingList, { data: { type: 'booking', attributes } })).data.id;
  };
  return { ask, refusal, book, acts };
};

const quota = '/v1/quota';
const bookingList = '/v1/quota/bookings';
const one = '/v1/quota/bookings/{bookingId}';

type Row = { readonly consumerId: string };

describe('GET /v1/quota', () => {
  it.each(['app', 'reader'])('shows %s nothing of the others', async (key) => {
    const { ask } = await start();
    const document = await ask(key, 'GET', quota);
    expect(document.data.attributes.limit).toBe(1_000);
    expect(JSON.stringify(document)).not.toContain('secret-lab');
    expect(document.data.attributes.consumers.map(({ consumerId }: Row) => consumerId)).toEqual(
      key === 'app' ? ['app'] : [],
    );
  });

  it.each(['overseer', 'admin'])('shows %s all consumers', async (key) => {
    const { ask } = await start();
    const { data } = await ask(key, 'GET', quota);
    expect(data.attributes.consumers.map(({ consumerId }: Row) => consumerId).sort()).toEqual(['app', 'secret-lab']);
  });

  it('refuses who may not see the quota at all', async () => {
    const { refusal } = await start();
    expect((await refusal('nobody', 'GET', quota)).facts.detail).toBe(
      'This operation needs the scope quota:read; nobody has entities:read.',
    );
  });
});

describe('bookings', () => {
  it('are listed for their owner, and for who administers the quota', async () => {
    const { ask, book } = await start();
    const [own, other] = [await book('app'), await book('secret-lab')];
    const listed = async (key: string) => (await ask(key, 'GET', bookingList)).data.map(({ id }: { id: string }) => id);
    expect(await listed('app')).toEqual([own]);
    expect(await listed('secret-lab')).toEqual([other]);
    expect(await listed('reader')).toEqual([]);
    expect(await listed('overseer')).toEqual([own, other]);
    expect(await listed('admin')).toEqual([own, other]);
  });

  it('are cancelled by their owner, and by who administers the quota', async () => {
    const { ask, refusal, book } = await start();
    const [first, second] = [await book('app'), await book('app')];
    const stranger = await refusal('secret-lab', 'DELETE', one, undefined, first);
    const unknown = await refusal('secret-lab', 'DELETE', one, undefined, 'no-such');
    // Another consumer's booking cannot be distinguished from a missing one.
    expect([stranger.code, stranger.facts.detail]).toEqual(['BOOKING_UNKNOWN', unknown.facts.detail]);
    expect((await refusal('overseer', 'DELETE', one, undefined, first)).code).toBe('SCOPE_MISSING');
    expect(await ask('app', 'DELETE', one, undefined, first)).toBe(204);
    expect(await ask('admin', 'DELETE', one, undefined, second)).toBe(204);
    expect((await refusal('admin', 'DELETE', one, undefined, second)).code).toBe('BOOKING_UNKNOWN');
    expect((await ask('app', 'GET', bookingList)).data).toEqual([]);
  });

  it('leave an entry that says whose calls were booked and cancelled, also by another', async () => {
    const { ask, book, acts } = await start();
    const id = await book('app');
    await ask('admin', 'DELETE', one, undefined, id);
    const facts = { consumerId: 'app', from: '2027-01-02T00:00:00.000Z', units: 10, until: '2027-01-03T00:00:00.000Z' };
    expect(acts).toEqual([
      ['bookings.create', 'app', Object.entries(facts).map(([field, value]) => ({ of: id, field, new: value }))],
      ['bookings.cancel', 'admin', Object.entries(facts).map(([field, value]) => ({ field, old: value }))],
    ]);
  });

  it('belong to who makes them: an administrator cannot make them for others, nor anybody without quota:write', async () => {
    const { refusal } = await start();
    const attributes = { units: 10, from: '2027-01-02T00:00:00Z', until: '2027-01-03T00:00:00Z', consumerId: 'app' };
    const body = { data: { type: 'booking', attributes } };
    expect((await refusal('admin', 'POST', bookingList, body)).facts.source).toEqual({
      pointer: '/data/attributes/consumerId',
    });
    expect((await refusal('reader', 'POST', bookingList, body)).code).toBe('SCOPE_MISSING');
  });

  it('are refused with the reason', async () => {
    const { refusal, book } = await start();
    for (let index = 0; index < 10; index += 1) await book('app');
    const attributes = { units: 10, from: '2027-01-05T00:00:00Z', until: '2027-01-06T00:00:00Z' };
    const refused = await refusal('app', 'POST', bookingList, { data: { type: 'booking', attributes } });
    expect([refused.code, refused.facts.detail]).toEqual([
      'BOOKING_REFUSED',
      'app has 10 bookings that are not over, of 10 at most. Cancel one, or wait until one is over.',
    ]);
  });
});
