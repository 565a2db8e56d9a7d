/** What consumers do with their subscriptions: make, read, change, confirm, remove. */
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { Clock } from '../time/clock.ts';
import { checkCode, nextCode } from './confirmation.ts';
import { faultOfOwnQueue, type Home, isFifo, readQueueArn } from './queue-arn.ts';
import { QueueRefusal, type SubscriptionQueues } from './queues.ts';
import type { SubscriptionStore } from './store.ts';
import { createSubscriptionId, type Subscription } from './subscription.ts';

export type WantedSubscription = {
  readonly queue:
    | { readonly kind: 'standard' | 'fifo'; readonly reader?: string | undefined }
    | { readonly arn: string; readonly reader?: string | undefined };
  readonly filter?: unknown;
  readonly startMillis?: number | undefined;
  readonly latestOnlySeconds?: number | undefined;
  readonly isEnriched?: boolean | undefined;
};

export type SubscriptionChange = {
  readonly state?: 'active' | 'paused' | undefined;
  /** Null: every event. */
  readonly filter?: unknown;
};

export type SubscriptionsOptions = {
  readonly store: SubscriptionStore;
  readonly queues: SubscriptionQueues;
  readonly home: Home;
  readonly clock: Clock;
  readonly mostPerConsumer: number;
  /** Body of the message that carries a code. */
  readonly confirmationMessage: (subscription: Subscription, code: string) => string;
};

/** Whose subscriptions a caller sees; undefined = those of all. */
export type Owner = Pick<Consumer, 'id' | 'incarnation'> | undefined;

const isOf = ({ consumerId, incarnation }: Subscription, owner: NonNullable<Owner>): boolean =>
  consumerId === owner.id && incarnation === (owner.incarnation ?? '');

const absent = (): AppError =>
  new AppError('SUBSCRIPTION_UNKNOWN', { detail: 'No subscription of yours has this id.' });

const tries = 5;

