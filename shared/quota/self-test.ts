/** Checks before the first call, so that an unreadable store or a wrong clock is reported early. */
import { type QuotaPolicy, QuotaPolicy as QuotaPolicySchema } from './policy.ts';
import type { QuotaStore } from './quota-store.ts';
import { createStoreClock, type StoreClock } from './store-clock.ts';
import type { Ticker } from './ticker.ts';

export type Finding = { readonly severity: 'error' | 'warning'; readonly text: string };

/** A wall clock that is off by more is reported, because the times in logs are off too. The ceiling does not depend on it. */
const notableSkewMillis = 1_500;
/** An answer of an idle store that takes longer than this leaves too little of a lease. */
const slowShare = 0.25;

/** One answer of the store, and how long it took. */
const look = async (store: QuotaStore, ticker: Ticker, clock: StoreClock) => {
  const sent = clock.now();
  const told = await store.read();
  clock.observe(sent, told.dateMillis);
  return { ...told, tookMillis: ticker.monotonicMillis() - sent.monotonicMillis };
};

/**
 * Asks the store once, or twice when the first answer was slow: the first one of a process pays for the connection.
 * Writes nothing and never throws, so that a cold start may begin it and not wait. An empty list = all is well.
 */
export const selfTest = async (store: QuotaStore, ticker: Ticker, policy: QuotaPolicy): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], text: string) => findings.push({ severity, text });
  const { error } = QuotaPolicySchema.safeParse(policy);
  for (const issue of error?.issues ?? [])
    add('error', `The quota policy is wrong: ${issue.path.join('.')}: ${issue.message}`);
  const clock = createStoreClock(ticker);
  try {
    const slowMillis = policy.leaseMillis * slowShare;
    const first = await look(store, ticker, clock);
    const { value, dateMillis, tookMillis } = first.tookMillis > slowMillis ? await look(store, ticker, clock) : first;
    if (dateMillis === undefined) add('warning', 'The quota store tells no time: the ceiling leans on the wall clock.');
    const wall = ticker.wallMillis();
    const offMillis = Math.max(clock.earliestMillis() - wall, wall - clock.latestMillis());
    if (offMillis > notableSkewMillis) add('warning', `The wall clock is off by at least ${Math.round(offMillis)} ms.`);
    if (value && value.state.asOfMillis > clock.latestMillis())
      add('error', 'The quota state is from the future: another instance or the store has a wrong clock.');
    if (tookMillis > slowMillis)
      add('warning', `The quota store took ${Math.round(tookMillis)} ms, much of a lease of ${policy.leaseMillis} ms.`);
  } catch (cause) {
    add('error', `The quota store cannot be read: ${(cause as Error).message}`);
  }
  return findings;
};
