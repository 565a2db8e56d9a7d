import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { SlotStoreSlow } from '../../../shared/large-answers/slots.ts';
import { turns } from '../../support/turns.ts';
import { exchangeOf } from '../cache/support.ts';
import { failing } from '../pipeline/support.ts';
import { announced, mebibyte, setUp, streamed } from './support.ts';

const streamIn = ({ body }: NativeAnswer): Readable => {
  if (body instanceof Readable) return body;
  throw new Error('The body is no stream');
};
const onceContents = '/entities/export/bulk/job-1/contents';
const whole = (sizeBytes: number): NativeAnswer => ({ status: 200, headers: [], body: new Uint8Array(sizeBytes) });
/** A store that fails the test when it is asked. */
const untouched = { take: () => Promise.reject(new Error('asked')), renew: async () => true, release: async () => {} };

describe('small answers', () => {
  it.each<[string, NativeAnswer]>([
    ['without a body', { status: 204, headers: [], body: undefined }],
    ['of 1 MiB at hand', whole(mebibyte)],
    ['announced with 1 MiB', announced(mebibyte)],
  ])('%s pass as they are, and nobody is asked', async (_what, answer) => {
    const { ask, failures } = setUp({ store: untouched });
    expect(await ask(answer)).toBe(answer);
    expect(failures).toEqual([]);
  });

  it('of unknown length pass byte for byte, and nobody is asked', async () => {
    const { ask, failures } = setUp({ store: untouched });
    const bytes = await buffer(streamIn(await ask(streamed(mebibyte))));
    expect(bytes.equals(Buffer.alloc(mebibyte))).toBe(true);
    expect(failures).toEqual([]);
  });

  it('of unknown length begin before they have ended', async () => {
    const { ask } = setUp({}, { holdMillis: 20 });
    const { body } = announced(0);
    const answer = await ask({ status: 200, headers: [], body });
    body.write('first');
    expect(
      String(
        await streamIn(answer)
          .iterator({ destroyOnReturn: false })
          .next()
          .then(({ value }) => value),
      ),
    ).toBe('first');
    body.end();
  });
});

describe.each<[string, () => NativeAnswer]>([
  ['announced', () => announced(mebibyte + 1)],
  ['of unknown length', () => streamed(3 * mebibyte)],
  ['at hand, such as a hit', () => whole(mebibyte + 1)],
])('large answers %s', (_what, create) => {
  it('are refused from the fifth of one consumer on, whoever reads the others', async () => {
    const { ask } = setUp();
    for (let count = 0; count < 4; count += 1) expect((await ask(create())).status).toBe(200);
    const error = await failing(ask(create()));
    expect(error).toMatchObject({ code: 'TOO_MANY_LARGE_ANSWERS', facts: { retryAfterSeconds: 5 } });
    expect(error.facts.detail).toContain('app has 4 answers above 1 MiB in flight');
  });

  it('are refused when all together are at their limit', async () => {
    const { ask } = setUp();
    for (const consumer of ['a', 'b', 'c', 'd', 'e']) await ask(create(), consumer);
    const error = await failing(ask(create(), 'f'));
    expect(error.code).toBe('TOO_MANY_LARGE_ANSWERS');
    expect(error.facts.detail).toContain('5 answers above 1 MiB are in flight, the most for all consumers together');
  });

  it('that are refused end the call upstream', async () => {
    const { ask } = setUp();
    for (let count = 0; count < 4; count += 1) await ask(create());
    const refused = create();
    await failing(ask(refused));
    if (refused.body instanceof Readable) expect(refused.body.destroyed).toBe(true);
    else expect(refused.body).toBeInstanceOf(Uint8Array);
  });

  it('give their place back when the caller leaves, before the function is frozen', async () => {
    const { ask, background } = setUp();
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push(await ask(create()));
    for (const answer of answers) streamIn(answer).destroy();
    await Promise.all(background);
    for (let count = 0; count < 4; count += 1) expect((await ask(create())).status).toBe(200);
  });

  it('give their place back when they have been read, byte for byte', async () => {
    const { ask, background } = setUp({ limits: { perConsumer: 1, inAll: 1, pool: 'native' } });
    const given = create();
    const answer = await ask(given);
    if ('end' in (given.body as object))
      (given.body as unknown as { end(bytes: Uint8Array): void }).end(new Uint8Array(mebibyte + 1));
    const bytes = await buffer(streamIn(answer));
    expect(bytes.byteLength).toBeGreaterThan(mebibyte);
    expect(bytes.equals(Buffer.alloc(bytes.byteLength))).toBe(true);
    await Promise.all(background);
    expect((await ask(create())).status).toBe(200);
  });
});

