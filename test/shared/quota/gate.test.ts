import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../../shared/exchange/quota-profile.ts';
import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { createQuotaGate, type QuotaNote } from '../../../shared/quota/gate.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { systemTicker } from '../../../shared/quota/ticker.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { turns } from '../../support/turns.ts';

const policy = { ...defaultPolicy, limit: 4, interactiveWaitMillis: 0 };
const upstream = createSignalsUpstream('https://snb.example.com');
const wholeSecond = () => Math.floor(Date.now() / 1_000) * 1_000;

const createGate = () => {
  const notes: QuotaNote[] = [];
  const store = createMemoryQuotaStore(wholeSecond);
  const governor = createGovernor({ store, ticker: systemTicker, policy });
  const gate = createQuotaGate({
    governor,
    policy,
    profileOf: () => ({ ...defaultProfile, caps: [{ units: 2, windowSeconds: 60 }] }),
    nowMillis: Date.now,
    onNote: (note) => notes.push(note),
  });
  return { ...gate, notes, store, governor };
};

const exchange = (method = 'GET', path = '/entities/{eid}'): Exchange =>
  ({
    operation: { method, path },
    upstream,
    consumer: { id: 'app', scopes: [], state: 'active' },
    request: { requestId: 'r1', deadlineMillis: Date.now() + 3_600_000 },
  }) as unknown as Exchange;

const cutAfter = async (act: (gate: ReturnType<typeof createGate>) => Promise<void>) => {
  const gate = createGate();
  await act(gate);
  return (await gate.store.read()).value?.state.cut;
};
const refusedBy = (method: string, path: string) => async (gate: ReturnType<typeof createGate>) => {
  const sent = exchange(method, path);
  await gate.gate.admit(sent);
  gate.onSend(sent, { kind: 'answered', status: 429 });
  await turns();
};

describe('the quota gate', () => {
  it('admits within the caps of the consumer, then refuses with TOO_MANY_REQUESTS and a Retry-After', async () => {
    const { gate } = createGate();
    await gate.admit(exchange());
    await gate.admit(exchange());
    await expect(gate.admit(exchange())).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      facts: { retryAfterSeconds: expect.any(Number) },
    });
  });

  it('gives a unit back when nothing was sent, and keeps it when that is not certain', async () => {
    const freeAfter = async (mayArrive: boolean): Promise<number> => {
      const { gate, onSend, notes } = createGate();
      const sent = exchange();
      await gate.admit(sent);
      onSend(sent, { kind: mayArrive ? 'lost' : 'not-sent' });
      await gate.admit(exchange());
      return notes.at(-1)?.freeUnits ?? -1;
    };
    expect([await freeAfter(false), await freeAfter(true)]).toEqual([3, 2]);
  });

  it('waits for no bookings', async () => {
    const governor = createGovernor({ store: createMemoryQuotaStore(wholeSecond), ticker: systemTicker, policy });
    const profileOf = () => defaultProfile;
    const prepare = () => new Promise<void>(() => {});
    const { gate } = createQuotaGate({ governor, policy, profileOf, nowMillis: Date.now, prepare });
    await expect(gate.admit(exchange())).resolves.toBeUndefined();
  });

  it('refuses what it has refused just now without a look at the store, and nothing before', async () => {
    const { gate, notes, store } = createGate();
    const ask = () => gate.refuseForeseen?.(exchange());
    ask();
    await gate.admit(exchange());
    await gate.admit(exchange());
    ask();
    await gate.admit(exchange()).catch(() => {});
    const { version } = (await store.read()).value ?? {};
    expect(ask).toThrow(expect.objectContaining({ code: 'TOO_MANY_REQUESTS' }));
    expect((await store.read()).value?.version).toBe(version);
    expect(notes.map(({ outcome }) => outcome)).toEqual(['granted', 'granted', 'refused', 'refused']);
  });

  it('foresees nothing in shadow mode', async () => {
    const store = createMemoryQuotaStore(wholeSecond);
    const governor = createGovernor({ store, ticker: systemTicker, policy: { ...policy, limit: 1 }, mode: 'shadow' });
    const { gate } = createQuotaGate({ governor, policy, profileOf: () => defaultProfile, nowMillis: Date.now });
    for (let index = 0; index < 3; index += 1) await gate.admit(exchange());
    await expect.poll(() => governor.counts().wouldRefuse).toBeGreaterThan(0);
    expect(() => gate.refuseForeseen?.(exchange())).not.toThrow();
  });

  it('lets a call depart that was admitted a moment ago', async () => {
    const { gate } = createGate();
    const sent = exchange();
    await gate.admit(sent);
    expect(gate.departs?.(sent)).toBe(true);
  });

  it('notes every decision for the explanation of the request', async () => {
    const { gate, notes } = createGate();
    await gate.admit(exchange());
    await gate.admit(exchange());
    await gate.admit(exchange()).catch(() => {});
    expect(notes.map(({ outcome, units }) => [outcome, units])).toEqual([
      ['granted', 1],
      ['granted', 1],
      ['refused', 0],
    ]);
    expect(notes[0]).toMatchObject({
      requestId: 'r1',
      consumerId: 'app',
      priority: 'interactive',
      limit: 4,
      freeUnits: 3,
    });
  });

  it('takes a 429 of the tenant for a sign that others spend the budget', async () => {
    expect(await cutAfter(refusedBy('GET', '/entities/{eid}'))).toMatchObject({ units: 3 });
  });

  it('does not take "no free export worker" for quota', async () => {
    expect(await cutAfter(refusedBy('POST', '/entities/export/bulk'))).toBeUndefined();
  });

  it('has headers and a shortage once it has seen the budget', async () => {
    const { gate, headersFor, shortage } = createGate();
    const { consumer } = exchange();
    expect(headersFor(consumer)).toEqual([]);
    expect(shortage()).toBe(0);
    await gate.admit(exchange());
    expect(headersFor(consumer).map(([name]) => name)).toEqual(['ratelimit-policy', 'ratelimit']);
    expect(Object.fromEntries(headersFor(consumer)).ratelimit).toMatch(
      /^"tenant";r=3;t=\d+, "consumer-minute";r=1;t=\d+$/,
    );
  });
});
