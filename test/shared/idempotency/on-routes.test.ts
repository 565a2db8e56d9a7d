import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Caller } from '../../../shared/exchange/consumer.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../../shared/idempotency/idempotency.ts';
import { idempotently, type Treatment } from '../../../shared/idempotency/on-routes.ts';
import { nativeRequest } from '../../support/pipeline.ts';

const caller: Caller = { consumer: { id: 'app', scopes: ['*:*'], state: 'active' } };

const create = (treatment: Treatment, callerOf = async () => caller) => {
  let ids = 0;
  const idempotency = createIdempotency({
    store: createMemoryIdempotencyStore(),
    clock: { nowMillis: Date.now },
    newId: () => `try-${++ids}`,
    lifeHours: 24,
    onFailure: () => {},
    pause: async () => {},
  });
  const handled: string[] = [];
  const handle = idempotently(
    idempotency,
    callerOf,
    () => treatment,
    async (request: ReturnType<typeof nativeRequest>, facts: string[]) => {
      facts.push(request.path);
      return { status: 201, headers: [], body: Buffer.from(String(facts.length)) };
    },
  );
  const send = async (parts: Parameters<typeof nativeRequest>[0] = {}) =>
    (await handle(
      nativeRequest({
        method: 'POST',
        path: '/v1/quota/bookings',
        headers: [['idempotency-key', 'k1']],
        body: Buffer.from('{}'),
        ...parts,
      }),
      handled,
    )) as { body: Uint8Array };
  return { send, handled };
};

describe('a route with idempotency keys', () => {
  it('handles the same POST once', async () => {
    const { send, handled } = create('keep');
    await send();
    expect(Buffer.from((await send()).body).toString()).toBe('1');
    expect(handled).toHaveLength(1);
    await expect(send({ query: [['again', 'true']] })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('keeps only the status where the answer holds a secret', async () => {
    const { send } = create('forget');
    await send();
    await expect(send()).rejects.toMatchObject({ code: 'IDEMPOTENCY_UNREPLAYABLE' });
  });

  it('passes routes on which keys have no meaning, other methods and requests without a key', async () => {
    const passing = create('pass', () => expect.unreachable('asked who calls'));
    await passing.send();
    await passing.send();
    const keeping = create('keep', () => expect.unreachable('asked who calls'));
    await keeping.send({ headers: [] });
    await keeping.send({ method: 'DELETE' });
    expect([passing.handled.length, keeping.handled.length]).toEqual([2, 2]);
  });

  it('keeps no failure of a handler that has sent nothing', async () => {
    let fails = true;
    const handle = idempotently(
      createIdempotency({
        store: createMemoryIdempotencyStore(),
        clock: { nowMillis: Date.now },
        newId: randomUUID,
        lifeHours: 24,
        onFailure: () => {},
        pause: async () => {},
      }),
      async () => caller,
      () => 'keep',
      async (_request: ReturnType<typeof nativeRequest>, facts: { sends: number }) => {
        facts.sends += fails ? 0 : 1;
        throw new Error('throttled');
      },
      ({ sends }) => sends > 0,
    );
    const send = () =>
      handle(nativeRequest({ method: 'POST', path: '/v1/uploads/u1/forward', headers: [['idempotency-key', 'k1']] }), {
        sends: 0,
      });
    await expect(send()).rejects.toThrow('throttled');
    fails = false;
    await expect(send()).rejects.toThrow('throttled');
    expect((await send()).status).toBe(500);
  });

  it('repeats no answer to who may not ask any more', async () => {
    let allowed = true;
    const { send } = create('keep', async () => {
      if (allowed) return caller;
      throw new AppError('SCOPE_MISSING');
    });
    await send();
    allowed = false;
    await expect(send()).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
  });
});
