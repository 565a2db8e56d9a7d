/** The governor in its place: several processes of one function, one budget in the embedded DynamoDB, the tenant's log as witness. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

const limit = 20;

describe('the quota of a tenant', () => {
  let twin: TestTwin;
  beforeAll(async () => {
    twin = await startTwin({}, { [variables.tenantRequestsPerMinute]: String(limit) });
  });
  afterAll(() => twin?.close());

  it('P5: sends no more in a minute than the limit, whoever asks, and says when to come back', async () => {
    // Never cached, and asked by two consumers at once.
    const ask = (index: number) =>
      fetch(`${twin.url}${signalsBasePath}/profiles/me`, {
        headers: { 'x-api-key': index % 2 === 0 ? 'demo-app' : 'demo-reader' },
      });
    const answers = await Promise.all(Array.from({ length: 3 * limit }, (_, index) => ask(index)));
    const admitted = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    // On a busy machine the embedded DynamoDB may not answer in time: such a call is not sent either.
    const unavailable = answers.filter(({ status }) => status === 503);
    expect(admitted.length + refused.length + unavailable.length).toBe(3 * limit);
    const texts = await Promise.all(unavailable.map((answer) => answer.text()));
    expect(texts.filter((text) => !text.includes('"QUOTA_UNAVAILABLE"'))).toEqual([]);
    expect(admitted.length).toBeGreaterThan(limit / 2);
    expect(twin.simulator.arrivals.length).toBeLessThanOrEqual(limit);
    // The change sweep may have run meanwhile.
    const asked = twin.simulator.arrivals.filter(({ path }) => path.endsWith('/profiles/me'));
    expect(asked.length).toBe(admitted.length);
    for (const answer of nonEmpty(refused)) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const { errors } = (await answer.json()) as { errors: { code: string }[] };
      expect(errors[0]?.code).toBe('TOO_MANY_REQUESTS');
    }
    expect(admitted.at(-1)?.headers.get('ratelimit-policy')).toContain(`"tenant";q=${limit};w=60`);
  });

  const call = (path: string, key: string, init: RequestInit = {}): Promise<Response> =>
    fetch(twin.url + path, { ...init, headers: { 'x-api-key': key } });

  it('tells how the budget stands: to a consumer its own part, to an administrator that of all', async () => {
    const standing = async (key: string) => {
      const { data } = (await (await call('/v1/quota', key)).json()) as {
        data: { attributes: { limit: number; used: number; nearLimit: boolean; consumers: { consumerId: string }[] } };
      };
      expect(data.attributes).toMatchObject({ limit, nearLimit: true });
      expect(data.attributes.used).toBeGreaterThan(limit / 2);
      return data.attributes.consumers.map(({ consumerId }) => consumerId).sort();
    };
    const all = await standing('demo-admin');
    // The change sweep may have run meanwhile.
    expect(all.filter((id) => id !== 'facade.change-sweep')).toEqual(['demo-app', 'demo-reader']);
    expect(await standing('demo-reader')).toEqual(['demo-reader']);
    expect((await call('/v1/quota', 'nobody')).status).toBe(401);
  });

  it('books, offers another period, and gives back', async () => {
    const book = (units: number, from: number, until: number, key = 'demo-app') => {
      const attributes = { units, from: new Date(from).toISOString(), until: new Date(until).toISOString() };
      return call('/v1/quota/bookings', key, {
        method: 'POST',
        body: JSON.stringify({ data: { type: 'booking', attributes } }),
      });
    };
    const [start, end] = [Date.now() + 3_600_000, Date.now() + 7_200_000];
    // Half of 20 a minute may be booked, and a fifth of that by one consumer: 120 in an hour.
    const booked = await book(120, start, end);
    expect(booked.status).toBe(201);
    const { data } = (await booked.json()) as { data: { id: string } };
    const refused = await book(120, start, end);
    const { errors } = (await refused.json()) as { errors: { code: string; detail: string }[] };
    expect([refused.status, errors[0]?.code]).toEqual([409, 'BOOKING_REFUSED']);
    expect(errors[0]?.detail).toContain(new Date(end).toISOString());
    expect((await book(1, start, end, 'demo-reader')).status).toBe(403);
    expect((await book(-1, start, end)).status).toBe(400);
    const seen = async (key: string) =>
      ((await (await call('/v1/quota/bookings', key)).json()) as { data: unknown[] }).data.length;
    expect([await seen('demo-app'), await seen('demo-reader'), await seen('demo-admin')]).toEqual([1, 0, 1]);
    expect((await call(`/v1/quota/bookings/${data.id}`, 'demo-app', { method: 'DELETE' })).status).toBe(204);
    expect((await call(`/v1/quota/bookings/${data.id}`, 'demo-app', { method: 'DELETE' })).status).toBe(404);
    // Two at once never both pass, whichever process answers them.
    const both = await Promise.all([book(80, start, end), book(80, start, end)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const won = both.find(({ status }) => status === 201) as Response;
    const { data: left } = (await won.json()) as { data: { id: string } };
    expect((await call(`/v1/quota/bookings/${left.id}`, 'demo-people', { method: 'DELETE' })).status).toBe(404);
    expect((await call(`/v1/quota/bookings/${left.id}`, 'demo-admin', { method: 'DELETE' })).status).toBe(204);
  });
});
