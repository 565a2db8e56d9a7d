/** A consumer of notifications: subscribes, makes something happen in the tenant, and reads the queue. */
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { CloudEvent } from '../../../shared/notifications/cloud-event.ts';
import type { TestTwin } from '../../support/twin.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents of several kinds.
export type Answer = { readonly status: number; readonly document: any };
export type Made = {
  readonly id: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly state: string;
};

export type NotificationsUser = ReturnType<typeof createNotificationsUser>;

export const createNotificationsUser = (twinOf: () => TestTwin, sqs: () => SQSClient) => {
  const ask = async (method: string, path: string, data?: object, key = 'demo-app'): Promise<Answer> => {
    const answer = await fetch(twinOf().url + path, {
      method,
      headers: { 'x-api-key': key, ...(data ? { 'content-type': 'application/vnd.api+json' } : {}) },
      ...(data ? { body: JSON.stringify({ data }) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, document: text ? JSON.parse(text) : {} };
  };

  const subscribe = async (attributes: object, key?: string): Promise<Made> => {
    const { status, document } = await ask('POST', '/v1/subscriptions', { type: 'subscription', attributes }, key);
    expect(status, JSON.stringify(document)).toBe(201);
    return { id: document.data.id, ...document.data.attributes };
  };

  /** Makes the tenant push notifications, and waits until each push is answered. Returns their ids. */
  const happen = async (type: string, entityId: string, count = 1, comment?: string): Promise<string[]> => {
    const events = Array.from({ length: count }, () => ({ type, entityId, comment }));
    const body = JSON.stringify({ events });
    const answer = await fetch(`${twinOf().simulator.url}/_control/notifications`, { method: 'POST', body });
    return ((await answer.json()) as { ids: string[] }).ids;
  };

  /** The next `count` messages, deleted as a consumer does it. */
  const receive = async (QueueUrl: string, count: number): Promise<string[]> => {
    const bodies: string[] = [];
    while (bodies.length < count) {
      const wanted = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 };
      for (const { Body = '', ReceiptHandle } of (await sqs().send(new ReceiveMessageCommand(wanted))).Messages ?? []) {
        bodies.push(Body);
        await sqs().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
    return bodies;
  };
  const receiveEvents = async (queueUrl: string, count: number): Promise<CloudEvent[]> =>
    (await receive(queueUrl, count)).map((body) => CloudEvent.parse(JSON.parse(body)));
  return { ask, subscribe, happen, receive, receiveEvents };
};
