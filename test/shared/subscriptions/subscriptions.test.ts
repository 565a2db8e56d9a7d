/** Acts of consumers on subscriptions: owners, the queues that they may name, and the confirmation of a queue. */
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { createMemoryQueues, createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import { createSubscriptions, type WantedSubscription } from '../../../shared/subscriptions/subscriptions.ts';
import { home } from '../../contracts/subscription-queues.contract.ts';

const ownArn = 'arn:aws:sqs:eu-west-1:111122223333:mine';
const app = { id: 'app', incarnation: 'c_1' };
const startMillis = Date.parse('2026-06-01T08:00:00Z');

const createWorld = (mostPerConsumer = 20) => {
  let nowMillis = startMillis;
  const queues = createMemoryQueues(home, [ownArn]);
  const store = createMemorySubscriptionStore();
  const subscriptions = createSubscriptions({
    store,
    queues,
    home,
    mostPerConsumer,
    clock: { nowMillis: () => nowMillis },
    confirmationMessage: (_subscription, code) => code,
  });
  const wait = (millis: number): void => {
    nowMillis += millis;
  };
  const codes = (): readonly string[] => queues.messages.get(ownArn) ?? [];
  return { subscriptions, queues, store, wait, codes };
};

const refusedAs = (code: ErrorCode) => expect.objectContaining({ code });
const made: WantedSubscription = { queue: { kind: 'fifo' } };
const own: WantedSubscription = { queue: { arn: ownArn } };

describe('a subscription with a queue of the facade', () => {
  it('is active at once, and goes with its queues', async () => {
    const { subscriptions, queues } = createWorld();
    const { subscription } = await subscriptions.create(app, made);
    expect(subscription).toMatchObject({ state: 'active', queue: { isMade: true, isFifo: true }, startMillis });
    expect([...queues.messages.keys()]).toEqual(
      expect.arrayContaining([subscription.queue.arn, subscription.queue.deadLettersArn]),
    );
    await subscriptions.remove(subscription.id, app);
    expect([...queues.messages.keys()]).toEqual([ownArn]);
    await expect(subscriptions.read(subscription.id, app)).rejects.toEqual(refusedAs('SUBSCRIPTION_UNKNOWN'));
  });

  it('that starts earlier has all since then still to be sent', async () => {
    const { subscriptions } = createWorld();
    const { subscription } = await subscriptions.create(app, { ...made, startMillis: startMillis - 1_000 });
    expect(subscription.catchUp).toEqual({ fromMillis: startMillis - 1_000, untilMillis: startMillis });
  });

  it('that goes on has all of its pause still to be sent, also of one that was not sent yet', async () => {
    const { subscriptions, wait } = createWorld();
    const { subscription } = await subscriptions.create(app, made);
    for (const _round of [1, 2]) {
      wait(1_000);
      await subscriptions.change(subscription.id, app, { state: 'paused' });
      wait(1_000);
      await subscriptions.change(subscription.id, app, { state: 'active' });
    }
    const { catchUp, pausedAtMillis } = await subscriptions.read(subscription.id, app);
    expect([catchUp, pausedAtMillis]).toEqual([
      { fromMillis: startMillis + 1_000, untilMillis: startMillis + 4_000 },
      undefined,
    ]);
  });

  it('takes another filter, and none again', async () => {
    const { subscriptions } = createWorld();
    const { subscription } = await subscriptions.create(app, { ...made, filter: { type: ['a'] } });
    const change = async (filter: unknown) => (await subscriptions.change(subscription.id, app, { filter })).after;
    expect((await change({ type: ['b'] })).filter).toEqual({ type: ['b'] });
    expect('filter' in (await change(null))).toBe(false);
  });
});

describe('the number of subscriptions', () => {
  it('is bounded, one after the other and all at once, and no queue is left behind', async () => {
    const { subscriptions, queues } = createWorld(3);
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => subscriptions.create(app, made)));
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused.length).toBeGreaterThanOrEqual(5);
    expect(refused).toEqual(refused.map(() => refusedAs('SUBSCRIPTIONS_FULL')));
    const left = await subscriptions.list(app);
    expect(left.length).toBeLessThanOrEqual(3);
    expect(queues.messages.size).toBe(1 + 2 * left.length);
    await subscriptions.create({ id: 'other' }, made);
  });
});

