/** Twenty subscriptions that want different events. */
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import type { Scene } from './scene.ts';

const native = (type: string): string => `com.revvity.signals.${type}`;

/** The first five have FIFO queues. */
const filters: readonly (object | undefined)[] = [
  undefined,
  { type: [native('close')] },
  { type: [{ prefix: native('re') }] },
  { subject: [{ suffix: '1' }] },
  { subject: [{ suffix: '7' }] },
  { type: [native('create'), native('archive')] },
  { type: [{ 'anything-but': [native('create'), native('close'), native('sign')] }] },
  { subject: [{ suffix: '2' }] },
  { subject: [{ suffix: '8' }], type: [{ 'anything-but': native('create') }] },
  { subject: [{ suffix: '9' }] },
  { subject: [{ wildcard: 'experiment:*3' }] },
  { type: [{ suffix: 'N' }] },
  { type: [{ 'equals-ignore-case': native('SIGN') }] },
  { $or: [{ type: [native('close')], subject: [{ suffix: '4' }] }, { subject: [{ suffix: '5' }] }] },
  { data: { data: { attributes: { type: ['reopen'] } } } },
  { data: { data: { relationships: { createdBy: { data: { id: ['102'] } } } } } },
  { data: { data: { relationships: { entity: { data: { id: [{ suffix: '6' }] } } } } } },
  { data: { data: { attributes: { comment: [{ exists: true }] } } }, type: [native('archive')] },
  { data: { data: { attributes: { 'no-such-field': [{ exists: false }] } } }, subject: [{ suffix: '0' }] },
  { specversion: ['1.0'], type: [native('sign')], subject: [{ 'anything-but': { suffix: '1' } }] },
];
export const broken = [4, 8] as const;
export const slow = 9;

// biome-ignore lint/suspicious/noExplicitAny: documents of several kinds.
export const ask = async ({ twin }: Scene, path: string, data?: object): Promise<any> => {
  const answer = await fetch(twin.url + path, {
    method: data ? 'POST' : 'GET',
    headers: { 'x-api-key': 'demo-app', ...(data ? { 'content-type': 'application/vnd.api+json' } : {}) },
    ...(data ? { body: JSON.stringify({ data }) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text).data;
};

export type Made = Subscription & { readonly url: string };

export const subscribe = async (scene: Scene): Promise<Made[]> => {
  const made: Made[] = [];
  for (const [index, filter] of filters.entries()) {
    const isFifo = index < 5;
    const attributes = { queue: { kind: isFifo ? 'fifo' : 'standard' }, ...(filter ? { filter } : {}) };
    const { id, attributes: has } = await ask(scene, '/v1/subscriptions', { type: 'subscription', attributes });
    made.push({
      ...{ id, consumerId: 'demo-app', incarnation: '', state: 'active', filter, url: has.queueUrl },
      ...{ startMillis: Date.now(), createdAtMillis: Date.now(), version: 1 },
      queue: { arn: has.queueArn, isFifo, isMade: true, deadLettersArn: has.deadLetterQueueArn },
    });
  }
  return made;
};
