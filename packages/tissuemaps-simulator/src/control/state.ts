/** What the control surface may look at and change. */
import type { AdjustableClock } from '../clock.ts';
import type { ArrivalLog } from '../http/arrivals.ts';
import type { Faults } from '../http/faults.ts';
import type { InFlight } from '../http/in-flight.ts';
import type { World } from '../world/world.ts';

export interface ControlState {
  readonly clock: AdjustableClock;
  readonly arrivals: ArrivalLog;
  readonly faults: Faults;
  readonly inFlight: InFlight;
  /** Waited before every answer of the server. */
  latencyMillis: number;
  world(): World;
  /** The demo anew; from the same seed unless another is given. */
  reset(seed: number | undefined): void;
}
