/** A tenant that pushes: at a rate, or as fast as pushes are answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { demoHook } from '../../local/operator/seed.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';

/** Of a push: when it was begun, by the clock of this machine. */
export type Pushed = ReadonlyMap<string, number>;

export type PushPlan = {
  readonly count: number;
  /** Events a second, whether the pushes before were answered or not. Left out: `atOnce` side by side. */
  readonly perSecond?: number;
  /** Type of the entities: subscriptions filter by it. */
  readonly entityType: string;
};

const atOnce = 8;
const entities = 40;
let lastId = 0;

/** A native document of 1 KB. */
const bodyOf = (id: string, entity: string): string => {
  const createdAt = new Date().toISOString();
  const attributes = { id, eid: id, type: 'close', createdAt, isDismissed: false, isRead: false, isFlagged: false };
  const relationships = {
    createdBy: { data: { type: 'user', id: '101' } },
    entity: { data: { type: 'entity', id: entity } },
  };
  const document = { data: { type: 'notification', id, attributes: { ...attributes, comment: '' }, relationships } };
  document.data.attributes.comment = `Suzuki coupling, ${'step '.repeat(200)}`.slice(
    0,
    1_024 - JSON.stringify(document).length,
  );
  return JSON.stringify(document);
};

/** @param url of the facade. @returns once each push was answered; those that were not kept, on a busy machine, are left out. */
export const pushEvents = async (url: string, { count, perSecond, entityType }: PushPlan): Promise<Pushed> => {
  const pushed = new Map<string, number>();
  const headers = { 'content-type': 'application/vnd.api+json', [demoHook.headerName]: demoHook.headerValue };
  const push = async (): Promise<void> => {
    lastId += 1;
    const id = `bench-${lastId}`;
    pushed.set(id, Date.now());
    const body = bodyOf(id, `${entityType}:${lastId % entities}`);
    const answer = await fetch(url + hookPath, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    if (answer.status !== 204) pushed.delete(id);
  };
  if (perSecond === undefined) {
    let left = count;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await push();
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return pushed;
  }
  const answers: Promise<void>[] = [];
  const sinceMillis = performance.now();
  for (let index = 0; index < count; index += 1) {
    await sleep(Math.max(0, sinceMillis + (index * 1_000) / perSecond - performance.now()));
    answers.push(push());
  }
  await Promise.all(answers);
  return pushed;
};
