/** Simulates a fleet under one budget and keeps the log that an outside witness would: when each send reached the upstream. */

import type { Priority } from '../../shared/exchange/quota-profile.ts';
import { createGovernor, type Governor } from '../../shared/quota/governor.ts';
import type { GovernorOptions } from '../../shared/quota/governor-options.ts';
import { defaultPolicy, type QuotaPolicy } from '../../shared/quota/policy.ts';
import { createFaultyItem, type StoreFaults } from '../../shared/simulation/faulty-store.ts';
import { createMachine, type Machine } from '../../shared/simulation/machine.ts';
import { createRandom, createVirtualTime } from '../../shared/simulation/virtual-time.ts';
import { defaultConnectMillis } from '../../shared/upstream/adapters/node-http.ts';

export type Scenario = {
  readonly seed: number;
  readonly limit: number;
  readonly instances: number;
  readonly minutes: number;
  /** Calls in a minute, as a multiple of the limit. */
  readonly demand: number;
  readonly interactiveShare: number;
  readonly consumers: number;
  /** Share of the demand that comes in bursts. */
  readonly bursts: number;
  /** Wall clocks are off by up to this; monotonic ones by up to 150 ppm. */
  readonly skewMillis: number;
  readonly faults: StoreFaults;
  /** Per instance and minute. */
  readonly freezes: number;
  readonly kills: number;
  readonly clockSteps: number;
  /** Share of sends that take up to `longestWayMillis` to arrive; the others take up to 10 ms. */
  readonly slowSends: number;
  /** Share of calls that fail before anything is sent, such as when no connection can be made. */
  readonly unsent?: number;
  /** Share of answers that are a 429 for quota. */
  readonly upstream429?: number;
  /** Share of sends that are never answered. */
  readonly unanswered: number;
  readonly answerMillis: number;
  /** The first instance serves one consumer, `alone`, that no other serves. */
  readonly isOneAlone?: boolean;
  readonly policy?: Partial<QuotaPolicy>;
  readonly medianMillis?: number;
  readonly governor?: Partial<GovernorOptions>;
};

type Send = {
  readonly atMillis: number;
  readonly priority: Priority;
  readonly consumerId: string;
  readonly waitedMillis: number;
};

export type Outcome = {
  readonly sends: readonly Send[];
  readonly refused: number;
  readonly counts: ReturnType<Governor['counts']>;
};

const minuteMillis = 60_000;
/** Of which the upstream refuses one or the other. */
const operations = 3;

/** As the transport allows it: the connection, and a second of pauses and way. The policy's guard has to bear it, whatever it is. */
const longestWayMillis = defaultConnectMillis + 1_000;

type Instance = { machine: Machine; governor: Governor };

const addCounts = (total: Record<string, number>, counts: Readonly<Record<string, number>>) => {
  for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
};

export const simulate = async (scenario: Scenario): Promise<Outcome> => {
  const { limit, minutes, skewMillis } = scenario;
  const random = createRandom(scenario.seed);
  const time = createVirtualTime();
  const item = createFaultyItem(time, random, scenario.faults, scenario.medianMillis);
  const policy = { ...defaultPolicy, limit, ...scenario.policy };
  const sends: Send[] = [];
  const totals: Record<string, number> = {};
  let refused = 0;

  const create = (): Instance => {
    const spread = () => random() * 2 - 1;
    const machine = createMachine(time, random, {
      skewMillis: spread() * skewMillis,
      driftShare: spread() * 0.000_15,
    });
    const store = item.storeFor(machine);
    return { machine, governor: createGovernor({ ticker: machine.ticker, store, policy, ...scenario.governor }) };
  };
  const fleet = Array.from({ length: scenario.instances }, create);

  const call = ({ machine, governor }: Instance) => {
    const since = time.now();
    const priority = random() < scenario.interactiveShare ? 'interactive' : 'background';
    const isLone = scenario.isOneAlone && machine === fleet[0]?.machine;
    const consumerId = isLone ? 'alone' : `c${Math.floor(random() * scenario.consumers)}`;
    const operation = `operation ${Math.floor(random() * operations)}`;
    governor.admit({ consumerId, priority, operation }).then(
      ({ answered, unsent }) => {
        if (!machine.isAlive()) return;
        if (random() < (scenario.unsent ?? 0)) {
          time.at(time.now() + random() * longestWayMillis, () => machine.whenRunning(unsent));
          return;
        }
        const waitedMillis = time.now() - since;
        const travelMillis = random() < scenario.slowSends ? random() * longestWayMillis : random() * 10;
        const atMillis = time.now() + travelMillis;
        sends.push({ atMillis, priority, consumerId, waitedMillis });
        const isRefused = random() < (scenario.upstream429 ?? 0);
        if (random() >= scenario.unanswered)
          time.at(atMillis + random() * scenario.answerMillis, () =>
            machine.whenRunning(() => {
              answered();
              if (isRefused) governor.upstreamRefused(random() < 0.5 ? undefined : random() * 20_000, operation);
            }),
          );
      },
      () => {
        refused += 1;
      },
    );
  };

  /** Events of a Poisson process, `perMinute` on average. */
  const often = (perMinute: number, act: () => void) => {
    if (perMinute <= 0) return;
    const next = () => {
      time.at(time.now() - (Math.log(1 - random()) * minuteMillis) / perMinute, () => {
        act();
        next();
      });
    };
    next();
  };
  const anyone = () => Math.floor(random() * fleet.length);
  const withAnyone = (act: (instance: Instance) => void) => () => {
    const instance = fleet[anyone()] as Instance;
    instance.machine.whenRunning(() => act(instance));
  };

  const callsPerMinute = limit * scenario.demand;
  often(callsPerMinute * (1 - scenario.bursts), withAnyone(call));
  often((callsPerMinute * scenario.bursts) / Math.max(2, limit / 4), () => {
    for (let index = 0; index < Math.max(2, limit / 4); index += 1) withAnyone(call)();
  });
  const perFleet = scenario.instances;
  often(
    scenario.freezes * perFleet,
    withAnyone(({ machine }) => machine.freeze(random() ** 3 * 90_000)),
  );
  often(
    scenario.clockSteps * perFleet,
    withAnyone(({ machine }) => machine.stepWall((random() * 2 - 1) * 600_000)),
  );
  often(scenario.kills * perFleet, () => {
    const index = anyone();
    const { machine, governor } = fleet[index] as Instance;
    addCounts(totals, governor.counts());
    machine.kill();
    fleet[index] = create();
  });

  await time.runUntil(minutes * minuteMillis);
  for (const { governor } of fleet) addCounts(totals, governor.counts());
  sends.sort((one, other) => one.atMillis - other.atMillis);
  return { sends, refused, counts: totals as unknown as Outcome['counts'] };
};

/** The most sends in any window, `[t, t + window)`. */
export const mostInAnyWindow = (
  sends: readonly { readonly atMillis: number }[],
  windowMillis = minuteMillis,
): number => {
  let most = 0;
  let first = 0;
  for (let last = 0; last < sends.length; last += 1) {
    while ((sends[last] as Send).atMillis - (sends[first] as Send).atMillis >= windowMillis) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
};
