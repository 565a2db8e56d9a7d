/** What the routes of subscriptions, replays and notifications accept, as API Gateway hands requests on. */
import { describe, expect, it } from 'vitest';
import { maySee } from '../../../functions/edge/notification-routes.ts';
import type { Caller } from '../../../shared/exchange/consumer.ts';
import { keptDays } from '../../../shared/notifications/ledger.ts';
import type { RouteDefinition } from '../../../shared/routes/route.ts';
import { facadeRoutes } from '../../../shared/surface/facade-routes.ts';
import { aNotification } from '../../shared/notifications/builders.ts';
import { createFacade } from '../../support/facade.ts';

const dayMillis = 86_400_000;
const headers = { 'content-type': 'application/vnd.api+json' };

const routeOf = (id: string): RouteDefinition => {
  const route = facadeRoutes.find((one) => one.id === id);
  if (!route) throw new Error(`there is no route ${id}`);
  return route;
};

const createScene = async () => {
  const facade = await createFacade();
  const { clock, subscribers } = facade;
  const now = clock.nowMillis();
  const ask = async (
    id: string,
    attributes: object,
    path: Readonly<Record<string, string>> = {},
    type = 'subscription',
  ) => {
    const body = Buffer.from(JSON.stringify({ data: { type, attributes } }));
    const { status, body: answer } = await facade.ask(routeOf(id), { as: 'admin', headers, path, body });
    // biome-ignore lint/suspicious/noExplicitAny: a document of unknown shape
    const document: any = JSON.parse(answer.toString());
    return { status, document, pointer: document.errors?.[0]?.source?.pointer as string | undefined };
  };
  const daysAgo = (days: number): string => new Date(now - days * dayMillis).toISOString();
  return { ask, now, daysAgo, store: subscribers.store };
};

describe('the start of a subscription', () => {
  it(`may be any instant of the last ${keptDays} days, from which on it has all still to be sent`, async () => {
    const { ask, now, daysAgo, store } = await createScene();
    const startAt = daysAgo(keptDays - 1);
    const { status, document } = await ask('createSubscription', { queue: { kind: 'standard' }, startAt });
    expect([status, document.data.attributes.startAt]).toEqual([201, startAt]);
    expect(await store.read(document.data.id)).toMatchObject({
      catchUp: { fromMillis: Date.parse(startAt), untilMillis: now },
    });
  });

  it.each([
    ['is older than is kept', keptDays + 1],
    ['is in the future', -1],
  ])('is refused with its place where it %s, and nothing is made', async (_, days) => {
    const { ask, daysAgo, store } = await createScene();
    const refused = await ask('createSubscription', { queue: { kind: 'standard' }, startAt: daysAgo(days) });
    expect([refused.status, refused.pointer]).toEqual([400, '/data/attributes/startAt']);
    expect(await store.list()).toEqual([]);
  });
});

describe('a change of a subscription', () => {
  it.each([
    ['enriched', true],
    ['latestOnlySeconds', 60],
    ['startAt', 'now'],
    ['queue', { kind: 'fifo' }],
  ])('of %s is refused with its place: state and filter change, and nothing else', async (name, value) => {
    const { ask, store } = await createScene();
    const { document } = await ask('createSubscription', { queue: { kind: 'standard' } });
    const path = { subscriptionId: document.data.id as string };
    const refused = await ask('changeSubscription', { state: 'paused', [name]: value }, path);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.document.errors)).toContain(name);
    expect(await store.read(document.data.id)).toMatchObject({ state: 'active' });
    expect((await ask('changeSubscription', { state: 'paused' }, path)).status).toBe(200);
  });
});

describe('the range of a replay', () => {
  it.each([
    ['from', 'begins before what is kept', { from: keptDays + 1 }],
    ['until', 'ends before it begins', { from: 1, until: 2 }],
    ['until', 'ends in the future', { from: 1, until: -1 }],
  ])('is refused at %s where it %s', async (name, _, days: { from: number; until?: number }) => {
    const { ask, daysAgo } = await createScene();
    const { document } = await ask('createSubscription', { queue: { kind: 'standard' } });
    const range = Object.fromEntries(Object.entries(days).map(([end, ago]) => [end, daysAgo(ago)]));
    const refused = await ask('createReplay', range, { subscriptionId: document.data.id }, 'replay');
    expect([refused.status, refused.pointer]).toEqual([400, `/data/attributes/${name}`]);
  });
});

describe('an event of the facade that concerns a consumer', () => {
  const notification = aNotification({ origin: 'facade', document: { consumerId: 'app' }, incarnation: 'c_1' });
  const callerOf = (id: string, incarnation?: string) => ({
    consumer: { id, scopes: [], state: 'active', incarnation },
  });

  it.each([
    ['that consumer', 'app', 'c_1', true],
    ['another one that has got its id later', 'app', 'c_2', false],
    ['one of its id from before incarnations', 'app', undefined, false],
    ['another one', 'other', 'c_1', false],
  ])('is or is not for %s to see: %s %s %s', (_, id, incarnation, sees) => {
    const caller = callerOf(id, incarnation) as Caller;
    expect(maySee({ isAdmin: false, caller }, { notification })).toBe(sees);
    expect(maySee({ isAdmin: true, caller }, { notification })).toBe(true);
    expect(maySee({ isAdmin: false, caller }, { notification: aNotification() })).toBe(true);
  });
});
