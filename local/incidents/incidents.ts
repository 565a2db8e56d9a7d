/**
 * Ten incidents as operators meet them. Each is made from outside: by calls of applications, faults of the tenant, or a table that AWS
 * throttles. docs/incidents.md says where the answer to each question is read.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { callsPerMinute } from './calls-per-minute.ts';
import { linkToken } from './link-token.ts';
import type { World } from './world.ts';

/** What the place in docs/incidents.md needs: values of its placeholders. */
export type Facts = Readonly<Record<string, string>>;

/** Facts that the question asks for: whoever is asked is not told them. */
export const answerFacts: readonly string[] = ['message'];

export type Incident = {
  readonly name: string;
  /** As somebody would ask it. */
  readonly question: string;
  /** Resolves when the incident is under way. */
  make(world: World): Promise<Facts>;
};

const admin = 'demo-admin';
/** Never cached, so each call needs a unit of the limit. */
const me = `${signalsBasePath}/profiles/me`;

const lookEveryMillis = 250;
/** Until `isSo` answers with something. */
const until = async <T>(isSo: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await isSo();
    if (found !== undefined) return found;
    await sleep(lookEveryMillis);
  }
};

/** Makes a consumer, unless there is one from an earlier run. @returns a key of it. */
const consumerOf = async ({ ask }: World, id: string, attributes: object): Promise<string> => {
  await ask('POST', '/v1/consumers', admin, { data: { type: 'consumer', id, attributes } });
  const made = await ask('POST', `/v1/consumers/${id}/keys`, admin);
  if (made.status !== 201) throw new Error(`${id} has no key: ${made.text}`);
  return made.document.data.attributes.key;
};

const ownCap: Incident = {
  name: 'own-cap',
  question: 'The application lab-robot gets 429. Why?',
  async make(world) {
    const quota = { priority: 'interactive', weight: 1, caps: [{ units: 1, windowSeconds: 3_600 }] };
    const key = await consumerOf(world, 'lab-robot', { scopes: ['*:read'], quota });
    await until(async () => ((await world.ask('GET', me, key)).status === 429 ? true : undefined));
    return {};
  },
};

/**
 * As many calls of one consumer as may wait at once. Each waits for 8 s at most before it is refused. So many wait for longer than that at
 * `callsPerMinute`, however slowly a machine makes them.
 */
const callsAtOnce = 5;

/** Calls as a consumer until one of its calls was refused by this limit. */
const callUntilRefusedBy = async (world: World, key: string, limit: string): Promise<void> => {
  let isOver = false;
  const call = async (): Promise<void> => {
    while (!isOver) await world.ask('GET', me, key);
  };
  const look = async (): Promise<true | undefined> => {
    const { text } = await world.ask('GET', `/v1/requests?filter[consumer]=${key}&filter[status]=429`, admin);
    return text.includes(`"refusedBy":"${limit}"`) ? true : undefined;
  };
  const end = (): void => {
    isOver = true;
  };
  await Promise.all([until(look).finally(end), ...Array.from({ length: callsAtOnce }, call)]);
};

const budget: Incident = {
  name: 'tenant-budget',
  question: 'Several applications get 429, demo-reader among them. Why?',
  async make(world) {
    await callUntilRefusedBy(world, 'demo-reader', 'tenant');
    return {};
  },
};

const hourMillis = 3_600_000;

const booking: Incident = {
  name: 'booking',
  question: 'The application demo-people gets 429 although the limit of the tenant is not used up. Why?',
  async make(world) {
    const [from, until_] = [Date.now() - 1_000, Date.now() + hourMillis].map((millis) =>
      new Date(millis).toISOString(),
    );
    const attributes = { units: (callsPerMinute / 3) * 60, from, until: until_ };
    const booked = await world.ask('POST', '/v1/quota/bookings', 'demo-app', { data: { type: 'booking', attributes } });
    if (booked.status !== 201) throw new Error(`Nothing was booked: ${booked.text}`);
    // Instances read the bookings every 30 s.
    await callUntilRefusedBy(world, 'demo-people', 'bookings');
    return {};
  },
};

