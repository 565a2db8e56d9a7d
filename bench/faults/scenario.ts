/** One fault, from the start of a twin to its figures; a process each, since the twin takes over the clock of its process. */
import { createRandom } from '../../shared/simulation/virtual-time.ts';
import { type LoadOptions, startLoad } from './load.ts';
import { baseline, endFault, type Fault, faults, type Scene } from './schedule.ts';
import { startVirtualTwin, type VirtualTwin } from './twin.ts';
import { type Figures, subscribeAll, witness } from './witness.ts';

/** Minutes of each part of a run: the load alone, the fault, the load again, and what is left to be done without any load. */
export type Minutes = {
  readonly before: number;
  readonly fault: number;
  readonly after: number;
  readonly rest: number;
};

export type Order = { readonly name: string; readonly assemblyDir: string; readonly minutes: Minutes };

export type Report = Figures & {
  readonly name: string;
  /** Alarms that rang since the load began, each once. */
  readonly rang: readonly string[];
  /** From the begin of the fault to each. */
  readonly rangAfterSeconds: Readonly<Record<string, number>>;
};

const requestsPerMinute = 60;
const minute = 60_000;

const findFault = (name: string): Fault => {
  const found = [baseline, ...faults].find((fault) => fault.name === name);
  if (!found) throw new Error(`The schedule has no fault "${name}".`);
  return found;
};

const play = async (twin: VirtualTwin, fault: Fault, { before, fault: lasts, after, rest }: Minutes) => {
  const { clock, gateway, simulator } = twin;
  const subscribers = await twin.during(subscribeAll(gateway.url));
  await clock.run(clock.now() + minute / 2);
  const options: LoadOptions = { url: gateway.url, simulator, copies: 1 };
  const beganMillis = clock.now();
  const load = startLoad(options);
  await clock.run(clock.now() + before * minute);
  const scene: Scene = { twin, load: options, random: createRandom(1) };
  const faultMillis = clock.now();
  fault.begin(scene);
  await clock.run(clock.now() + lasts * minute);
  endFault(scene);
  const endedMillis = clock.now();
  await clock.run(clock.now() + after * minute);
  await twin.during(load.stop());
  await clock.run(clock.now() + rest * minute);
  return { log: load.log, subscribers, span: { beganMillis, faultMillis, endedMillis } };
};

/** Needs the virtual clock in this process. */
export const runScenario = async ({ name, assemblyDir, minutes }: Order): Promise<Report> => {
  const fault = findFault(name);
  const { skewOf = () => 0 } = fault;
  const twin = await startVirtualTwin({ assemblyDir, requestsPerMinute, skewOf });
  const { log, subscribers, span } = await play(twin, fault, minutes);
  const source = { simulator: twin.simulator, log, subscribers, api: twin.gateway, limit: requestsPerMinute, span };
  const figures = await twin.during(witness(source));
  const rung = twin.rung.filter(({ atMillis }) => atMillis >= span.beganMillis);
  const first = new Map(rung.toReversed().map(({ name: alarm, atMillis }) => [alarm, atMillis]));
  return {
    ...{ name, ...figures, rang: [...first.keys()].toSorted() },
    rangAfterSeconds: Object.fromEntries(
      [...first].map(([alarm, atMillis]) => [alarm, (atMillis - span.faultMillis) / 1_000]),
    ),
  };
};
