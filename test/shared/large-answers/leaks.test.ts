import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createMemorySlotStore } from '../../../shared/large-answers/adapters/memory.ts';
import { turns } from '../../support/turns.ts';
import { announced, mebibyte, setUp, setUpAdmission, streamed } from './support.ts';

const streamIn = ({ body }: { body?: unknown }): Readable => body as Readable;

it('an answer whose body broke off while its place was being taken holds none', async () => {
  const memory = createMemorySlotStore();
  const gate = Promise.withResolvers<void>();
  const store = {
    ...memory,
    take: (...asked: Parameters<typeof memory.take>) => gate.promise.then(() => memory.take(...asked)),
  };
  const { ask, repeated } = setUp({ store });
  const answer = announced(2 * mebibyte);
  const asked = ask(answer);
  await turns();
  answer.body.destroy(); // the connection upstream broke
  await once(answer.body, 'close');
  gate.resolve();
  await asked.catch(() => {});
  await turns();
  expect(repeated.size).toBe(0);
});

it('an answer whose connection fails while its place is being taken ends as a broken one, and not the process', async () => {
  const memory = createMemorySlotStore();
  const [asking, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const take: typeof memory.take = async (...asked) => {
    asking.resolve();
    await gate.promise;
    return memory.take(...asked);
  };
  const { ask, repeated } = setUp({ store: { ...memory, take } });
  const answer = announced(2 * mebibyte);
  const asked = ask(answer);
  await asking.promise;
  // Nobody reads it yet: an error that nobody listens to would be thrown out of the process.
  expect(() => answer.body.emit('error', new Error('ECONNRESET'))).not.toThrow();
  answer.body.destroy();
  gate.resolve();
  expect(streamIn(await asked).destroyed).toBe(true);
  await turns();
  expect(repeated.size).toBe(0);
});

it('a caller that leaves between two tries takes no place any more', async () => {
  const [refusedOnce, nextTry] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const pause = (): Promise<void> => {
    refusedOnce.resolve();
    return nextTry.promise;
  };
  const { ask, repeated, store } = setUp({}, { holdMillis: 10, waitMillis: 5_000, pause });
  for (let count = 0; count < 4; count += 1) {
    await store.take('CONSUMER#app', 4, { holder: `other-${count}`, untilMillis: Number.MAX_SAFE_INTEGER }, 0);
  }
  // a write's answer: it waits for a place instead of being refused
  const answer = await ask(streamed(3 * mebibyte), 'app', 'POST', '/entities');
  const body = streamIn(answer);
  body.on('error', () => {});
  body.resume();
  await refusedOnce.promise;
  body.destroy();
  await once(body, 'close');
  for (let slot = 0; slot < 4; slot += 1) await store.release('CONSUMER#app', slot, `other-${slot}`);
  nextTry.resolve();
  await turns();
  expect(repeated.size).toBe(0);
});

it('a renewal that goes on when another has failed takes no slot after the answer has left', async () => {
  const memory = createMemorySlotStore();
  const slow = Promise.withResolvers<void>();
  const renew: typeof memory.renew = async (pool, ...rest) => {
    if (pool.startsWith('CONSUMER#')) throw new Error('connection refused');
    await slow.promise;
    return memory.renew(pool, ...rest);
  };
  const parts = setUpAdmission({ store: { ...memory, renew } });
  const entry = await parts.admission.enter({
    consumerId: 'app',
    untilMillis: Number.MAX_SAFE_INTEGER,
    lost: () => {},
  });
  if (!('ticket' in entry)) throw new Error('refused');
  await parts.renew();
  const left = entry.ticket.leave();
  await turns();
  slow.resolve();
  await left;
  await turns();
  const lease = { holder: 'other', untilMillis: Number.MAX_SAFE_INTEGER };
  expect(await memory.take('FUNCTION#native', 1, lease, parts.clock.nowMillis())).toBe(0);
});
