/** Each fault that /ops provokes rings the alarms that the page names. The clock of the twin is moved on: some alarms look back an hour. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { askAt } from '../../local/incidents/ask-facade.ts';
import { demoHook } from '../../local/operator/seed.ts';
import { faults } from '../../local/ops/faults.ts';
import { serveOps } from '../../local/ops/ops.ts';
import { variables } from '../../shared/config/names.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import { shiftedBy, shiftedDate, writeShift } from '../support/shifted-clock.ts';
import { isFull } from '../support/test-size.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

let twin: TestTwin;
let folder: string;
let shiftMillis = 0;
const realDate = globalThis.Date;
let close: () => Promise<void>;

const advance = (millis: number): void => {
  shiftMillis += millis;
  writeShift(join(folder, 'shift'), shiftMillis);
};

const minuteMillis = 60_000;
const hourMillis = 60 * minuteMillis;
const headers = { 'x-api-key': 'demo-admin' };

const press = async (method: 'POST' | 'DELETE', id: string): Promise<void> => {
  const answer = await fetch(`${twin.url}/_twin/ops/faults/${id}`, { method, headers });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(id)]);
};

type Shown = {
  readonly alarms: readonly { readonly id: string; readonly state: string }[];
  readonly faults: readonly { readonly id: string; readonly sinceMillis?: number }[];
  readonly figures: { readonly latency: { readonly p95: readonly (number | null)[] } };
};

/** What the page shows. */
const look = async (): Promise<Shown> => {
  const answer = await fetch(`${twin.url}/_twin/ops`, { headers });
  return (await answer.json()) as Shown;
};

const ringing = async (): Promise<string[]> =>
  (await look()).alarms.filter(({ state }) => state === 'ALARM').map(({ id }) => id);

const run = async (name: string): Promise<void> => {
  const id = Object.keys(twin.gateway.environments).find((one) => one.startsWith(`${name}Function`)) ?? '';
  await twin.gateway.invoke(id, {});
};

/** Why deliveries to the subscribers wait. */
const reasonsOfWaiting = async (): Promise<string[]> => {
  const ask = async (path: string) => (await askAt(twin.url)('GET', path, 'demo-admin')).document.data;
  const all: { readonly id: string }[] = await ask('/v1/subscriptions');
  const told = all.map(async ({ id }) => (await ask(`/v1/subscriptions/${id}/health`)).attributes.reason);
  return Promise.all(told);
};

/** What must happen beside the fault before its alarms ring. */
const beside: Readonly<Record<string, () => Promise<void>>> = {
  'token-dead': async () => {
    for (let hours = 0; hours < 2; hours += 1) {
      advance(hourMillis + minuteMillis);
      await run('Keepalive');
    }
  },
  'queue-stuck': async () => {
    // Where the machine is busy, no answer came in time at first.
    await expect.poll(reasonsOfWaiting).toEqual([expect.any(String)]);
    advance(hourMillis + minuteMillis);
    await run('Wake');
  },
};

/**
 * In real time, which takes two minutes: the twin looks at its queues once a real minute, and a clock that is moved on ends the pauses that
 * refuse calls.
 */
const stepMillis: Readonly<Record<string, number>> = { 'message-poisoned': 0, 'tenant-429': 0 };

// Left out at the small size: a twin of its own, and each fault takes as long as calls in real time do.
describe.runIf(isFull)('faults of /ops', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signals-facade-ops-'));
    advance(0);
    // Vitest would put a stub back before the next test.
    globalThis.Date = shiftedDate(() => shiftMillis);
    // The limit of a tenant as it ships: a 429 counts against it.
    const environment = { ...shiftedBy(join(folder, 'shift')), [variables.tenantRequestsPerMinute]: '1000' };
    twin = await startTwin({}, environment, undefined, {
      mostProcesses: 2,
      runsSchedules: false,
      nowMillis: () => Date.now(),
    });
    // As `npm start` has them.
    Object.assign(twin.simulator.tenant.behaviour, {
      push: { url: twin.url + hookPath, ...demoHook, autoDismiss: true },
      oauthClients: [{ clientId: 'demo-client', redirectUris: [`${twin.url}/oauth/callback`] }],
    });
    ({ close } = serveOps({ ...twin, nowMillis: () => Date.now() }));
  });
  afterAll(async () => {
    await close?.();
    await twin?.close();
    globalThis.Date = realDate;
    await rm(folder, { recursive: true, force: true });
  });

  it.each(faults.filter(({ alarms }) => alarms.length > 0))('$id rings $alarms', async ({ id, alarms }) => {
    await press('POST', id);
    onTestFinished(() => press('DELETE', id));
    await beside[id]?.();
    const seen = new Set<string>();
    const lookLater = async (): Promise<string[]> => {
      advance(stepMillis[id] ?? minuteMillis);
      for (const name of await ringing()) seen.add(name);
      return [...seen];
    };
    // Calls go on in real time, and functions write their metrics once a minute of the moved clock.
    await expect.poll(lookLater, { interval: 3_000 }).toEqual(expect.arrayContaining([...alarms]));
    await press('DELETE', id);
    advance(2 * hourMillis);
    expect((await ringing()).filter((name) => alarms.includes(name))).toEqual([]);
  });

  it.each(faults.filter(({ alarms }) => alarms.length === 0))('$id rings none, and says so', async ({ id, when }) => {
    expect(when).toMatch(/^No alarm rings: .* Look at the chart of the latency\.$/);
    await press('POST', id);
    onTestFinished(() => press('DELETE', id));
    const slowest = async () => Math.max(...(await look()).figures.latency.p95.map((millis) => millis ?? 0));
    await expect.poll(slowest).toBeGreaterThanOrEqual(3_000);
    advance(minuteMillis);
    expect(await ringing()).toEqual([]);
    await press('DELETE', id);
    advance(2 * hourMillis);
  });

  it('leaves nothing behind', async () => {
    expect((await look()).faults.filter(({ sinceMillis }) => sinceMillis !== undefined)).toEqual([]);
    expect(await reasonsOfWaiting()).toEqual([]);
  });
});
