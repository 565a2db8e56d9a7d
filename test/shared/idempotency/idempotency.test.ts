import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency, type IdempotencyOptions } from '../../../shared/idempotency/idempotency.ts';
import type { KeyedRequest } from '../../../shared/idempotency/key.ts';
import type { IdempotencyStore } from '../../../shared/idempotency/record.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const noon = Date.parse('2026-06-15T12:00:00Z');

const create = (overrides: Partial<IdempotencyOptions> = {}) => {
  let now = noon;
  let ids = 0;
  const store = createMemoryIdempotencyStore();
  const failures: string[] = [];
  const idempotency = createIdempotency({
    store,
    clock: { nowMillis: () => now },
    newId: () => `try-${++ids}`,
    lifeHours: 24,
    onFailure: (what) => void failures.push(what),
    pause: async () => {},
    ...overrides,
  });
  return { ...idempotency, store, failures, pass: (millis: number) => (now += millis) };
};

const post = (request: Partial<KeyedRequest['request']> = {}, parts: Partial<KeyedRequest> = {}): KeyedRequest => ({
  request: {
    requestId: 'request-1',
    method: 'POST',
    headers: [['idempotency-key', 'k1']],
    body: Buffer.from('{"name":"a"}'),
    deadlineMillis: noon + 30_000,
    ...request,
  },
  consumer: { id: 'app' },
  target: '/api/rest/v1.0/entities',
  upstream: { name: 'signals' },
  operation: { kind: 'write' },
  ...parts,
});

const made = (body: NativeAnswer['body'] = Buffer.from('{"data":{"id":"e1"}}'), status = 201): NativeAnswer => ({
  status,
  headers: [
    ['content-type', 'application/vnd.api+json'],
    ['set-cookie', 'session=secret'],
  ],
  body,
});

