/** GET /v1/health: for every consumer. No reason contains a secret, or anything about another consumer. */
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

export const createHealthRoutes = ({ looks, store, clock, stage, ...parts }: HealthParts): Handle =>
  capability(healthRoutes)(parts, {
    readDeepHealth: async () => ({
      status: 200,
      document: toHealthDocument(await checkHealth(looks, store, clock), stage),
    }),
  });