export const createSubscriptions = (options: SubscriptionsOptions) => {
  const { store, queues, home, clock, mostPerConsumer, confirmationMessage } = options;

  const read = async (id: string, owner: Owner): Promise<Subscription> => {
    const found = await store.read(id);
    if (!found || (owner && !isOf(found, owner))) throw absent();
    return found;
  };

  const list = async (owner: Owner): Promise<readonly Subscription[]> => {
    const found = await store.list(owner?.id);
    return owner ? found.filter((one) => isOf(one, owner)) : found;
  };

  /** Changes what is there now; again where somebody else did meanwhile. `change` gives the same object to leave it. */
  const change = async (
    id: string,
    owner: Owner,
    alter: (before: Subscription) => Subscription,
  ): Promise<{ readonly before: Subscription; readonly after: Subscription }> => {
    for (let left = tries; left > 0; left -= 1) {
      const before = await read(id, owner);
      const altered = alter(before);
      if (altered === before) return { before, after: before };
      const after = { ...altered, version: before.version + 1 };
      if (await store.write(after)) return { before, after };
    }
    throw new AppError('SUBSCRIPTION_CHANGED', {
      detail: 'Others change this subscription at the same time. Try again.',
    });
  };

  const ensureRoom = (count: number): void => {
    if (count < mostPerConsumer) return;
    throw new AppError('SUBSCRIPTIONS_FULL', {
      detail: `A consumer may have ${mostPerConsumer} subscriptions. Delete one, or widen the filter of another.`,
    });
  };

  /** Two that are made at once may both find room: the later one goes again. */
  const ensureRoomAfter = async (made: Subscription, owner: NonNullable<Owner>): Promise<void> => {
    const place = (await list(owner)).findIndex(({ id }) => id === made.id);
    if (place < mostPerConsumer) return;
    await store.remove(made.id);
    await queues.remove(made.id, made.queue.isFifo);
    ensureRoom(place);
  };

  const sendCode = async (subscription: Subscription, code: string): Promise<void> => {
    try {
      await queues.send(subscription.queue.arn, confirmationMessage(subscription, code));
    } catch (error) {
      if (!(error instanceof QueueRefusal)) throw error;
      throw new AppError('CONFIRMATION_REFUSED', {
        detail: `No code could be sent to the queue: ${error.message}. Then ask for a code again.`,
        cause: error,
      });
    }
  };

  return {
    read,
    list,

    /** @throws AppError REQUEST_INVALID, SUBSCRIPTIONS_FULL. @returns the subscription, and why no code was sent where none was. */
    async create(
      consumer: Pick<Consumer, 'id' | 'incarnation'>,
      wanted: WantedSubscription,
    ): Promise<{ readonly subscription: Subscription; readonly codeRefusal?: string | undefined }> {
      const nowMillis = clock.nowMillis();
      const { queue } = wanted;
      const fault = 'arn' in queue ? faultOfOwnQueue(queue.arn, home) : undefined;
      if (fault !== undefined)
        throw new AppError('REQUEST_INVALID', {
          detail: `/data/attributes/queue/arn: ${fault}.`,
          source: { pointer: '/data/attributes/queue/arn' },
        });
      ensureRoom((await list(consumer)).length);
      const id = createSubscriptionId();
      const own = 'arn' in queue ? readQueueArn(queue.arn) : undefined;
      const ordered = own ? isFifo(own) : 'kind' in queue && queue.kind === 'fifo';
      const made = await queues.make({ subscriptionId: id, isFifo: ordered, isMade: !own, reader: queue.reader });
      const { code, confirmation } = nextCode(undefined, nowMillis);
      const { startMillis = nowMillis } = wanted;
      const subscription: Subscription = {
        id,
        consumerId: consumer.id,
        incarnation: consumer.incarnation ?? '',
        state: own ? 'pending' : 'active',
        queue: {
          arn: 'arn' in queue ? queue.arn : (made.arn ?? ''),
          isFifo: ordered,
          isMade: !own,
          deadLettersArn: made.deadLettersArn,
        },
        ...(queue.reader === undefined ? {} : { reader: queue.reader }),
        ...(wanted.filter === undefined ? {} : { filter: wanted.filter }),
        startMillis,
        ...(wanted.latestOnlySeconds === undefined ? {} : { latestOnlySeconds: wanted.latestOnlySeconds }),
        ...(wanted.isEnriched ? { isEnriched: true } : {}),
        ...(own ? { confirmation } : {}),
        ...(own || startMillis >= nowMillis ? {} : { catchUp: { fromMillis: startMillis, untilMillis: nowMillis } }),
        createdAtMillis: nowMillis,
        version: 1,
      };
      await store.write(subscription);
      await ensureRoomAfter(subscription, consumer);
      if (!own) return { subscription };
      try {
        await sendCode(subscription, code);
        return { subscription };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { subscription, codeRefusal: error.facts.detail };
      }
    },

    /** Pauses, resumes, or takes another filter. What came during a pause is sent by a replay. @throws AppError SUBSCRIPTION_PENDING. */
    change: (id: string, owner: Owner, { state, filter }: SubscriptionChange) =>
      change(id, owner, (before) => {
        const { filter: earlier, pausedAtMillis, ...rest } = before;
        if (before.state === 'pending' && state !== undefined)
          throw new AppError('SUBSCRIPTION_PENDING', {
            detail: `Return the code that was sent to the queue to /v1/subscriptions/${id}/confirmation first.`,
          });
        const nowMillis = clock.nowMillis();
        const wanted = filter === undefined ? earlier : (filter ?? undefined);
        const next: Subscription = {
          ...rest,
          ...(wanted === undefined ? {} : { filter: wanted }),
          ...(pausedAtMillis === undefined ? {} : { pausedAtMillis }),
        };
        if (state === undefined || state === before.state) return next;
        if (state === 'paused') return { ...next, state, pausedAtMillis: nowMillis };
        const { pausedAtMillis: since = nowMillis, ...resumed } = next;
        // A replay that has not begun goes on with what it was to send.
        const waiting = before.catchUp?.replayId === undefined ? before.catchUp : undefined;
        const fromMillis = Math.min(since, waiting?.fromMillis ?? since);
        return { ...resumed, state, catchUp: { fromMillis, untilMillis: nowMillis } };
      }),

    /** Sends another code to the queue of a pending subscription. @throws AppError CONFIRMATION_REFUSED. */
    async sendCodeAgain(id: string, owner: Owner): Promise<Subscription> {
      let code: string | undefined;
      const { after } = await change(id, owner, (before) => {
        if (before.state !== 'pending') return before;
        const next = nextCode(before.confirmation, clock.nowMillis());
        code = next.code;
        return { ...before, confirmation: next.confirmation };
      });
      if (code !== undefined) await sendCode(after, code);
      return after;
    },

    /** Takes a code that came through the queue. Safe to repeat. @throws AppError CONFIRMATION_REFUSED. */
    async confirm(id: string, owner: Owner, code: string): Promise<Subscription> {
      let verdict: ReturnType<typeof checkCode> = 'right';
      const { after } = await change(id, owner, (before) => {
        const { confirmation, ...rest } = before;
        if (before.state !== 'pending' || !confirmation) return before;
        const nowMillis = clock.nowMillis();
        verdict = checkCode(confirmation, code, nowMillis);
        if (verdict === 'over') return before;
        if (verdict === 'wrong')
          return { ...before, confirmation: { ...confirmation, wrongCodes: confirmation.wrongCodes + 1 } };
        const { startMillis } = before;
        const catchUp = startMillis < nowMillis ? { catchUp: { fromMillis: startMillis, untilMillis: nowMillis } } : {};
        return { ...rest, state: 'active', ...catchUp };
      });
      if (verdict === 'right') return after;
      throw new AppError('CONFIRMATION_REFUSED', {
        detail:
          verdict === 'wrong'
            ? 'This is not the last code that was sent to the queue.'
            : 'The code is older than an hour, or too many wrong ones were given. Ask for another: send the request without a code.',
      });
    },

    /** Ends a subscription and removes the queues that were made for it, with the messages in them. */
    async remove(id: string, owner: Owner): Promise<Subscription> {
      const found = await read(id, owner);
      await store.remove(id);
      await queues.remove(id, found.queue.isFifo);
      return found;
    },
  };
};
export type Subscriptions = ReturnType<typeof createSubscriptions>;