/** Counts what would go upstream. */
const counting = (answer: () => NativeAnswer | Promise<NativeAnswer> = made) => {
  const run = Object.assign(
    async () => {
      run.count += 1;
      return answer();
    },
    { count: 0 },
  );
  return run;
};
const textOf = (answer: NativeAnswer): string => Buffer.from(answer.body as Uint8Array).toString();
const isReplay = ({ headers }: NativeAnswer): boolean => headers.some(([name]) => name === 'idempotency-replayed');
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

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
    const [first] = (JSON.parse(textOf(again)) as { errors: Record<string, string>[] }).errors;
    expect(first).toMatchObject({ id: 'request-2', code, status: String(status) });
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

  it('lets a streamed answer pass, and says of a repetition what happened', async () => {
    const { around } = create();
    const first = await around(
      post(),
      counting(() => made(Readable.from([Buffer.from('a large '), Buffer.from('answer')]), 200)),
    );
    expect((await buffer(first.body as Readable)).toString()).toBe('a large answer');
    await expect(around(post(), counting())).rejects.toMatchObject({
      code: 'IDEMPOTENCY_UNREPLAYABLE',
      facts: { detail: expect.stringMatching(/2026-06-15T12:00:00\.000Z, was answered with 200/) },
    });
  });

  it('keeps what compresses below the bound and no more than the status of what does not', async () => {
    const noise = randomBytes(310_000);
    const text = Buffer.from('a repeated sentence. '.repeat(40_000));
    const keep = async (body: Buffer) => {
      const { around } = create();
      await around(
        post(),
        counting(() => made(body)),
      );
      return around(post(), counting());
    };
    expect(textOf(await keep(text))).toBe(text.toString());
    expect(await codeOf(keep(noise))).toBe('IDEMPOTENCY_UNREPLAYABLE');
  });

  it('keeps no body of an answer that holds a secret', async () => {
    const { around, store } = create();
    await around(
      post(),
      counting(() => made(Buffer.from('the-new-key'))),
      { keepsBody: false },
    );
    expect(await codeOf(around(post(), counting(), { keepsBody: false }))).toBe('IDEMPOTENCY_UNREPLAYABLE');
    expect(JSON.stringify([...store.records])).not.toContain('the-new-key');
  });

  it('repeats an answer without a body, and an empty one, as they were', async () => {
    for (const body of [undefined, Buffer.alloc(0)]) {
      const { around } = create();
      await around(post(), async () => ({ status: 204, headers: [], body }));
      expect((await around(post(), counting())).body).toEqual(body && new Uint8Array(0));
    }
  });

  it('is refused while the keys cannot be looked up: nothing is sent', async () => {
    const store = { ...createMemoryIdempotencyStore(), begin: () => Promise.reject(new Error('down')) };
    const run = counting();
    await expect(create({ store }).around(post(), run)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_UNAVAILABLE',
      facts: { sent: false },
    });
    expect(run.count).toBe(0);
  });

  it('frees its key when it is refused because the answer of the store was lost', async () => {
    const memory = createMemoryIdempotencyStore();
    const begin: IdempotencyStore['begin'] = async (...args) => {
      await memory.begin(...args);
      throw new Error('the answer was lost');
    };
    const refused = create({ store: { ...memory, begin } }).around(post(), counting());
    expect(await codeOf(refused)).toBe('IDEMPOTENCY_UNAVAILABLE');
    const run = counting();
    await create({ store: memory, newId: () => 'another' }).around(post(), run);
    expect(run.count).toBe(1);
  });

  it('leaves the key to its owner when it cannot be freed', async () => {
    const down = () => Promise.reject(new Error('down'));
    const { around } = create({ store: { ...createMemoryIdempotencyStore(), begin: down, release: down } });
    expect(await codeOf(around(post(), counting()))).toBe('IDEMPOTENCY_UNAVAILABLE');
  });

  it('gets its answer when the store hangs, at the latest after 5 s', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const finish = () => new Promise<boolean>(() => {});
    const { around, failures } = create({ store: { ...createMemoryIdempotencyStore(), finish } });
    const answered = around(post(), counting());
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await answered).status).toBe(201);
    expect(failures).toEqual(['an outcome was not kept in time']);
  });

  it('frees its key when it failed before anything was sent, whatever the failure', async () => {
    const { around } = create();
    const fault = new Error('a table is throttled');
    const unsent = around(post(), () => Promise.reject(fault), { mayHaveSent: () => false });
    await expect(unsent).rejects.toBe(fault);
    const run = counting();
    await around(post(), run);
    expect(run.count).toBe(1);
  });

  it('costs the store nothing when it is refused beforehand', async () => {
    const { around, store } = create();
    const beforeBegin = () => {
      throw new AppError('TOO_MANY_REQUESTS');
    };
    expect(await codeOf(around(post(), counting(), { beforeBegin }))).toBe('TOO_MANY_REQUESTS');
    expect(store.records.size).toBe(0);
  });

  it('counts on a path that may be read as a write', async () => {
    const { around } = create();
    const run = counting();
    const keyed = post({}, { operation: { kind: 'read-body' }, lookalike: { kind: 'write' } });
    await around(keyed, run);
    await around(keyed, run);
    expect(run.count).toBe(1);
  });

  it.each([[['']], [['two words']], [['k'.repeat(256)]], [['k1', 'k2']]])(
    'passes on to the tenant when it has the keys %j, and is refused on a route of the facade',
    async (values) => {
      const { around, store } = create();
      const run = counting();
      const headers = values.map((value) => ['idempotency-key', value] as const);
      await around(post({ headers }), run);
      const { upstream: _none, operation: _nor, ...route } = post({ headers });
      expect(await codeOf(around(route, run))).toBe('REQUEST_INVALID');
      expect([run.count, store.records.size]).toEqual([1, 0]);
    },
  );

  it('gets its answer when the outcome cannot be kept; the key then stays in progress until its lease ends', async () => {
    const memory = createMemoryIdempotencyStore();
    const store = { ...memory, finish: () => Promise.reject(new Error('down')) };
    const { around, failures, pass } = create({ store });
    const run = counting();
    expect((await around(post(), run)).status).toBe(201);
    expect(failures).toEqual(['an outcome was not kept']);
    expect(await codeOf(around(post(), run))).toBe('IDEMPOTENCY_IN_PROGRESS');
    pass(40_000);
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

describe('many identical POSTs at once', () => {
  it('are carried out once: the others are told to wait, or get the first answer', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 20 }), fc.scheduler(), async (count, scheduler) => {
        const memory = createMemoryIdempotencyStore();
        const slow =
          <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
          async (...args: Args): Promise<Result> => {
            await scheduler.schedule(Promise.resolve());
            return act(...args);
          };
        const store: IdempotencyStore = {
          begin: slow(memory.begin),
          finish: slow(memory.finish),
          release: slow(memory.release),
        };
        const { around } = create({ store });
        const run = counting(async () => {
          await scheduler.schedule(Promise.resolve());
          return made();
        });
        const results = Array.from({ length: count }, () => codeOf(around(post(), run)));
        await scheduler.waitFor(Promise.all(results));
        const codes = await Promise.all(results);
        expect(run.count).toBe(1);
        expect(codes.filter((code) => code !== 'answered' && code !== 'IDEMPOTENCY_IN_PROGRESS')).toEqual([]);
      }),
    ));

  it('are never carried out twice within the lease, whatever fails after the tenant did it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('finish fails', 'finish is carried out, its answer lost', 'the answer is lost'),
        fc.integer({ min: 1, max: 5 }),
        async (fault, repetitions) => {
          const memory = createMemoryIdempotencyStore();
          const finish: IdempotencyStore['finish'] = async (...args) => {
            if (fault !== 'finish fails') await memory.finish(...args);
            if (fault !== 'the answer is lost') throw new Error(fault);
            return true;
          };
          const { around } = create({ store: { ...memory, finish } });
          const run = counting(() => {
            if (fault === 'the answer is lost') throw new AppError('UPSTREAM_LATE');
            return made();
          });
          await codeOf(around(post(), run));
          for (let times = 0; times < repetitions; times += 1) await codeOf(around(post(), run));
          expect(run.count).toBe(1);
        },
      ),
    ));
});
