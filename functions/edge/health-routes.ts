/** GET /v1/health: for every consumer. No reason contains a secret, or anything about another consumer. */
import { createRemembered } from '../../shared/credentials/remembered.ts';
import { type CheckName, checkHealth, type Look } from '../../shared/health/health.ts';
import type { HealthStore } from '../../shared/health/health-store.ts';
import { healthRoutes, toHealthDocument } from '../../shared/health/routes.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type HealthParts = CapabilityParts & {
  readonly looks: Readonly<Record<CheckName, Look>>;
  readonly store: HealthStore;
  readonly clock: Clock;
  readonly stage: string;
};

/**
 * A check reads the item of the budget, which every send needs, and asks SQS twice for each queue. So that a consumer that asks without pause
 * does not load them, an instance repeats its answer for a while.
 */
const memory = { freshMillis: 5_000, heldMillis: 5_000, retryMillis: 0, patienceMillis: 10_000, mostMillis: 10_000 };

export const createHealthRoutes = ({ looks, store, clock, stage, ...parts }: HealthParts): Handle => {
  const health = createRemembered(() => checkHealth(looks, store, clock), clock, memory);
  return capability(healthRoutes)(parts, {
    readDeepHealth: async () => ({ status: 200, document: toHealthDocument(await health.read(), stage) }),
  });
};
