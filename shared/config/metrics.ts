/**
 * Every metric that the facade writes: its name and unit. Alarms use the same list, so that none watches a metric that
 * does not exist.
 */

export const metricNamespace = 'SignalsFacade';

/** A dimension of every metric, so that the stages of one account do not mix. */
export const stageDimension = 'Stage';

/** From this percentage of the limit in one minute, an alarm and an event report it. */
export const nearLimitPercent = 90;

type Unit = 'Count' | 'Seconds' | 'Milliseconds' | 'None';

/** Units as CloudWatch spells them (API reference, MetricDatum). `None` is a number of days, which CloudWatch has no unit for. */
export const metricUnits = {
  // Requests, by function (functions/edge/metrics.ts).
  Requests: 'Count',
  Errors: 'Count',
  CacheHit: 'Count',
  CacheStale: 'Count',
  CacheCollapsed: 'Count',
  CacheRevalidated: 'Count',
  CacheMiss: 'Count',
  CacheWrite: 'Count',
  CacheBypass: 'Count',
  Upstream2xx: 'Count',
  Upstream3xx: 'Count',
  Upstream4xx: 'Count',
  Upstream5xx: 'Count',
  UpstreamOther: 'Count',
  UpstreamUnanswered: 'Count',
  // The budget (shared/quota/metrics.ts).
  QuotaUsed: 'Count',
  QuotaLimit: 'Count',
  QuotaWaitMillis: 'Milliseconds',
  QuotaAdmitted: 'Count',
  QuotaRefused: 'Count',
  QuotaStoreFailures: 'Count',
  QuotaUpstream429: 'Count',
  QuotaAdmittedUnasked: 'Count',
  // The change sweep.
  SweepPurged: 'Count',
  SweepLagSeconds: 'Seconds',
  SweepFailed: 'Count',
  // Linked tokens.
  TokensLiving: 'Count',
  TokensDoubted: 'Count',
  TokensDead: 'Count',
  TokensTouched: 'Count',
  TokensLeft: 'Count',
  TokensOrphaned: 'Count',
  TokensUnreadable: 'Count',
  TokensDistrusted: 'Count',
  TokensOldestIdleDays: 'None',
  TokensExpired: 'Count',
  TokensExpiring: 'Count',
  // Keys of the tenant.
  CredentialRefused: 'Count',
  CredentialDisabled: 'Count',
  CredentialStoreFailed: 'Count',
  UpstreamSecretShown: 'Count',
  // Answers above 1 MiB that passed uncounted, because the slot store failed.
  LargeAnswersUncounted: 'Count',
  // Answers that broke off because their caller read too slowly.
  AnswersCut: 'Count',
  // Records that were lost.
  AuditRecordsLost: 'Count',
  IdempotencyOutcomesLost: 'Count',
  // The facade's own events on their way to the operations queue.
  FacadeEventsSent: 'Count',
  FacadeEventsLost: 'Count',
  // Pushes of the tenant (functions/edge/hook-routes.ts): taken, of which some are known already; kept though no notification; refused
  // for their header; not kept.
  HookTaken: 'Count',
  HookMalformed: 'Count',
  HookRefused: 'Count',
  HookFailed: 'Count',
  HookMillis: 'Milliseconds',
  /** From the event to its push. */
  PushLagSeconds: 'Seconds',
  // The pull of notifications (functions/edge/pull-runs.ts).
  PullFound: 'Count',
  PullFailed: 'Count',
  PullMalformed: 'Count',
  PullOverflowed: 'Count',
  PullLagSeconds: 'Seconds',
  NotificationsReconstructed: 'Count',
  /** Runs of the change sweep whose changes could not be noted for gap detection. */
  ChangesNotNoted: 'Count',
  NotificationsDismissed: 'Count',
  // Messages of queues, by queue (functions/edge/queue-handler.ts).
  QueueMessagesDone: 'Count',
  QueueMessagesRetried: 'Count',
  QueueMessagesDeadLettered: 'Count',
  // Notifications on their way to subscribers (shared/fan-out/counts.ts).
  DeliveriesSent: 'Count',
  DeliveriesPending: 'Count',
  DeliveriesUnknown: 'Count',
  DeliveriesRepeated: 'Count',
  DeliveriesDeadLettered: 'Count',
  DeliveriesCoalesced: 'Count',
  DeliveriesReplayed: 'Count',
  NotificationsLate: 'Count',
  NotificationsFoundUndispatched: 'Count',
  OldestPendingSeconds: 'Seconds',
  WakeFailed: 'Count',
  // Runs of exports (functions/wiring/exports.ts), and those that the sweep had to start or end.
  ExportsSucceeded: 'Count',
  ExportsFailed: 'Count',
  ExportsMended: 'Count',
} as const satisfies Readonly<Record<string, Unit>>;

export type MetricName = keyof typeof metricUnits;

/** Values of metrics of one line. */
export type MetricValues = Readonly<Partial<Record<MetricName, number>>>;