describe('a large answer', () => {
  it('notes in the decision which limit refused it', async () => {
    const { around, clock, admission } = setUp();
    for (let count = 0; count < 4; count += 1)
      await admission.enter({ consumerId: 'app', untilMillis: Number.MAX_SAFE_INTEGER, lost: () => {} });
    const decision = {};
    await failing(around({ ...exchangeOf(), decision }, async () => announced(2 * mebibyte)));
    expect(decision).toEqual({
      refusal: { limit: 'large-answers-consumer', retryAtMillis: clock.nowMillis() + 5_000 },
    });
  });

  it('breaks off when its slots could not be kept', async () => {
    const { ask, clock, renew } = setUp({ limits: { perConsumer: 1, inAll: 1, pool: 'native' } });
    const body = streamIn(await ask(announced(2 * mebibyte)));
    clock.advance(30_000);
    await ask(announced(2 * mebibyte), 'app');
    const end = expect(finished(body)).rejects.toMatchObject({ code: 'TOO_MANY_LARGE_ANSWERS' });
    await renew();
    await end;
  });

  it('whose upstream breaks off while its head is held back breaks off at the caller, and holds no place', async () => {
    const { ask, background } = setUp({ store: untouched });
    const source = announced(0);
    const asking = ask({ status: 200, headers: [], body: source.body });
    source.body.write('some');
    source.body.destroy(new Error('broken'));
    await expect(buffer(streamIn(await asking))).rejects.toThrow();
    await Promise.all(background);
  });

  it('of unknown length that grows late waits a while for a place, then breaks off in the middle', async () => {
    const { ask } = setUp({}, { holdMillis: 5, waitMillis: 0 });
    for (let count = 0; count < 4; count += 1) await ask(announced(2 * mebibyte));
    const { body } = announced(0);
    const answer = streamIn(await ask({ status: 200, headers: [], body }));
    body.write(Buffer.alloc(mebibyte));
    body.write('x');
    await expect(buffer(answer)).rejects.toMatchObject({ code: 'TOO_MANY_LARGE_ANSWERS' });
    expect(body.destroyed).toBe(true);
  });

  it('of unknown length that grows late goes on when a place comes free in time', async () => {
    const { ask, background } = setUp({}, { holdMillis: 5, waitMillis: Number.MAX_SAFE_INTEGER });
    const others = [];
    for (let count = 0; count < 4; count += 1) others.push(await ask(announced(2 * mebibyte)));
    const { body } = announced(0);
    const answer = streamIn(await ask({ status: 200, headers: [], body }));
    body.write(Buffer.alloc(mebibyte));
    body.end('x');
    const read = buffer(answer);
    streamIn(others[0] as NativeAnswer).destroy();
    await background[0];
    expect((await read).byteLength).toBe(mebibyte + 1);
  });
});

