/** The options of a start, and the switches for facts on which the sources disagree. */
import type { Clock } from './clock.ts';
import type { SeedDocument } from './fixtures/document.ts';
import type { Recording } from './recording/recording.ts';
import type { Behaviour } from './tenant/behaviour.ts';

/** Each default is the side that the project builds on; the other side is one switch away. */
export interface Switches {
  /** 401 as a bare error object instead of `{"errors":[…]}`. */
  bareUnauthorized: boolean;
  /** Creating an experiment without a notebook is refused with 400. */
  notebookRequired: boolean;
  /** `page[offset]` above 5000 is refused on every listing, not only on search. */
  listOffsetCap: boolean;
  /** Notifications in the shape of the specification (`comment` an object, entity named by its own type). */
  specNotifications: boolean;
  /** Grids, drawings and samples are gone after DELETE instead of readable in the trash. */
  hardDelete: boolean;
  /** Search finds assets and batches under the source IVT instead of SN. */
  materialsInIvt: boolean;
}

export const defaultSwitches: Switches = {
  bareUnauthorized: false,
  notebookRequired: false,
  listOffsetCap: false,
  specNotifications: false,
  hardDelete: false,
  materialsInIvt: false,
};

/** @throws Error naming the switches when the name is none of them. */
export const switchName = (name: string): keyof Switches => {
  const names = Object.keys(defaultSwitches) as (keyof Switches)[];
  const known = names.find((candidate) => candidate === name);
  if (known === undefined) throw new Error(`"${name}" is no switch; there are ${names.join(', ')}.`);
  return known;
};

export interface SimulatorOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Default: loopback. */
  readonly host?: string;
  readonly seed?: number;
  readonly clock?: Clock;
  /** Requests in any 60 seconds, all keys and tokens together; `Infinity` switches the limit off. */
  readonly requestsPerMinute?: number;
  /** Waited before every native answer. */
  readonly latencyMillis?: number;
  /** Compress documents above 1 KiB when the client accepts gzip; default true. */
  readonly gzip?: boolean;
  /** API keys and the id of the user each one acts for. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly switches?: Partial<Switches>;
  /** Job times, push target, OAuth clients. */
  readonly behaviour?: Partial<Behaviour>;
  /** The tenant of the start and of each reset; the demo tenant when left out. */
  readonly document?: SeedDocument;
  /** Reads are answered from it, everything else with 501. */
  readonly recording?: Recording;
  /** Entities to add to the demo tenant for load tests; 0 by default. */
  readonly extraEntities?: number;
  /** Assets of the library Compounds, three batches each; 4,000 by default, which take most of a start's time. */
  readonly compounds?: number;
}

export const demoKey = 'demo-signals-key';
export const defaultKeys: Readonly<Record<string, string>> = { [demoKey]: '100' };
