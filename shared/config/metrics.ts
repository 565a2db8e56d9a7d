/**
 * Every metric that the facade writes: its name, unit and dimensions. What each means is in docs/metrics.md. Alarms and dashboards use the
 * same list, so that none shows a metric that does not exist.
 */

export const metricNamespace = 'SignalsFacade';

/** A dimension of every metric, so that the stages of one account do not mix. */
export const stageDimension = 'Stage';

/** From this percentage of the limit in one minute, an alarm and an event report it. */
export const nearLimitPercent = 90;

type Unit = 'Count' | 'Seconds' | 'Milliseconds' | 'None';

/** Each has few values from a fixed list. What a consumer did is in the records of requests and in log queries, never in a dimension. */
export type MetricDimension = 'Function' | 'Code' | 'Class' | 'Cause' | 'Queue' | 'DaysLeft' | 'Kind';

type Metric = {
  /** As CloudWatch spells it (API reference, MetricDatum). `None` is what CloudWatch has no unit for: days, and US dollars. */
  readonly unit: Unit;
  /**
   * Each metric is written for the stage, and once more for each dimension here. Two dimensions never stand together: each pair of
   * values would be a metric, and cost.
   */
  readonly by: readonly MetricDimension[];
};

const metric = <By extends MetricDimension = never>(unit: Unit, ...by: By[]) => ({ unit, by }) satisfies Metric;
const count = <By extends MetricDimension = never>(...by: By[]) => metric('Count', ...by);

