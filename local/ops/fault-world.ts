/** What faults act on: the simulated tenant, the queues of the twin, and the facade as its applications call it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  DeleteMessageCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import type { Simulator } from '../../packages/signals-simulator/src/simulator.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { AskFacade } from '../incidents/ask-facade.ts';
import { linkToken } from '../incidents/link-token.ts';
import { type Calls, createCalls } from './calls.ts';

export type FaultWorld = {
  /** Replaces the fault of the tenant; undefined = it has none, also none that somebody made at its control surface. */
  setTenantFault(rule: object | undefined): Promise<void>;
  readonly calls: Calls;
  sendPoison(): Promise<void>;
  removePoison(): Promise<void>;
  linkToken(): Promise<void>;
  /** The tenant revokes it, and the person calls once. */
  revokeToken(): Promise<void>;
  forgetToken(): Promise<void>;
  /** @returns address of the queue of the subscription. */
  subscribe(): Promise<string>;
  removeQueue(queueUrl: string): Promise<void>;
  /** An event that the subscription wants. */
  notify(): Promise<void>;
  /** Removes what `subscribe` has made, also when nobody got its answer. */
  unsubscribe(): Promise<void>;
};

export type FaultWorldOptions = {
  /** Of the facade. */
  readonly url: string;
  readonly ask: AskFacade;
  readonly simulator: Pick<Simulator, 'url' | 'tenant'>;
  readonly sqs: SQSClient;
  /** Addresses of the queue before the dispatcher, and of its dead letters. */
  readonly ingress: { readonly queueUrl: string; readonly deadLettersUrl: string };
};

/** Never cached, so each call reaches the tenant. */
const uncached = `${signalsBasePath}/profiles/me`;

/** A person whose token nobody else needs. */
const person = { subject: 'a-person-of-ops', userId: '105' } as const;
const onBehalf = { 'x-on-behalf-of': person.subject } as const;

const poison = JSON.stringify({ kind: 'of-a-later-version', entity: demoIds.experiment, madeBy: '/ops' });
/** Other dead letters are seen again soon. */
const hiddenSeconds = 2;
/** A message that was just sent is a dead letter soon. */
const looks = { most: 20, everyMillis: 500 };

/** Marks the subscription: nothing else has this name. */
const filter = { subject: [demoIds.experiment, 'provoked-at-ops'] };

const tenantActs = ({ simulator: { url } }: FaultWorldOptions) => {
  const control = async (method: string, path: string, body?: object): Promise<void> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_control/${path}`, { method, ...sent });
    if (!answer.ok) throw new Error(`The simulator answers ${answer.status}: ${await answer.text()}`);
  };
  return {
    setTenantFault: async (rule: object | undefined): Promise<void> => {
      await control('DELETE', 'faults');
      if (rule) await control('POST', 'faults', rule);
    },
    notify: () => control('POST', 'notifications', { type: 'update', entityId: demoIds.experiment, push: true }),
  };
};

const queueActs = ({ sqs, ingress }: FaultWorldOptions) => ({
  async removeQueue(QueueUrl: string): Promise<void> {
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  },
  async sendPoison(): Promise<void> {
    const group = { MessageGroupId: 'ops', MessageDeduplicationId: String(Date.now()) };
    await sqs.send(new SendMessageCommand({ QueueUrl: ingress.queueUrl, MessageBody: poison, ...group }));
  },
  /** The messages that `sendPoison` has sent. Other dead letters stay. */
  async removePoison(): Promise<void> {
    const place = { QueueUrl: ingress.deadLettersUrl };
    const wanted = { MaxNumberOfMessages: 10, VisibilityTimeout: hiddenSeconds };
    for (let look = 0; look < looks.most; look += 1) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...place, ...wanted }));
      const own = Messages.filter(({ Body }) => Body === poison);
      for (const { ReceiptHandle } of own) await sqs.send(new DeleteMessageCommand({ ...place, ReceiptHandle }));
      if (own.length > 0) return;
      await sleep(looks.everyMillis);
    }
  },
});

type Answer = Awaited<ReturnType<AskFacade>>;

/** @throws Error for another status. */
const must = ({ status, text, document }: Answer, wanted: readonly number[], what: string): Answer['document'] => {
  if (!wanted.includes(status)) throw new Error(`${what}: ${status} ${text}`);
  return document;
};

const tokenActs = ({ url, ask, simulator }: FaultWorldOptions) => ({
  linkToken: () => linkToken({ url, ask }, 'demo-people', person.subject, person.userId),
  async revokeToken(): Promise<void> {
    simulator.tenant.tokens.revoke(({ id }) => id === person.userId);
    await ask('GET', uncached, 'demo-people', undefined, onBehalf);
  },
  async forgetToken(): Promise<void> {
    const answer = await ask('DELETE', '/v1/me/token', 'demo-people', undefined, onBehalf);
    must(answer, [204, 404], 'The token was not removed');
  },
});

const subscriptionActs = ({ ask }: FaultWorldOptions) => {
  const path = '/v1/subscriptions';
  return {
    async subscribe(): Promise<string> {
      const attributes = { queue: { kind: 'standard' }, filter };
      const made = await ask('POST', path, 'demo-app', { data: { type: 'subscription', attributes } });
      return must(made, [201], 'No subscription was made').data.attributes.queueUrl;
    },
    async unsubscribe(): Promise<void> {
      const { data } = must(await ask('GET', path, 'demo-app'), [200], 'The subscriptions could not be read');
      for (const { id, attributes } of data)
        if (isDeepStrictEqual(attributes.filter, filter))
          must(await ask('DELETE', `${path}/${id}`, 'demo-app'), [204, 404], 'The subscription was not removed');
    },
  };
};

export const createFaultWorld = (options: FaultWorldOptions): FaultWorld => {
  const { url } = options;
  const call = (signal: AbortSignal) => fetch(`${url}${uncached}`, { headers: { 'x-api-key': 'demo-app' }, signal });
  return {
    ...tenantActs(options),
    calls: createCalls(async (signal) => (await call(signal)).arrayBuffer()),
    ...queueActs(options),
    ...tokenActs(options),
    ...subscriptionActs(options),
  };
};
