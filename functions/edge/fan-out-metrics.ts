/** What the fan-out counts, as metrics: one line for each invocation. */
import type { MetricName, MetricValues } from '../../shared/config/metrics.ts';
import type { FanOutCounts } from '../../shared/fan-out/counts.ts';

const metrics: Readonly<Record<keyof FanOutCounts, MetricName>> = {
  sent: 'DeliveriesSent',
  pending: 'DeliveriesPending',
  unknown: 'DeliveriesUnknown',
  repeated: 'DeliveriesRepeated',
  deadLettered: 'DeliveriesDeadLettered',
  coalesced: 'DeliveriesCoalesced',
  replayed: 'DeliveriesReplayed',
  late: 'NotificationsLate',
  foundUndispatched: 'NotificationsFoundUndispatched',
};

export const createFanOutMetrics = (put: (values: MetricValues) => void) => {
  let sums: Partial<Record<MetricName, number>> = {};
  return {
    observe(counts: FanOutCounts): void {
      for (const [name, count] of Object.entries(counts)) {
        const metric = metrics[name as keyof FanOutCounts];
        sums[metric] = (sums[metric] ?? 0) + count;
      }
    },
    /** Puts what was counted since the last time. */
    handIn(): void {
      if (Object.keys(sums).length > 0) put(sums);
      sums = {};
    },
  };
};
