/** The steady load beside each fault: reads through the cache, writes, edits past the facade, pushes, and a consumer that wants too much. */
import { setTimeout as sleep } from 'node:timers/promises';
import { editByPerson } from '../../packages/signals-simulator/src/control/edits.ts';
import type { Simulator } from '../../packages/signals-simulator/src/simulator.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { type Answer, send } from './http-client.ts';

/** One call of the load. */
export type Call = {
  readonly kind: 'read' | 'read of an own write' | 'write' | 'creation';
  readonly atMillis: number;
  readonly endMillis: number;
  readonly status: number;
  readonly code: string;
  /** How old what a read showed was: since the first change that it did not show; 0 = it showed all. */
  readonly staleMillis: number;
  /** Marked as older than usual, because the tenant fails. */
  readonly isMarked: boolean;
};

type Creation = { readonly name: string; isAcknowledged: boolean };
type Patch = { readonly entity: string; readonly number: number };

export type LoadLog = {
  readonly calls: Call[];
  readonly creations: Creation[];
  /** Writes that were answered with a success. */
  readonly patches: Patch[];
  /** Calls of the greedy consumer, by code; the quota refuses some of them at any time. */
  readonly greedy: Record<string, number>;
};

export type LoadOptions = {
  readonly url: string;
  readonly simulator: Simulator;
  /** Copies of each push. */
  copies: number;
};

const app = 'demo-app';
const greedyKey = 'demo-reader';
const records = 8;
/** What the greedy consumer wants at once. */
const burst = 10;

const everyMillis = { read: 2_000, burst: 20_000, write: 8_000, creation: 12_000, edit: 10_000, push: 10_000 } as const;

/** The number that the description shows of `edit 7 of the load`; 0 before the first. */
const shownIn = (text: string): number => Number(/(?:edit|write) (\d+) of the load/.exec(text)?.[1] ?? 0);

type Change = { readonly number: number; readonly doneAtMillis: number };

const openExperiments = ({ tenant }: Simulator): string[] => {
  const all = [...tenant.entities.ofType('experiment')].filter(
    (one) => one.state === 'open' && !one.isTrashed && !one.isTemplate && !tenant.entities.hasTrashedAncestor(one),
  );
  if (all.length < records * 2) throw new Error(`The tenant has only ${all.length} open experiments.`);
  return all.slice(0, records * 2).map(({ id }) => id);
};

export const startLoad = (options: LoadOptions) => {
  const { url, simulator } = options;
  const log: LoadLog = { calls: [], creations: [], patches: [], greedy: {} };
  const ids = openExperiments(simulator);
  const [edited, written] = [ids.slice(0, records), ids.slice(records)];
  const changes = new Map<string, Change[]>();
  const pending = new Set<Promise<unknown>>();
  let isOn = true;

  const native = (key: string, method: string, path: string, more: object = {}) =>
    send({ url, key, method, path: signalsBasePath + path, ...more });

  const note = (kind: Call['kind'], atMillis: number, { status, code, headers }: Answer, staleMillis = 0): void => {
    const isMarked = String(headers['cache-status'] ?? '').includes('STALE-IF-ERROR');
    log.calls.push({ kind, atMillis, endMillis: Date.now(), status, code, staleMillis, isMarked });
  };
  const add = (entity: string, number: number): void => {
    const change = { number, doneAtMillis: Date.now() };
    changes.set(entity, [...(changes.get(entity) ?? []), change]);
  };

  const read = async (kind: 'read' | 'read of an own write', entity: string): Promise<void> => {
    const atMillis = Date.now();
    const known = changes.get(entity) ?? [];
    const answer = await native(app, 'GET', `/entities/${entity}`);
    const missed = answer.status === 200 ? known.find(({ number }) => number > shownIn(answer.text)) : undefined;
    // A change in the very instant of the read counts as 1 ms.
    note(kind, atMillis, answer, missed ? Math.max(1, atMillis - missed.doneAtMillis) : 0);
  };

  /** One write to a record at a time: their order at the tenant is then known. */
  const isBusy = new Set<string>();
  const write = async (number: number): Promise<void> => {
    const entity = written[number % records] as string;
    if (isBusy.has(entity)) return;
    isBusy.add(entity);
    const atMillis = Date.now();
    const body = { data: [{ attributes: { name: 'Description', value: `write ${number} of the load` } }] };
    const answer = await native(app, 'PATCH', `/entities/${entity}/properties?force=true`, { body });
    note('write', atMillis, answer);
    if (answer.status === 200) {
      log.patches.push({ entity, number });
      add(entity, number);
      await read('read of an own write', entity);
    }
    isBusy.delete(entity);
  };

  /** A caller that follows docs/idempotency.md: the same key again after a failure that may pass. */
  const create = async (number: number): Promise<void> => {
    const creation: Creation = { name: `Creation ${number} of the load`, isAcknowledged: false };
    log.creations.push(creation);
    const body = { data: { type: 'experiment', attributes: { name: creation.name } } };
    for (let tries = 0; tries < 4 && !creation.isAcknowledged; tries += 1) {
      const atMillis = Date.now();
      const answer = await native(app, 'POST', '/entities', { body, headers: { 'idempotency-key': `load-${number}` } });
      note('creation', atMillis, answer);
      creation.isAcknowledged = answer.status === 201;
      if (!creation.isAcknowledged) await sleep(Math.min(30, Number(answer.headers['retry-after'] ?? 5)) * 1_000);
    }
  };

  let lastEdit = 1;
  const edit = (number: number): void => {
    lastEdit = number;
    const entityId = edited[number % records] as string;
    editByPerson(simulator.tenant, { entityId, action: 'describe', value: `edit ${number} of the load` });
    add(entityId, number);
  };

  const push = (number: number): Promise<Answer> => {
    const body = { type: 'mention', entityId: ids[number % ids.length], createdBy: '101', copies: options.copies };
    return send({ url: simulator.url, key: '', method: 'POST', path: '/_control/notifications', body });
  };

  const want = async (number: number): Promise<void> => {
    const { status, code } = await native(
      greedyKey,
      'GET',
      `/entities?includeTypes=experiment&page[limit]=1&page[offset]=${number}`,
    );
    const name = code || String(status);
    log.greedy[name] = (log.greedy[name] ?? 0) + 1;
  };

  const repeat = async (millis: number, act: (number: number) => unknown): Promise<void> => {
    for (let number = 1; isOn; number += 1) {
      const one = Promise.resolve(act(number)).finally(() => pending.delete(one));
      pending.add(one);
      await sleep(millis);
    }
  };
  const flows = [
    // Every second read is of the record that was edited last, whose edit may not show yet.
    repeat(everyMillis.read, (number) =>
      read('read', edited[(number % 2 === 0 ? number / 2 : lastEdit) % records] as string),
    ),
    repeat(everyMillis.burst, (number) =>
      Promise.all(Array.from({ length: burst }, (_, index) => want(number * burst + index))),
    ),
    repeat(everyMillis.write, write),
    repeat(everyMillis.creation, create),
    repeat(everyMillis.edit, edit),
    repeat(everyMillis.push, push),
  ];

  return {
    log,
    /** Resolves when the last answer is there. */
    stop: async (): Promise<void> => {
      isOn = false;
      await Promise.all(flows);
      await Promise.all(pending);
    },
  };
};
