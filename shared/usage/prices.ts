/**
 * What calls cost, roughly, by the list prices. The bill says what is true. Upstream calls have no price; what they cost is units of the
 * tenant's limit.
 */
import { perGigabyte, perMillion } from './list-prices.ts';
import type { Counts } from './usage.ts';

/** API Gateway and one Lambda request. */
const perCall = (perMillion.restRequest + perMillion.lambdaRequest) / 1e6;
/** Lambda with 1 GiB, the size of the functions that answer native calls. */
const perSecond = perMillion.gigabyteSecond / 1e6;
/** Data out to the internet. */
const perByte = perGigabyte.internet / 1_073_741_824;
/** About four write units for a call that goes upstream (record, cache, quota). */
const perUpstreamCall = (4 * perMillion.writeUnit) / 1e6;
/** Two read units for each call (consumer, cache). */
const perCallRead = (2 * perMillion.readUnit) / 1e6;

export type Costs = Pick<Counts['counters'], 'calls' | 'durationMillis' | 'bytes' | 'upstreamCalls'>;

/** US dollars for a number of calls together, unrounded. */
export const estimatedCostOf = ({ calls, durationMillis, bytes, upstreamCalls }: Costs): number =>
  calls * (perCall + perCallRead) +
  (durationMillis / 1_000) * perSecond +
  bytes * perByte +
  upstreamCalls * perUpstreamCall;

/** US dollars, to a millionth. */
export const estimatedCostUsd = ({ counters }: Counts): number => Math.round(estimatedCostOf(counters) * 1e6) / 1e6;