describe('while the store is too slow to say whether there is a slot', () => {
  const slow = { ...untouched, take: () => Promise.reject(new SlotStoreSlow('throttled')) };

  it.each<[string, () => NativeAnswer & { body: Readable }]>([
    ['announced', () => announced(2 * mebibyte)],
    ['of unknown length', () => streamed(3 * mebibyte)],
  ])('a read %s is refused with 503, and the call upstream is ended', async (_what, create) => {
    const { ask } = setUp({ store: slow });
    const answer = create();
    const error = await failing(ask(answer));
    expect(error).toMatchObject({ code: 'LARGE_ANSWERS_UNAVAILABLE', facts: { retryAfterSeconds: 5 } });
    expect(answer.body.destroyed).toBe(true);
  });

  it('the head of an answer that is known to be large waits, so that it can be refused', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { ask } = setUp({ store: { ...untouched, take: () => gate.promise } }, { holdMillis: 1 });
    const asking = failing(ask(streamed(3 * mebibyte)));
    await turns();
    gate.resolve(undefined);
    expect(await asking).toMatchObject({ code: 'TOO_MANY_LARGE_ANSWERS' });
  });

  it('the status of a write goes out, and its body breaks off', async () => {
    const { ask } = setUp({ store: slow });
    const answer = await ask(streamed(3 * mebibyte), 'app', 'PATCH', '/entities/e1/properties');
    expect(answer.status).toBe(200);
    await expect(buffer(streamIn(answer))).rejects.toMatchObject({ code: 'LARGE_ANSWERS_UNAVAILABLE' });
  });

  it('a result that works only once is refused before the upstream is asked', async () => {
    const { around } = setUp({ store: slow });
    let asked = 0;
    const error = await failing(
      around(exchangeOf({ path: onceContents }), async () => {
        asked += 1;
        return streamed(10);
      }),
    );
    expect(error).toMatchObject({ code: 'LARGE_ANSWERS_UNAVAILABLE', facts: { sent: false } });
    expect(asked).toBe(0);
  });
});

describe('the answer to a write', () => {
  it.each<[string, () => NativeAnswer]>([
    ['announced', () => ({ ...streamed(3 * mebibyte), headers: announced(3 * mebibyte).headers })],
    ['at hand', () => whole(3 * mebibyte)],
    ['of unknown length', () => streamed(3 * mebibyte)],
  ])('%s is never refused: its status goes out, and its body breaks off', async (_what, create) => {
    const { ask } = setUp();
    for (let count = 0; count < 4; count += 1) await ask(announced(2 * mebibyte));
    const answer = await ask(create(), 'app', 'PATCH', '/entities/e1/properties');
    expect(answer.status).toBe(200);
    await expect(buffer(streamIn(answer))).rejects.toMatchObject({ code: 'TOO_MANY_LARGE_ANSWERS' });
  });
});

describe('a result that works only once', () => {
  it('is refused before the upstream is asked', async () => {
    const { ask, around } = setUp();
    for (let count = 0; count < 4; count += 1) await ask(announced(2 * mebibyte));
    let asked = 0;
    const error = await failing(
      around(exchangeOf({ path: onceContents }), async () => {
        asked += 1;
        return streamed(mebibyte);
      }),
    );
    expect(error).toMatchObject({ code: 'TOO_MANY_LARGE_ANSWERS', facts: { sent: false } });
    expect(asked).toBe(0);
  });

  it('holds its place until it has left, and none when it is small, fails or is a HEAD', async () => {
    const { ask, around, background } = setUp({ limits: { perConsumer: 1, inAll: 1, pool: 'native' } });
    const once = exchangeOf({ path: onceContents });
    await ask(whole(10), 'app', 'GET', onceContents);
    await expect(around(once, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    const large = streamIn(await ask(streamed(2 * mebibyte), 'app', 'GET', onceContents));
    const head: NativeAnswer = { status: 200, headers: [['content-length', '9999999']], body: undefined };
    expect(await ask(head, 'app', 'HEAD', onceContents)).toBe(head);
    await failing(ask(whole(10), 'app', 'GET', onceContents));
    large.destroy();
    await Promise.all(background);
    expect((await ask(whole(10), 'app', 'GET', onceContents)).status).toBe(200);
  });
});
