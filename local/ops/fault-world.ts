/** What faults act on: the simulated tenant, the queues of the twin, and the facade as its applications call it. */
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
  linkAndRevoke(): Promise<void>;
  forgetToken(): Promise<void>;
  /** @returns id of the subscription. */
  subscribeWithoutQueue(): Promise<string>;
  unsubscribe(id: string): Promise<void>;
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

const tenantActs = ({ url }: FaultWorldOptions['simulator']) => {
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
    notify: (entityId: string) => control('POST', 'notifications', { type: 'update', entityId, push: true }),
  };
};

const queueActs = ({ sqs, ingress }: FaultWorldOptions) => ({
  async sendPoison(): Promise<void> {
    const group = { MessageGroupId: 'ops', MessageDeduplicationId: String(Date.now()) };
    await sqs.send(new SendMessageCommand({ QueueUrl: ingress.queueUrl, MessageBody: poison, ...group }));
  },
  /** The messages that `sendPoison` has sent. Other dead letters stay. */
  async removePoison(): Promise<void> {
    const place = { QueueUrl: ingress.deadLettersUrl };
    const wanted = { MaxNumberOfMessages: 10, VisibilityTimeout: hiddenSeconds };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...place, ...wanted }));
    const own = Messages.filter(({ Body }) => Body === poison);
    for (const { ReceiptHandle } of own) await sqs.send(new DeleteMessageCommand({ ...place, ReceiptHandle }));
  },
});

const facadeActs = ({ url, ask, simulator, sqs }: FaultWorldOptions, notify: (entityId: string) => Promise<void>) => ({
  async linkAndRevoke(): Promise<void> {
    await linkToken({ url, ask }, 'demo-people', person.subject, person.userId);
    simulator.tenant.tokens.revoke(({ id }) => id === person.userId);
    await ask('GET', uncached, 'demo-people', undefined, onBehalf);
  },
  async forgetToken(): Promise<void> {
    await ask('DELETE', '/v1/me/token', 'demo-people', undefined, onBehalf);
  },
  async subscribeWithoutQueue(): Promise<string> {
    const attributes = { queue: { kind: 'standard' } };
    const made = await ask('POST', '/v1/subscriptions', 'demo-app', { data: { type: 'subscription', attributes } });
    if (made.status !== 201) throw new Error(`No subscription was made: ${made.text}`);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: made.document.data.attributes.queueUrl }));
    await notify(demoIds.experiment);
    return made.document.data.id;
  },
  async unsubscribe(id: string): Promise<void> {
    await ask('DELETE', `/v1/subscriptions/${id}`, 'demo-app');
  },
});

export const createFaultWorld = (options: FaultWorldOptions): FaultWorld => {
  const { url, simulator } = options;
  const { notify, setTenantFault } = tenantActs(simulator);
  const call = (signal: AbortSignal) => fetch(`${url}${uncached}`, { headers: { 'x-api-key': 'demo-app' }, signal });
  return {
    setTenantFault,
    calls: createCalls(async (signal) => (await call(signal)).arrayBuffer()),
    ...queueActs(options),
    ...facadeActs(options, notify),
  };
};
