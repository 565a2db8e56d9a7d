/** The types of requests and of other work that a stage does, each as calls on the twin. */
import { setTimeout as sleep } from 'node:timers/promises';
import { demoHook } from '../../local/operator/seed.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { CallOptions, CountedTwin } from './counted-twin.ts';

export type RequestType = {
  readonly name: string;
  /** Statuses that its calls must have. */
  readonly status: number;
  /** Of the cache, in `Cache-Status`. */
  readonly verdict?: RegExp;
  /** Work before the count begins. */
  readonly prepare?: (stage: Stage) => Promise<unknown>;
  /** The call number `index`. */
  readonly call: (stage: Stage, index: number) => ReturnType<CountedTwin['call']>;
  /** Work after the calls that is counted with them. */
  readonly finish?: (stage: Stage) => Promise<unknown>;
  /** Without copies of answers in the memory of instances. */
  readonly withoutMemory?: true;
  /** At most so many calls. */
  readonly most?: number;
};

type Caller = Pick<CountedTwin, 'call' | 'url'>;

/** The twin and its experiments, which no other request type has used. */
export type Stage<Twin extends Caller = Caller> = {
  readonly twin: Twin;
  readonly native: (method: string, path: string, options?: CallOptions) => ReturnType<CountedTwin['call']>;
  /** An open experiment that was not taken before. */
  readonly take: () => string;
  /** The same one each time. */
  readonly one: string;
};

export const createStage = <Twin extends Caller>(twin: Twin, experiments: readonly string[]): Stage<Twin> => {
  const [one = '', ...others] = experiments;
  return {
    twin,
    one,
    native: (method, path, options) => twin.call(method, signalsBasePath + path, options),
    take() {
      const next = others.shift();
      if (next === undefined) throw new Error('All experiments of the tenant have been used.');
      return next;
    },
  };
};

const properties = (index: number): CallOptions => ({
  body: { data: [{ attributes: { name: 'Description', value: `version ${index}` } }] },
});
const listing = '/entities?includeTypes=experiment&page[limit]=40';
const warm = async (stage: Stage, path: string): Promise<void> => {
  for (let count = 0; count < 3; count += 1) await stage.native('GET', path);
};

let lastPush = 0;
const push = (stage: Stage): ReturnType<CountedTwin['call']> => {
  lastPush += 1;
  const id = `cost-${lastPush}`;
  const createdAt = new Date().toISOString();
  const attributes = { id, eid: id, type: 'create', createdAt, isDismissed: false, isRead: false, isFlagged: false };
  const relationships = {
    createdBy: { data: { type: 'user', id: '101' } },
    entity: { data: { type: 'entity', id: `experiment:${id}` } },
  };
  return stage.twin.call('POST', hookPath, {
    body: { data: { type: 'notification', id, attributes, relationships } },
    headers: { [demoHook.headerName]: demoHook.headerValue },
  });
};

/** Subscriptions to all experiments. */
const subscribeUpTo = async (stage: Stage, wanted: number): Promise<void> => {
  const listed = await stage.twin.call('GET', '/v1/subscriptions');
  const { length } = JSON.parse(listed.text).data as unknown[];
  for (let count = length; count < wanted; count += 1) {
    const attributes = { queue: { kind: 'fifo' }, filter: { subject: [{ prefix: 'experiment:' }] } };
    const { status, text } = await stage.twin.call('POST', '/v1/subscriptions', {
      body: { data: { type: 'subscription', attributes } },
    });
    if (status !== 201) throw new Error(`A subscription was answered with ${status}: ${text}`);
  }
};

const cappedKey = async (stage: Stage): Promise<string> => {
  const admin = (path: string, data: object) => stage.twin.call('POST', path, { key: 'demo-admin', body: { data } });
  const quota = { priority: 'interactive', weight: 1, caps: [{ units: 1, windowSeconds: 3_600 }] };
  await admin('/v1/consumers', { type: 'consumer', id: 'capped', attributes: { scopes: ['*:read'], quota } });
  const { text } = await admin('/v1/consumers/capped/keys', { type: 'consumer-key', attributes: {} });
  return JSON.parse(text).data.attributes.key;
};
let capped = '';

const exportsOf = new WeakMap<Stage, string[]>();
const untilExported = async (stage: Stage): Promise<void> => {
  for (const path of exportsOf.get(stage) ?? []) {
    for (let state = ''; state !== 'succeeded'; ) {
      await sleep(1_000);
      state = JSON.parse((await stage.twin.call('GET', path)).text).data.attributes.state;
      if (state === 'failed') throw new Error(`${path} has failed`);
    }
  }
};