export const metrics = {
  // Requests (functions/edge/metrics.ts), and sends to the tenant (functions/edge/upstream-metrics.ts).
  Requests: count('Function'),
  Errors: count('Function', 'Code'),
  CacheHit: count('Class'),
  CacheStale: count('Class'),
  CacheCollapsed: count('Class'),
  CacheRevalidated: count('Class'),
  CacheMiss: count('Class'),
  CacheWrite: count('Class'),
  CacheBypass: count('Class'),
  Upstream2xx: count(),
  Upstream3xx: count(),
  Upstream4xx: count(),
  Upstream5xx: count(),
  UpstreamOther: count(),
  UpstreamUnanswered: count(),
  UpstreamMillis: metric('Milliseconds'),
  /** What the answers cost, roughly, in US dollars (shared/usage/prices.ts). */
  EstimatedCostUsd: metric('None'),
  // The budget (shared/quota/metrics.ts).
  QuotaUsed: count(),
  QuotaLimit: count(),
  QuotaWaitMillis: metric('Milliseconds'),
  QuotaAdmitted: count(),
  QuotaRefused: count('Cause'),
  QuotaStoreFailures: count(),
  QuotaUpstream429: count(),
  QuotaAdmittedUnasked: count(),
  // The change sweep.
  SweepPurged: count(),
  SweepLagSeconds: metric('Seconds'),
  SweepFailed: count(),
  // Linked tokens.
  TokensLiving: count(),
  TokensDoubted: count(),
  TokensDead: count(),
  TokensTouched: count(),
  TokensLeft: count(),
  TokensOrphaned: count(),
  TokensUnreadable: count(),
  TokensDistrusted: count(),
  TokensOldestIdleDays: metric('None'),
  /** Living and doubted tokens, by the days that are left until the tenant ends them. */
  TokensByDaysLeft: count('DaysLeft'),
  TokensExpired: count(),
  TokensExpiring: count(),
  // Registered samples.
  SampleLooks: count(),
  SampleLooksFailed: count(),
  SampleDrifts: count(),
  // Keys of the tenant.
  CredentialRefused: count(),
  CredentialDisabled: count(),
  CredentialStoreFailed: count(),
  UpstreamSecretShown: count(),
  // Answers above 1 MiB that passed uncounted, because the slot store failed.
  LargeAnswersUncounted: count(),
  // Answers that broke off because their caller read too slowly.
  AnswersCut: count(),
  // Records that were lost.
  AuditRecordsLost: count(),
  IdempotencyOutcomesLost: count(),
  // The facade's own events on their way to the operations queue.
  FacadeEventsSent: count(),
  FacadeEventsLost: count(),
  // Pushes of the tenant (functions/edge/hook-routes.ts): taken, of which some are known already; kept though no notification; refused
  // for their header; not kept.
  HookTaken: count(),
  HookMalformed: count(),
  HookRefused: count(),
  HookFailed: count(),
  HookMillis: metric('Milliseconds'),
  /** From the event to its push. */
  PushLagSeconds: metric('Seconds'),
  // The pull of notifications (functions/edge/pull-runs.ts).
  PullFound: count(),
  PullFailed: count(),
  PullMalformed: count(),
  PullOverflowed: count(),
  PullLagSeconds: metric('Seconds'),
  NotificationsReconstructed: count(),
  /** Runs of the change sweep whose changes could not be noted for gap detection. */
  ChangesNotNoted: count(),
  NotificationsDismissed: count(),
  // Messages of queues, by queue (functions/edge/queue-handler.ts).
  QueueMessagesDone: count('Queue'),
  QueueMessagesRetried: count('Queue'),
  QueueMessagesDeadLettered: count('Queue'),
  // Notifications on their way to subscribers (shared/fan-out/counts.ts).
  DeliveriesSent: count(),
  DeliveriesPending: count(),
  DeliveriesUnknown: count(),
  DeliveriesRepeated: count(),
  DeliveriesDeadLettered: count(),
  DeliveriesCoalesced: count(),
  DeliveriesReplayed: count(),
  NotificationsLate: count(),
  NotificationsFoundUndispatched: count(),
  OldestPendingSeconds: metric('Seconds'),
  WakeFailed: count(),
  // Calls of the tenant to /lists and /sources (functions/edge/list-routes.ts): answered or failed; of these failed, and answered with an old
  // copy; and those with a missing or wrong header. Kinds are `list` and `source`.
  ListCalls: count('Kind'),
  ListCallsFailed: count('Kind'),
  ListCallsStale: count('Kind'),
  ListCallsRefused: count('Kind'),
  // Runs of exports (functions/wiring/exports.ts), and those that the sweep had to start or end.
  ExportsSucceeded: count('Kind'),
  ExportsFailed: count('Kind'),
  ExportsCancelled: count('Kind'),
  ExportsMended: count(),
  // Orders of the archive that have ended, and signed heads (functions/edge/archive-metrics.ts).
  ArchiveSucceeded: count(),
  ArchiveFailed: count(),
  ArchiveSealed: count(),
  // The daily verification: PDFs that a round has read, when it ends, and faults that are open, after each run that checked something.
  ArchiveVerified: count(),
  ArchiveFaults: count(),
  // Experiments whose legal holds a run of the keeper could not set or lift.
  HoldsNotSet: count(),
  // The chain of the audit log (functions/edge/seal-runs.ts).
  AuditRecordsSealed: count(),
  AuditRecordsLate: count(),
  AuditRecordsDiffer: count(),
  AuditSealed: count(),
  AuditSealFailed: count(),
  /** Exports that are not over, at the time of a sweep: all, and by their state. */
  ExportsOpen: count(),
  ExportsQueued: count('Kind'),
  ExportsRunning: count('Kind'),
  /** Since the longest waiting of those that are queued was made; 0 without any. */
  ExportsOldestQueuedSeconds: metric('Seconds'),
  /** Orders of the archive that are open, at the time of a sweep. */
  ArchiveOpen: count(),
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;

/**
 * Counts whose 0 says something: an alarm waits for their data, or calculates with it. A 0 of every other count is not written, because a metric is
 * billed for each hour in which it has data.
 */
export const writtenAtZero: ReadonlySet<MetricName> = new Set([
  // Alarms on silence: a run has ended.
  ...(['SweepFailed', 'PullFailed', 'WakeFailed', 'SampleLooks', 'TokensLiving', 'HoldsNotSet'] as const),
  ...(['ArchiveVerified', 'ArchiveFaults'] as const),
  // Alarms that calculate with several metrics, and have no result where one of them has no data.
  ...(['Upstream2xx', 'Upstream3xx', 'Upstream4xx', 'Upstream5xx', 'UpstreamOther', 'UpstreamUnanswered'] as const),
  ...(['QuotaUsed', 'QuotaLimit', 'AuditRecordsLate', 'AuditRecordsDiffer'] as const),
]);

/** Values of metrics of one line. */
export type MetricValues = Readonly<Partial<Record<MetricName, number>>>;

/** Metrics of one line that have a value for each call, for percentiles. */
export type MetricSamples = Readonly<Partial<Record<MetricName, readonly number[]>>>;
/** Most samples of one metric in a line (CloudWatch, embedded metric format specification). */
export const mostSamples = 100;

/** Values of dimensions of one line. */
export type MetricDimensions = Readonly<Partial<Record<MetricDimension, string>>>;

/** The values that `DaysLeft` may have, and from how many days on. */
export const daysLeftBands = [
  ['0-2', 0],
  ['3-7', 3],
  ['8-14', 8],
  ['15-30', 15],
] as const;
