/** The options of a start. */
import type { Clock } from './clock.ts';
import type { Switches } from './switches.ts';

export interface SimulatorOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Default: loopback. */
  readonly host?: string;
  /** Of the demo; 1 by default. */
  readonly seed?: number;
  readonly clock?: Clock;
  /** How fast workflows and tools run; 1 by default, which takes about 20 seconds for a workflow. */
  readonly speed?: number;
  /** How long tokens live; 72 hours by default. */
  readonly tokenSeconds?: number;
  /** Waited before every answer of the server. */
  readonly latencyMillis?: number;
  readonly switches?: Partial<Switches>;
}
