/** A tenant that counts what everybody sends in any 60 s, and a fleet of governors in front of a part of that. */
import { createGovernor } from '../../shared/quota/governor.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { believedLimit } from '../../shared/quota/state.ts';
import { createFaultyItem } from '../../shared/simulation/faulty-store.ts';
import { createMachine, epochMillis } from '../../shared/simulation/machine.ts';
import { createRandom, createVirtualTime } from '../../shared/simulation/virtual-time.ts';

const windowMillis = 60_000;
const answerMillis = 300;
const none = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };

export type TenantScenario = {
  readonly seed?: number;
  readonly seconds: number;
  readonly instances?: number;
  /** Calls of the facade's consumers in a minute, by operation. */
  readonly demand: Readonly<Record<string, number>>;
  /** Calls of others in a minute, from `othersFromSeconds` until `othersUntilSeconds`. */
  readonly others?: number;
  readonly othersFromSeconds?: number;
  readonly othersUntilSeconds?: number;
  /** Limits of single operations at the tenant, besides that of all. */
  readonly operationLimits?: Readonly<Record<string, number>>;
  /** The first call of this operation after so long gets a 429 that is about nothing. */
  readonly strayRefusal?: { readonly operation: string; readonly atSeconds: number };
  readonly retryAfterMillis?: number;
};

type OperationFigures = {
  demanded: number;
  answered: number;
  upstream429: number;
  refused: number;
  waits: number[];
};
export type TenantFigures = {
  readonly operations: Readonly<Record<string, OperationFigures>>;
  /** Believed limit at each second. */
  readonly limits: readonly number[];
  /** 429s of the tenant to the facade, at milliseconds. */
  readonly refusals: readonly number[];
};

const tenantLimit = 1_000;

/** Arrivals in the last window; refused ones do not count. */
const createWindow = () => {
  const arrivals: number[] = [];
  return {
    used(nowMillis: number): number {
      while (arrivals.length > 0 && (arrivals[0] as number) <= nowMillis - windowMillis) arrivals.shift();
      return arrivals.length;
    },
    add: (nowMillis: number): void => void arrivals.push(nowMillis),
  };
};

const createTenant = ({ operationLimits = {}, strayRefusal }: TenantScenario) => {
  const all = createWindow();
  const byOperation = new Map(Object.keys(operationLimits).map((name) => [name, createWindow()]));
  let strays = strayRefusal ? 1 : 0;
  return {
    /** Whether the call is taken. */
    arrives(operation: string, nowMillis: number): boolean {
      const isStray =
        strays > 0 && operation === strayRefusal?.operation && nowMillis >= strayRefusal.atSeconds * 1_000;
      if (isStray) {
        strays -= 1;
        return false;
      }
      const own = byOperation.get(operation);
      if (all.used(nowMillis) >= tenantLimit) return false;
      if (own && own.used(nowMillis) >= (operationLimits[operation] as number)) return false;
      own?.add(nowMillis);
      all.add(nowMillis);
      return true;
    },
  };
};

/** Runs the scenario, and returns the results of each operation. */
export const runTenant = async (scenario: TenantScenario): Promise<TenantFigures> => {
  const random = createRandom(scenario.seed ?? 1);
  const time = createVirtualTime();
  const item = createFaultyItem(time, random, none);
  const tenant = createTenant(scenario);
  const policy = { ...defaultPolicy, limit: tenantLimit };
  const fleet = Array.from({ length: scenario.instances ?? 8 }, () => {
    const machine = createMachine(time, random, { skewMillis: 0, driftShare: 0 });
    return createGovernor({ ticker: machine.ticker, store: item.storeFor(machine), policy });
  });
  const operations: Record<string, OperationFigures> = {};
  const limits: number[] = [];
  const refusals: number[] = [];

  const often = (perMinute: number, act: () => void): void => {
    if (perMinute <= 0) return;
    time.at(time.now() - (Math.log(1 - random()) * windowMillis) / perMinute, () => {
      act();
      often(perMinute, act);
    });
  };
  const call = (operation: string): void => {
    const figures = operations[operation] as OperationFigures;
    const governor = fleet[Math.floor(random() * fleet.length)] as (typeof fleet)[number];
    const since = time.now();
    figures.demanded += 1;
    governor.admit({ consumerId: 'app', priority: 'interactive', operation }).then(
      ({ departs, answered }) => {
        if (!departs()) return;
        figures.waits.push(time.now() - since);
        const isTaken = tenant.arrives(operation, time.now());
        if (!isTaken) refusals.push(time.now());
        time.at(time.now() + answerMillis * random(), () => {
          answered();
          if (isTaken) figures.answered += 1;
          else {
            figures.upstream429 += 1;
            governor.upstreamRefused(scenario.retryAfterMillis, operation);
          }
        });
      },
      () => {
        figures.refused += 1;
      },
    );
  };

  for (const [operation, perMinute] of Object.entries(scenario.demand)) {
    operations[operation] = { demanded: 0, answered: 0, upstream429: 0, refused: 0, waits: [] };
    often(perMinute, () => call(operation));
  }
  const { othersFromSeconds = 0, othersUntilSeconds = scenario.seconds } = scenario;
  often(scenario.others ?? 0, () => {
    const seconds = time.now() / 1_000;
    if (seconds >= othersFromSeconds && seconds < othersUntilSeconds) tenant.arrives('of others', time.now());
  });
  for (let second = 1; second <= scenario.seconds; second += 1) {
    await time.runUntil(second * 1_000);
    const states = fleet.flatMap((governor) => governor.lastState() ?? []);
    const latest = states.toSorted((one, other) => other.asOfMillis - one.asOfMillis)[0];
    limits.push(latest ? believedLimit(latest, policy, epochMillis + time.now()) : tenantLimit);
  }
  return { operations, limits, refusals };
};
