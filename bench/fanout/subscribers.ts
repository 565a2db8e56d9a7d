/** Subscriptions of the bench, and when their queues took what. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Pushed } from './tenant.ts';

export type Subscriber = { readonly id: string; readonly queueUrl: string };

export type Api = { readonly url: string; readonly key: string };

// biome-ignore lint/suspicious/noExplicitAny: documents of several kinds.
export const ask = async ({ url, key }: Api, method: string, path: string, data?: object): Promise<any> => {
  const answer = await fetch(url + path, {
    method,
    headers: { 'x-api-key': key, ...(data ? { 'content-type': 'application/vnd.api+json' } : {}) },
    ...(data ? { body: JSON.stringify({ data }) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`);
  return text ? JSON.parse(text).data : undefined;
};

/** To events about entities of a type. */
export const subscribe = async (api: Api, kind: 'fifo' | 'standard', entityType: string): Promise<Subscriber> => {
  const attributes = { queue: { kind }, filter: { subject: [{ prefix: `${entityType}:` }] } };
  const { id, attributes: made } = await ask(api, 'POST', '/v1/subscriptions', { type: 'subscription', attributes });
  return { id, queueUrl: made.queueUrl };
};

export type EventArrival = {
  readonly id: string;
  readonly atMillis: number;
  /** Mark of an event that stands outside the order, or may be repeated. */
  readonly delivery: string | undefined;
};

/** What is in a queue that nobody reads, by the inspection of the embedded SQS: a reader would take processor time. */
export const arrivalsIn = async (queueUrl: string): Promise<EventArrival[]> => {
  const { origin, pathname } = new URL(queueUrl);
  const answer = await fetch(`${origin}/_fauxqs/queues/${pathname.split('/').at(-1)}`);
  const { messages } = (await answer.json()) as { messages: { ready: { body: string; sentTimestamp: number }[] } };
  return messages.ready.map(({ body, sentTimestamp }) => {
    const { id, delivery } = JSON.parse(body);
    return { id, delivery, atMillis: Number(sentTimestamp) };
  });
};

export type Deliveries = {
  /** From each push to each queue. */
  readonly millis: readonly number[];
  /** From the first push to the last delivery. */
  readonly spanMillis: number;
};

/** A send whose outcome is unknown, as on an overloaded machine, is repeated within four minutes. */
const mostWaitMillis = 360_000;

/** Waits until each queue has each event, and empties them. @throws when one lacks one after six minutes. */
export const collect = async (
  sqs: SQSClient,
  subscribers: readonly Subscriber[],
  pushed: Pushed,
): Promise<Deliveries> => {
  const endMillis = Date.now() + mostWaitMillis;
  const millis: number[] = [];
  let lastMillis = 0;
  for (const { queueUrl } of subscribers) {
    let arrivals = new Map<string, number>();
    for (;;) {
      // The first copy counts: standard queues may have others.
      arrivals = new Map((await arrivalsIn(queueUrl)).reverse().map(({ id, atMillis }) => [id, atMillis]));
      if ([...pushed.keys()].every((id) => arrivals.has(id))) break;
      if (Date.now() > endMillis) throw new Error(`${queueUrl} lacks events after six minutes`);
      await sleep(250);
    }
    for (const [id, atMillis] of pushed) {
      const arrivedMillis = arrivals.get(id) ?? Number.NaN;
      millis.push(arrivedMillis - atMillis);
      lastMillis = Math.max(lastMillis, arrivedMillis);
    }
    await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
  }
  return { millis, spanMillis: lastMillis - Math.min(...pushed.values()) };
};