describe('the queue of a consumer', () => {
  it.each([
    ['of another service', 'arn:aws:sns:us-east-1:111122223333:mine'],
    ['that is a function', 'arn:aws:lambda:us-east-1:111122223333:function:mine'],
    ['that is a bucket', 'arn:aws:s3:::mine'],
    ['that is a role', 'arn:aws:iam::111122223333:role/mine'],
    ['that is every queue', 'arn:aws:sqs:us-east-1:111122223333:*'],
    ['that is FIFO by a name of other letters', 'arn:aws:sqs:us-east-1:111122223333:mine.FIFO'],
    ['that has .fifo twice', 'arn:aws:sqs:us-east-1:111122223333:mine.fifo.fifo'],
    ['in a region that is a host', 'arn:aws:sqs:us-east-1.example.com/:111122223333:mine'],
    ['in an account that is none', 'arn:aws:sqs:us-east-1:111122223333@evil:mine'],
    ['that is longer than a name can be', `arn:aws:sqs:us-east-1:111122223333:${'x'.repeat(81)}`],
    ['that is a URL', 'https://sqs.us-east-1.amazonaws.com/111122223333/mine'],
    ['of the facade itself', 'arn:aws:sqs:us-east-1:000000000000:signals-facade-test-Ingress'],
    ['of the facade itself, in another region', 'arn:aws:sqs:eu-west-1:000000000000:signals-facade-test-Replays'],
    [
      'of dead letters of the facade',
      'arn:aws:sqs:us-east-1:000000000000:signals-facade-test-sub-0123456789abcdef-dead',
    ],
    ['made for another', 'arn:aws:sqs:us-east-1:000000000000:signals-facade-test-sub-0123456789abcdef'],
    ['of another stage', 'arn:aws:sqs:us-east-1:000000000000:signals-facade-prod-sub-0123456789abcdef'],
    ['in another partition', 'arn:aws-cn:sqs:cn-north-1:111122223333:mine'],
    ['with a dot elsewhere', 'arn:aws:sqs:us-east-1:111122223333:mine.fifo.x'],
    ['without a name', 'arn:aws:sqs:us-east-1:111122223333:.fifo'],
    ['with a path', 'arn:aws:sqs:us-east-1:111122223333:../x'],
    ['with a line break', 'arn:aws:sqs:us-east-1:111122223333:mine\n'],
  ])('%s is refused with its place, and nothing is made', async (_what, arn) => {
    const { subscriptions, queues } = createWorld();
    const refusal = await subscriptions.create(app, { queue: { arn } }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'REQUEST_INVALID',
      facts: { source: { pointer: '/data/attributes/queue/arn' } },
    });
    expect(queues.messages.size).toBe(1);
  });

  it('gets nothing but a code until the code is returned', async () => {
    const { subscriptions, codes, wait } = createWorld();
    const { subscription } = await subscriptions.create(app, own);
    expect(subscription.state).toBe('pending');
    await expect(subscriptions.change(subscription.id, app, { state: 'active' })).rejects.toEqual(
      refusedAs('SUBSCRIPTION_PENDING'),
    );
    await expect(subscriptions.confirm(subscription.id, app, 'a guess')).rejects.toEqual(
      refusedAs('CONFIRMATION_REFUSED'),
    );
    wait(1_000);
    const confirmed = await subscriptions.confirm(subscription.id, app, codes()[0] ?? '');
    expect(confirmed).toMatchObject({
      state: 'active',
      catchUp: { fromMillis: startMillis, untilMillis: startMillis + 1_000 },
    });
    expect(confirmed.confirmation).toBeUndefined();
    // Twice, as after a lost answer.
    expect(await subscriptions.confirm(subscription.id, app, codes()[0] ?? '')).toEqual(confirmed);
  });

  it('is not confirmed by the right code after five wrong ones, nor after an hour', async () => {
    const { subscriptions, codes, wait } = createWorld();
    const { subscription } = await subscriptions.create(app, own);
    const confirm = (code: string) => subscriptions.confirm(subscription.id, app, code);
    for (let tries = 0; tries < 5; tries += 1) await expect(confirm('a guess')).rejects.toThrow('not the last code');
    await expect(confirm(codes()[0] ?? '')).rejects.toThrow('too many wrong ones');
    wait(60_000);
    await subscriptions.sendCodeAgain(subscription.id, app);
    wait(3_600_000);
    await expect(confirm(codes()[1] ?? '')).rejects.toThrow('older than an hour');
    await subscriptions.sendCodeAgain(subscription.id, app);
    expect((await confirm(codes()[2] ?? '')).state).toBe('active');
  });

  it('gets at most ten codes, none within 30 s of another', async () => {
    const { subscriptions, codes, wait } = createWorld();
    const { subscription } = await subscriptions.create(app, own);
    const again = () => subscriptions.sendCodeAgain(subscription.id, app);
    await expect(again()).rejects.toThrow('less than 30 s ago');
    for (let sent = 1; sent < 10; sent += 1) {
      wait(30_000);
      await again();
    }
    wait(30_000);
    await expect(again()).rejects.toThrow('10 codes were sent');
    expect(codes()).toHaveLength(10);
  });

  it('that takes no message leaves a pending subscription, and says why', async () => {
    const { subscriptions } = createWorld();
    const arn = 'arn:aws:sqs:eu-west-1:111122223333:gone';
    const { subscription, codeRefusal } = await subscriptions.create(app, { queue: { arn } });
    expect([subscription.state, codeRefusal]).toEqual(['pending', expect.stringContaining('there is no such queue')]);
  });
});

describe('the subscriptions of others', () => {
  it('are unknown to a consumer, also to one that has the id of the owner later', async () => {
    const { subscriptions } = createWorld();
    const {
      subscription: { id },
    } = await subscriptions.create(app, made);
    const strangers = [{ id: 'other' }, { id: 'app', incarnation: 'c_2' }, { id: 'app' }];
    for (const stranger of strangers) {
      expect(await subscriptions.list(stranger)).toEqual([]);
      for (const act of [
        () => subscriptions.read(id, stranger),
        () => subscriptions.change(id, stranger, { state: 'paused' }),
        () => subscriptions.confirm(id, stranger, 'x'),
        () => subscriptions.sendCodeAgain(id, stranger),
        () => subscriptions.remove(id, stranger),
      ])
        await expect(act()).rejects.toEqual(refusedAs('SUBSCRIPTION_UNKNOWN'));
    }
    expect((await subscriptions.read(id, undefined)).state).toBe('active');
  });
});
