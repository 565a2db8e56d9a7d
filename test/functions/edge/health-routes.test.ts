import { expect, it } from 'vitest';
import { createHealthRoutes } from '../../../functions/edge/health-routes.ts';
import type { Identifier } from '../../../shared/consumers/identify.ts';
import { createMemoryHealthStore } from '../../../shared/health/adapters/memory.ts';
import { type CheckName, checkNames, type Look } from '../../../shared/health/health.ts';

it('checks once in 5 s, however often an instance is asked', async () => {
  let now = 1_000_000;
  let looks = 0;
  const look: Look = async () => {
    looks += 1;
    return { state: 'ok', reason: 'fine' };
  };
  const consumer = { id: 'app', scopes: [], state: 'active' };
  const handle = createHealthRoutes({
    identifier: { identify: async () => ({ consumer }) } as unknown as Identifier,
    looks: Object.fromEntries(checkNames.map((name) => [name, look])) as Record<CheckName, Look>,
    store: createMemoryHealthStore(),
    clock: { nowMillis: () => now },
    stage: 'dev',
  });
  const request = { method: 'GET', path: '/v1/health', headers: [], query: [], requestId: 'r', publicUrl: 'https://f' };
  const ask = () => handle(request as unknown as Parameters<typeof handle>[0], {});
  await Promise.all(Array.from({ length: 10 }, ask));
  expect(looks).toBe(checkNames.length);
  now += 5_000;
  await ask();
  expect(looks).toBe(2 * checkNames.length);
});