export const requestTypes: readonly RequestType[] = [
  {
    name: 'read: hit, from the memory of the instance',
    ...{ status: 200, verdict: /hit/ },
    prepare: (stage) => warm(stage, `/entities/${stage.one}`),
    call: (stage) => stage.native('GET', `/entities/${stage.one}`),
  },
  {
    name: 'read: hit, from the table',
    ...{ status: 200, verdict: /hit/, withoutMemory: true },
    prepare: (stage) => warm(stage, `/entities/${stage.one}`),
    call: (stage) => stage.native('GET', `/entities/${stage.one}`),
  },
  {
    name: 'read: hit, a list of 40 entities from the table',
    ...{ status: 200, verdict: /hit/, withoutMemory: true },
    prepare: (stage) => warm(stage, listing),
    call: (stage) => stage.native('GET', listing),
  },
  {
    name: 'read: miss',
    ...{ status: 200, verdict: /fwd=(uri-)?miss/ },
    call: (stage) => stage.native('GET', `/entities/${stage.take()}`),
  },
  {
    name: 'read: miss, a list of 40 entities',
    ...{ status: 200, verdict: /fwd=(uri-)?miss/ },
    call: (stage, index) => stage.native('GET', `${listing}&page[offset]=${index}`),
  },
  {
    name: 'read: the caller wants it anew (no-cache)',
    ...{ status: 200, verdict: /fwd=request/ },
    prepare: (stage) => warm(stage, `/entities/${stage.one}`),
    call: (stage) => stage.native('GET', `/entities/${stage.one}`, { headers: { 'cache-control': 'no-cache' } }),
  },
  { name: 'read: never cached', status: 200, call: (stage) => stage.native('GET', '/profiles/me') },
  {
    name: 'write: PATCH',
    status: 200,
    call: (stage, index) => stage.native('PATCH', `/entities/${stage.take()}/properties?force=true`, properties(index)),
  },
  {
    name: 'write: PATCH that the tenant refuses',
    status: 404,
    call: (stage, index) =>
      stage.native(
        'PATCH',
        `/entities/experiment:00000000-0000-4000-b000-${String(index).padStart(12, '0')}/properties?force=true`,
        properties(index),
      ),
  },
  {
    name: 'write: PATCH that the facade refuses, without the scope',
    status: 403,
    call: (stage, index) =>
      stage.native('PATCH', `/entities/${stage.one}/properties`, { key: 'demo-reader', ...properties(index) }),
  },
  {
    name: 'write: POST with an Idempotency-Key',
    status: 201,
    call: (stage, index) =>
      stage.native('POST', '/entities?force=true', {
        body: { data: { type: 'journal', attributes: { name: `Cost ${index}` } } },
        headers: { 'idempotency-key': `cost-${index}` },
      }),
  },
  {
    name: 'write: the same POST again, answered from the first',
    status: 201,
    call: (stage, index) =>
      stage.native('POST', '/entities?force=true', {
        body: { data: { type: 'journal', attributes: { name: `Cost ${index}` } } },
        headers: { 'idempotency-key': `cost-${index}` },
      }),
  },
  {
    name: 'refused: unknown key',
    status: 401,
    call: (stage) => stage.native('GET', `/entities/${stage.one}`, { key: 'no-such-key' }),
  },
  {
    name: 'refused: the consumer has used up its cap',
    status: 429,
    prepare: async (stage) => {
      capped = await cappedKey(stage);
      await stage.native('GET', '/profiles/me', { key: capped });
    },
    call: (stage) => stage.native('GET', '/profiles/me', { key: capped }),
  },
  {
    name: 'own: GET /v1/me',
    status: 200,
    call: (stage) => stage.twin.call('GET', '/v1/me'),
  },
  {
    name: 'own: list of consumers',
    status: 200,
    call: (stage) => stage.twin.call('GET', '/v1/consumers', { key: 'demo-admin' }),
  },
  {
    name: 'push of a notification, without a subscriber',
    status: 204,
    call: push,
  },
  {
    name: 'push of a notification, to 1 FIFO queue',
    status: 204,
    prepare: (stage) => subscribeUpTo(stage, 1),
    call: push,
  },
  {
    name: 'push of a notification, to 10 FIFO queues',
    status: 204,
    prepare: (stage) => subscribeUpTo(stage, 10),
    call: push,
  },
  {
    name: 'export of a PDF, looked at each second',
    ...{ status: 202, most: 3 },
    async call(stage) {
      const attributes = { kind: 'pdf', entity: stage.take() };
      const answer = await stage.twin.call('POST', '/v1/exports', { body: { data: { type: 'export', attributes } } });
      const path = new URL(answer.headers.get('location') ?? '', stage.twin.url).pathname;
      exportsOf.set(stage, [...(exportsOf.get(stage) ?? []), path]);
      return answer;
    },
    finish: untilExported,
  },
];