const upstream429: Incident = {
  name: 'upstream-429',
  question: 'Calls of GET /roles get 429 although the facade is far below the limit. Why?',
  async make(world) {
    await world.addFault({ kind: 'status', status: 429, retryAfterSeconds: 60, operation: 'GET /roles' });
    // Each with a query of its own, so that no answer is shared.
    for (let index = 0; index < 3; index += 1)
      await world.ask('GET', `${signalsBasePath}/roles?incident=${index}`, 'demo-app');
    return {};
  },
};

const deadToken: Incident = {
  name: 'dead-token',
  question: 'Calls of lab-people in the name of carl get 403 since today. Why?',
  async make(world) {
    const key = await consumerOf(world, 'lab-people', { scopes: ['*:*'], actsAs: ['user', 'service'] });
    const carl = { 'x-on-behalf-of': 'carl' };
    await linkToken(world, key, 'carl', '103');
    await until(async () => ((await world.ask('GET', me, key, undefined, carl)).status === 200 ? true : undefined));
    world.simulator.tenant.tokens.revoke((user) => user.id === '103');
    await until(async () => ((await world.ask('GET', me, key, undefined, carl)).status === 403 ? true : undefined));
    return {};
  },
};

/** The state of a check, and its reason. */
const checkOf = async ({ ask }: World, name: string): Promise<string> => {
  const { document } = await ask('GET', '/v1/health', admin);
  const check = document.data.attributes.checks.find((one: { name: string }) => one.name === name);
  return `${check.state}: ${check.reason}`;
};

const sweepLag: Incident = {
  name: 'sweep-lag',
  question: 'Applications see more calls go to the tenant than yesterday: cached answers live shortly. Why?',
  async make(world) {
    await world.run('sweep');
    await until(async () => ((await checkOf(world, 'sweep')).startsWith('ok') ? true : undefined));
    await world.addFault({ kind: 'status', status: 503, operation: 'GET /entities' });
    return {};
  },
};

const poisonedEvent: Incident = {
  name: 'poisoned-event',
  question: 'An alarm says that a message could not be handled. Which one, and why?',
  async make(world) {
    const body = JSON.stringify({ kind: 'of-a-later-version', entity: demoIds.experiment });
    return { message: await world.sendToIngress(body) };
  },
};

const stuckExport: Incident = {
  name: 'stuck-export',
  question: 'An export of demo-app is running for a long time. What does it wait for?',
  async make(world) {
    world.simulator.tenant.behaviour.pdfsNeverFinish = true;
    const attributes = { kind: 'pdf', entity: demoIds.experiment, options: {} };
    const made = await world.ask('POST', '/v1/exports', 'demo-app', { data: { type: 'export', attributes } });
    if (made.status !== 202) throw new Error(`The export was not accepted: ${made.text}`);
    return { export: made.document.data.id };
  },
};

const wrongKey: Incident = {
  name: 'wrong-key',
  question: 'Nothing works since the deployment: every call to the tenant fails. Why?',
  async make(world) {
    // The tenant does not know the key that the stage has.
    await world.addFault({ kind: 'status', status: 401 });
    await until(async () => ((await world.ask('GET', me, 'demo-app')).status === 503 ? true : undefined));
    return {};
  },
};

const throttledStore: Incident = {
  name: 'store-throttled',
  question: 'All applications get 503 from the facade. Why?',
  async make(world) {
    world.throttleBudget(true);
    await until(async () => ((await world.ask('GET', me, 'demo-app')).status === 503 ? true : undefined));
    return {};
  },
};

/** In an order in which all of them can be made in one twin: those that use up the limit or stop everything come last. */
export const incidents: readonly Incident[] = [
  ...[sweepLag, ownCap, deadToken, poisonedEvent, stuckExport, upstream429],
  ...[budget, booking, wrongKey, throttledStore],
];
