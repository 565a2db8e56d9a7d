/** Calls that need the tenant, on the executions of the function `native`, each with the real governor, in virtual time. */
import { packState } from '../../shared/quota/codec.ts';
import { createGovernor } from '../../shared/quota/governor.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import type { QuotaStore } from '../../shared/quota/quota-store.ts';
import { createFaultyItem } from '../../shared/simulation/faulty-store.ts';
import { createMachine } from '../../shared/simulation/machine.ts';
import { createRandom, createVirtualTime } from '../../shared/simulation/virtual-time.ts';
import { percentile } from '../support/statistics.ts';

const noFaults = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };
const tenantMillis = 150;

export type BudgetScenario = {
  /** Calls to the tenant that are wanted. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly consumers: number;
  /** Reserved concurrency of the function. */
  readonly executions: number;
};

export type BudgetFigures = {
  readonly wanted: number;
  readonly answered: number;
  readonly refused: number;
  /** Lambda had no execution for them. */
  readonly throttled: number;
  readonly medianMillis: number;
  readonly p99Millis: number;
  readonly mostExecutions: number;
  /** Of the one item that holds the budget, in the busiest second: units, and its largest size. */
  readonly mostReadUnits: number;
  readonly mostWriteUnits: number;
  readonly mostItemBytes: number;
};

const bytesOf = ({ ledger, rest }: ReturnType<typeof packState>): number =>
  ledger.byteLength + Buffer.byteLength(String(rest));

/** Units of the item, by second. */
const createMeter = (nowMillis: () => number) => {
  const reads = new Map<number, number>();
  const writes = new Map<number, number>();
  let [bytes, mostItemBytes] = [1, 1];
  const add = (to: Map<number, number>, unitBytes: number): void => {
    const second = Math.floor(nowMillis() / 1_000);
    to.set(second, (to.get(second) ?? 0) + Math.ceil(bytes / unitBytes));
  };
  return {
    /** The store of one execution. */
    through: (store: QuotaStore): QuotaStore => ({
      read() {
        add(reads, 4_096);
        return store.read();
      },
      replace(state, expected) {
        bytes = bytesOf(packState(state));
        mostItemBytes = Math.max(mostItemBytes, bytes);
        add(writes, 1_024);
        return store.replace(state, expected);
      },
    }),
    figures: () => ({
      mostReadUnits: Math.max(0, ...reads.values()),
      mostWriteUnits: Math.max(0, ...writes.values()),
      mostItemBytes,
    }),
  };
};

export const simulateBudget = async (scenario: BudgetScenario): Promise<BudgetFigures> => {
  const random = createRandom(5);
  const time = createVirtualTime();
  const item = createFaultyItem(time, random, noFaults);
  const meter = createMeter(time.now);
  const bound = { executions: scenario.executions, share: 0.5, pool: 'native' };
  const create = () => {
    const machine = createMachine(time, random, { skewMillis: (random() * 2 - 1) * 50, driftShare: 0 });
    const store = meter.through(item.storeFor(machine));
    return createGovernor({ ticker: machine.ticker, store, policy: defaultPolicy, bound });
  };
  type Execution = ReturnType<typeof create>;
  const idle: Execution[] = [];
  let made = 0;
  let [wanted, refused, throttled] = [0, 0, 0];
  const waits: number[] = [];

  const serve = async (execution: Execution): Promise<void> => {
    const since = time.now();
    try {
      const consumerId = `c${Math.floor(random() * scenario.consumers)}`;
      const admission = await execution.admit({ consumerId, priority: 'interactive' });
      await new Promise<void>((resolve) => time.at(time.now() + tenantMillis, resolve));
      admission.answered();
      waits.push(time.now() - since);
    } catch {
      refused += 1;
    }
    idle.push(execution);
  };
  const arrive = (): void => {
    wanted += 1;
    const free = idle.pop();
    if (free) void serve(free);
    else if (made < scenario.executions) {
      made += 1;
      void serve(create());
    } else throttled += 1;
    time.at(time.now() - (Math.log(1 - random()) * 1_000) / scenario.perSecond, arrive);
  };
  arrive();
  await time.runUntil(scenario.seconds * 1_000);
  return {
    ...{ wanted, answered: waits.length, refused, throttled, mostExecutions: made },
    medianMillis: percentile(waits, 0.5),
    p99Millis: percentile(waits, 0.99),
    ...meter.figures(),
  };
};
