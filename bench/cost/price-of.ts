/** Counts in US dollars, by the list prices. */
import { perGigabyte, perMillion } from '../../shared/usage/list-prices.ts';
import type { Operations } from './operations.ts';

const gigabyte = 1_000_000_000;

/** @returns US dollars by part, and all of them together. */
export const dollarsOf = (operations: Operations) => {
  const {
    gatewayRequests,
    firewallRequests,
    traces,
    invocations,
    gigabyteSeconds,
    readUnits,
    writeUnits,
    queueRequests,
  } = operations;
  const of = (count: number, price: number): number => (count * price) / 1e6;
  const parts = {
    gateway: of(gatewayRequests, perMillion.restRequest),
    lambda: of(invocations, perMillion.lambdaRequest) + of(gigabyteSeconds, perMillion.gigabyteSecond),
    tables: of(readUnits, perMillion.readUnit) + of(writeUnits, perMillion.writeUnit),
    others:
      of(queueRequests, perMillion.fifoRequest) +
      of(operations.s3Writes, perMillion.s3Write) +
      of(operations.s3Reads, perMillion.s3Read) +
      of(operations.keyRequests, perMillion.kmsRequest) +
      of(operations.checkpoints, perMillion.durableOperation),
    firewall: of(firewallRequests, perMillion.firewallRequest),
    logs: (operations.logBytes / gigabyte) * perGigabyte.logs,
    traces: of(traces, perMillion.trace),
  };
  return { ...parts, all: Object.values(parts).reduce((sum, part) => sum + part, 0) };
};
