/** Events of the tenant, and their pushes. */
import { demoHook } from '../../../local/operator/seed.ts';
import type { Notification as Recorded } from '../../../packages/signals-simulator/src/tenant/notifications.ts';
import { hookPath } from '../../../shared/notifications/hook-routes.ts';
import type { Scene } from './scene.ts';
import { eventCount, tell } from './size.ts';

const entityCount = Math.max(20, eventCount / 50);
const minute = 60_000;
const lanes = 4;
const tellMillis = 10_000;
const types = ['create', 'close', 'sign', 'reopen', 'archive'];

type Push = { readonly recorded: Recorded; readonly body: string; readonly isWhole: boolean };

/** The pushes, in order: 5 % are sent twice, 5 % late, 2 % malformed, 1 % not at all. */
export const planPushes = (
  all: readonly Recorded[],
  bodyOf: (one: Recorded) => string,
  random: () => number,
): Push[] => {
  const placed = all.flatMap((recorded, index) => {
    const fate = random();
    if (fate < 0.01) return [];
    const body = bodyOf(recorded);
    if (fate < 0.03) return [{ at: index, recorded, body: body.slice(0, body.length >> 1), isWhole: false }];
    const at = index + (fate < 0.08 ? Math.floor(random() * 100) : 0);
    const first = { at, recorded, body, isWhole: true };
    return fate > 0.95 ? [first, { ...first, at: at + Math.floor(random() * 100) }] : [first];
  });
  return placed.toSorted((one, other) => one.at - other.at);
};

/** What the tenant has recorded in the last minutes: as far back as a subscription that was just made reaches in a pull. */
export const record = ({ twin }: Scene, random: () => number): Recorded[] => {
  const { tenant } = twin.simulator;
  const sinceMillis = Date.now() - 3 * minute;
  return Array.from({ length: eventCount }, (_, index) =>
    tenant.notifications.record({
      type: types[Math.floor(random() * types.length)] as string,
      createdBy: random() < 0.3 ? '102' : '101',
      entityId: `experiment:${Math.floor(random() * entityCount)}`,
      createdAtMillis: sinceMillis + Math.floor((index * 3 * minute) / eventCount),
    }),
  );
};

/** Pushes of one entity go one after the other. A push without a 2xx answer stays undismissed, as in the tenant. */
export const pushAll = async ({ twin }: Scene, pushes: readonly Push[]): Promise<void> => {
  const headers = { 'content-type': 'application/vnd.api+json', [demoHook.headerName]: demoHook.headerValue };
  let [answered, told] = [0, performance.now()];
  const push = async ({ recorded, body }: Push): Promise<void> => {
    const answer = await fetch(twin.url + hookPath, { method: 'POST', headers, body }).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => {});
    if (answer?.ok) recorded.isDismissed = true;
    answered += 1;
    if (performance.now() - told < tellMillis) return;
    told = performance.now();
    tell(`${answered} of ${pushes.length} pushes answered`);
  };
  const laneOf = ({ recorded }: Push): number => Number(recorded.entityId.split(':')[1]) % lanes;
  const runLane = async (lane: readonly Push[]): Promise<void> => {
    for (const one of lane) await push(one);
  };
  await Promise.all([...Map.groupBy(pushes, laneOf).values()].map(runLane));
};
