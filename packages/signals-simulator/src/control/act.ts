/** The parts of the simulator that an act of the control surface may change. */
import type { AdjustableClock } from '../clock.ts';
import type { SeedDocument } from '../fixtures/document.ts';
import type { ArrivalLog } from '../http/arrivals.ts';
import type { Faults } from '../http/faults.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Pusher } from './push.ts';

export interface ControlState {
  readonly clock: AdjustableClock;
  readonly arrivals: ArrivalLog;
  readonly rateLimit: RateLimit;
  readonly faults: Faults;
  readonly pusher: Pusher;
  tenant(): Tenant;
  /** A new tenant; from the same seed unless another is given. */
  reset(seed: number | undefined): void;
  /** A new tenant as the document states it, until the next reset. @throws 400 */
  seed(document: SeedDocument): void;
}

/** `domain` is the host that the caller named. */
export type Act = (
  state: ControlState,
  body: JsonObject,
  query: URLSearchParams,
  domain: string,
) => Json | Promise<Json>;
