/**
 * What calls cost, roughly: list prices of us-east-1 in US dollars, from memory, November 2026. The bill says what is true. Upstream
 * calls have no price; what they cost is units of the tenant's limit.
 */
import type { Counts } from './usage.ts';

/** API Gateway REST, first tier, and one Lambda request. */
const perCall = 3.5e-6 + 0.2e-6;
/** Lambda on Arm with 1 GiB, the size of the functions that answer native calls. */
const perSecond = 1.33334e-5;
/** Data out to the internet. */
const perByte = 0.09 / 1_073_741_824;
/** Writes on demand: about four units for a call that goes upstream (record, cache, quota). */
const perUpstreamCall = 4 * 0.625e-6;
/** Reads on demand: two for each call (consumer, cache). */
const perCallRead = 2 * 0.125e-6;

export type Costs = Pick<Counts['counters'], 'calls' | 'durationMillis' | 'bytes' | 'upstreamCalls'>;

/** US dollars for a number of calls together, unrounded. */
export const estimatedCostOf = ({ calls, durationMillis, bytes, upstreamCalls }: Costs): number =>
  calls * (perCall + perCallRead) +
  (durationMillis / 1_000) * perSecond +
  bytes * perByte +
  upstreamCalls * perUpstreamCall;

/** US dollars, to a millionth. */
export const estimatedCostUsd = ({ counters }: Counts): number => Math.round(estimatedCostOf(counters) * 1e6) / 1e6;
