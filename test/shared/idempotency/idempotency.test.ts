import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import type { KeyedRequest } from '../../../shared/idempotency/key.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { codeOf, counting, create, isReplay, made, noon, post, textOf } from './idempotency-support.ts';

describe('a POST with an Idempotency-Key', () => {
  it('is carried out once; repeated, it gets the first answer with a header that says so', async () => {
    const { around } = create();
    const run = counting();
    const first = await around(post(), run);
    const second = await around(post({ requestId: 'request-2' }), run);
    expect(run.count).toBe(1);
    expect(isReplay(first)).toBe(false);
    expect(first.headers).toContainEqual(['set-cookie', 'session=secret']);
    expect(second.status).toBe(201);
    expect(textOf(second)).toBe(textOf(first));
    expect(second.headers).toEqual([
      ['content-type', 'application/vnd.api+json'],
      ['idempotency-replayed', 'true'],
    ]);
  });

  it.each([
    [400, 'kept'],
    [404, 'kept'],
    [409, 'kept'],
    [428, 'kept'],
    [500, 'kept'],
    [503, 'kept'],
    [401, 'free'],
    [429, 'free'],
  ])('whose answer is %i leaves the key %s', async (status, state) => {
    const { around } = create();
    const run = counting(() => made(Buffer.from('{"errors":[]}'), status));
    await around(post(), run);
    const again = await around(post(), run);
    expect(again.status).toBe(status);
    expect([run.count, isReplay(again)]).toEqual(state === 'kept' ? [1, true] : [2, false]);
  });

  it.each([
    [new AppError('TOO_MANY_REQUESTS')],
    [new AppError('CREDENTIAL_UNAVAILABLE')],
    [new AppError('AUDIT_UNAVAILABLE')],
    [new AppError('BOOKING_REFUSED')],
    [new AppError('UPSTREAM_UNREACHABLE', { sent: false })],
  ])('that was refused before anything was done frees the key: %s', async (error) => {
    const { around } = create();
    await expect(around(post(), () => Promise.reject(error))).rejects.toBe(error);
    const run = counting();
    expect((await around(post(), run)).status).toBe(201);
    expect(run.count).toBe(1);
  });

  it.each([
    [new AppError('UPSTREAM_LATE', { detail: 'No answer in time.' }), 504, 'UPSTREAM_LATE', 'No answer in time.'],
    [new Error('a fault with secrets'), 500, 'INTERNAL', 'The facade failed.'],
  ])('that may have been carried out is not repeated: %s', async (error, status, code, detail) => {
    const { around } = create();
    await expect(around(post(), () => Promise.reject(error))).rejects.toBe(error);
    const run = counting();
    const again = await around(post({ requestId: 'request-2' }), run);
    expect([run.count, again.status, isReplay(again)]).toEqual([0, status, true]);
    const [first] = (JSON.parse(textOf(again)) as { errors: { detail: string }[] }).errors;
    const links = { type: `https://facade.example.com/docs/guides/errors#${code}` };
    expect(first).toMatchObject({ id: 'request-2', code, status: String(status), links });
    expect(first?.detail).toMatch(new RegExp(`^${detail} This is what came of the first request .* take a new key`));
  });

  it('is refused with another body, target or content type under the same key', async () => {
    const { around } = create();
    await around(post(), counting());
    const others = [
      post({ body: Buffer.from('{"name":"b"}') }),
      post({}, { target: '/api/rest/v1.0/entities?force=true' }),
      post({
        headers: [
          ['idempotency-key', 'k1'],
          ['content-type', 'text/plain'],
        ],
      }),
    ];
    for (const other of nonEmpty(others))
      expect(await codeOf(around(other, counting()))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('never meets the key of another consumer, person or token, nor of a consumer made again under the same id', async () => {
    const { around } = create();
    const run = counting();
    await around(post(), run);
    await around(post({}, { consumer: { id: 'other' } }), run);
    await around(post({}, { subject: 'anna' }), run);
    await around(post({}, { bearer: 'token' }), run);
    await around(post({}, { consumer: { id: 'app', incarnation: 'made again' } }), run);
    expect(run.count).toBe(5);
  });

  it('is told to come again while the first one runs', async () => {
    const { around } = create();
    let finish: (answer: NativeAnswer) => void = () => {};
    const first = around(post(), () => new Promise((resolve) => (finish = resolve)));
    await expect(around(post(), counting())).rejects.toMatchObject({
      code: 'IDEMPOTENCY_IN_PROGRESS',
      facts: { retryAfterSeconds: 5 },
    });
    finish(made());
    await first;
    expect(isReplay(await around(post(), counting()))).toBe(true);
  });

  it('takes over from one whose function died, once its lease is over, and what the dead one says later does not count', async () => {
    const { around, pass, failures } = create();
    let finish: (answer: NativeAnswer) => void = () => {};
    const first = around(post(), () => new Promise((resolve) => (finish = resolve)));
    pass(30_000 + 9_999);
    expect(await codeOf(around(post(), counting()))).toBe('IDEMPOTENCY_IN_PROGRESS');
    pass(1);
    const run = counting(() => made(Buffer.from('second')));
    await around(post({ deadlineMillis: noon + 90_000 }), run);
    expect(run.count).toBe(1);
    finish(made(Buffer.from('first')));
    expect(textOf(await first)).toBe('first');
    expect(textOf(await around(post(), counting()))).toBe('second');
    expect(failures).toEqual(['an outcome came after its key was taken over']);
  });

  it('is carried out anew after the life of the key', async () => {
    const { around, pass } = create();
    const run = counting();
    await around(post(), run);
    pass(86_400_000 - 1_000);
    await around(post(), run);
    expect(run.count).toBe(1);
    pass(2_000);
    await around(post(), run);
    expect(run.count).toBe(2);
  });
});

describe('what passes straight on', () => {
  const stream = { stream: Readable.from([Buffer.from('x')]), lengthBytes: 1 };
  it.each<[string, KeyedRequest]>([
    ['a POST without a key', post({ headers: [] })],
    ['a PATCH', post({ method: 'PATCH' })],
    ['a search', post({}, { operation: { kind: 'read-body' } })],
    ['a body that is a stream', post({ body: stream })],
  ])('%s', async (_what, keyed) => {
    const { around, store } = create();
    const run = counting();
    await around(keyed, run);
    await around(keyed, run);
    expect([run.count, store.records.size]).toEqual([2, 0]);
  });
});
