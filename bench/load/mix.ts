/** The load: reads, writes, pushes, exports and subscribers, each at its own even rate, for a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { Tenant } from '../exports/tenant.ts';
import { type Api, ask, type Subscriber } from '../fanout/subscribers.ts';
import { pushEvents } from '../fanout/tenant.ts';
import { percentile } from '../support/statistics.ts';

/** Actions a second. Together they keep a core of a laptop half busy. */
const rates = { read: 6, cappedRead: 2, write: 0.5, push: 1, export: 0.05, close: 0.03 } as const;
type Action = keyof typeof rates;

export type ActionCounts = {
  readonly action: string;
  readonly answered: number;
  readonly refused: number;
  readonly failed: number;
  /** By status, such as `503 x 4`; 0 = no answer came. */
  readonly failures: string;
  readonly medianMillis: number;
  readonly p99Millis: number;
};

export type MixOptions = {
  readonly api: Api;
  /** With a cap of its own that it exceeds. */
  readonly capped: Api;
  readonly tenant: Tenant;
  readonly experiments: readonly string[];
  readonly sqs: SQSClient;
  readonly subscribers: readonly Subscriber[];
  readonly seconds: number;
  /** Begun by this instant and not ended, a second: the rest is not begun. */
  readonly mostAtOnce?: number;
};

/** Few are read often. */
const hot = <Value>(values: readonly Value[]): Value => values[Math.floor(Math.random() ** 3 * values.length)] as Value;
const emptyMillis = 20_000;

const isFailure = (status: number): boolean => status === 0 || (status >= 400 && status !== 429);

const toRow = (action: string, statuses: readonly number[], millis: readonly number[]): ActionCounts => ({
  action,
  answered: statuses.filter((status) => status >= 200 && status < 400).length,
  refused: statuses.filter((status) => status === 429).length,
  failed: statuses.filter(isFailure).length,
  failures: [...Map.groupBy(statuses.filter(isFailure), (status) => status)]
    .map(([status, of]) => `${status} x ${of.length}`)
    .join(', '),
  medianMillis: percentile(millis, 0.5),
  p99Millis: percentile(millis, 0.99),
});

export const runMix = async (options: MixOptions): Promise<readonly ActionCounts[]> => {
  const { api, capped, tenant, experiments, sqs, subscribers, seconds, mostAtOnce = 60 } = options;
  const native = (path: string): string => `${api.url}${signalsBasePath}${path}`;
  let closed = 0;
  let pages = 0;

  const send = async (target: string, { key }: Api, init: RequestInit = {}): Promise<number> => {
    const answer = await fetch(target, { ...init, headers: { 'x-api-key': key, ...(init.headers as object) } });
    await answer.arrayBuffer();
    return answer.status;
  };

  const readPaths = (eid: string): readonly string[] => [
    ...[`/entities/${eid}`, `/entities/${eid}`, `/entities/${eid}/children`],
    ...['/entities?includeTypes=experiment&page[limit]=5', '/users', '/roles'],
  ];
  /** Closed ones refuse writes. Those at the end of the list are closed. */
  const writable = experiments.slice(0, experiments.length / 2);

  const anyOf = (paths: readonly string[]): string => paths[Math.floor(Math.random() * paths.length)] as string;

  const describe = async (): Promise<number> =>
    send(native(`/entities/${hot(writable)}/properties?force=true`), api, {
      method: 'PATCH',
      headers: { 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({ data: [{ attributes: { name: 'Description', value: `load ${Date.now()}` } }] }),
    });

  const begin: Readonly<Record<Action, () => Promise<number>>> = {
    read: () => send(native(anyOf(readPaths(hot(experiments)))), api),
    // Each page is asked for once, so no cache answers.
    cappedRead: () => {
      pages += 1;
      return send(native(`/entities?page[limit]=1&page[offset]=${pages}`), capped);
    },
    write: describe,
    push: async () =>
      (await pushEvents(api.url, { count: 1, perSecond: 1, entityType: 'load' })).size === 1 ? 204 : 0,
    export: async () => {
      const attributes = { kind: 'pdf', entity: hot(experiments), options: {} };
      return send(`${api.url}/v1/exports`, api, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.api+json' },
        body: JSON.stringify({ data: { type: 'export', attributes } }),
      });
    },
    close: async () => {
      const eid = experiments[experiments.length - 1 - closed];
      closed += 1;
      if (eid !== undefined && closed < experiments.length / 2) await tenant.close(eid);
      return 200;
    },
  };

  const endMillis = performance.now() + seconds * 1_000;
  const repeat = async (action: Action): Promise<ActionCounts> => {
    const [statuses, millis]: [number[], number[]] = [[], []];
    const open = new Set<Promise<void>>();
    const sinceMillis = performance.now();
    const act = async (): Promise<void> => {
      const begunMillis = performance.now();
      const status = await begin[action]().catch(() => 0);
      statuses.push(status);
      if (status >= 200 && status < 400) millis.push(performance.now() - begunMillis);
    };
    for (let index = 0; ; index += 1) {
      const nextMillis = sinceMillis + (index * 1_000) / rates[action];
      if (nextMillis >= endMillis) break;
      await sleep(Math.max(0, nextMillis - performance.now()));
      if (open.size >= mostAtOnce) continue;
      const work = act();
      open.add(work);
      void work.finally(() => open.delete(work));
    }
    await Promise.all(open);
    return toRow(action, statuses, millis);
  };

  /** Subscribers that take their messages: a queue that nobody reads would grow. */
  const drain = async (): Promise<void> => {
    while (performance.now() < endMillis) {
      await sleep(Math.min(emptyMillis, Math.max(0, endMillis - performance.now())));
      for (const { queueUrl } of subscribers) await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
    }
  };

  const [rows] = await Promise.all([Promise.all((Object.keys(rates) as Action[]).map(repeat)), drain()]);
  return rows;
};

/** A consumer with a cap, and its key. */
export const addCapped = async (admin: Api, units: number): Promise<Api> => {
  const attributes = {
    scopes: ['*:read'],
    quota: { priority: 'background', weight: 1, caps: [{ units, windowSeconds: 60 }] },
  };
  await ask(admin, 'POST', '/v1/consumers', { type: 'consumer', id: 'load-capped', attributes });
  const { attributes: made } = await ask(admin, 'POST', '/v1/consumers/load-capped/keys');
  return { url: admin.url, key: made.key };
};
