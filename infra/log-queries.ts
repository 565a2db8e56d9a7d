/** The saved log queries of a stage: the commonest questions (docs/log-queries.md). Their fields are those of the log lines in `functions/`. */

export type LogQuery = {
  /** Of the query in CloudWatch, below `signals-facade-<stage>/`. */
  readonly name: string;
  /** Functions whose log is searched; left out = those of all. */
  readonly functions?: readonly string[];
  /** In CloudWatch Logs Insights' own language. */
  readonly lines: readonly string[];
};

/** They answer native calls, or calls above the gateway's limits. */
const answering = ['native', 'uploads', 'materials', 'entities', 'samples', 'exports'];

export const logQueries: readonly LogQuery[] = [
  {
    name: 'refused-calls',
    functions: answering,
    lines: [
      "filter message = 'request' and status = 429",
      'stats count(*) as refused by bin(1m), consumer, refusal.limit, errorCode',
    ],
  },
  {
    name: 'failed-calls',
    lines: [
      "filter message = 'request failed'",
      'fields @timestamp, requestId, consumer, method, operation, status, errorCode, error.message',
      'sort @timestamp desc',
      'limit 100',
    ],
  },
  {
    name: 'slow-operations',
    functions: answering,
    lines: [
      "filter message = 'request'",
      'stats count(*) as calls, pct(millis, 50) as half, pct(millis, 95) as most, max(millis) as slowest by operation',
      'sort most desc',
    ],
  },
  {
    name: 'units-by-consumer',
    functions: answering,
    lines: [
      "filter message = 'request' and ispresent(quota.units)",
      'stats sum(quota.units) as spent, count(*) as calls by consumer, quota.priority',
      'sort spent desc',
    ],
  },
  {
    name: 'waits-for-the-budget',
    functions: answering,
    lines: [
      "filter message = 'request' and quota.waitedMillis > 0",
      'stats count(*) as calls, avg(quota.waitedMillis) as average, max(quota.waitedMillis) as longest by consumer, quota.priority',
      'sort longest desc',
    ],
  },
  {
    name: 'answers-of-the-cache',
    functions: answering,
    lines: [
      "filter message = 'request' and ispresent(cacheStatus)",
      'parse cacheStatus /^(?<verdict>hit|fwd=[a-z-]+)/',
      'stats count(*) as calls by operation, verdict',
      'sort calls desc',
    ],
  },
  {
    name: 'own-calls',
    lines: [
      "filter message = 'own call'",
      'stats count(*) as calls, max(millis) as slowest by purpose, operation, status',
      'sort calls desc',
    ],
  },
  {
    name: 'sweeps',
    functions: ['sweep'],
    lines: [
      "filter message = 'sweep' or message = 'sweep failed'",
      'fields @timestamp, message, purged, calls, all, error.message',
      'sort @timestamp desc',
      'limit 100',
    ],
  },
  {
    name: 'messages-that-failed',
    lines: [
      "filter message = 'queue message' and outcome != 'done'",
      'stats count(*) as times, max(receiveCount) as receives by queue, messageId, outcome, reason',
      'sort times desc',
    ],
  },
  {
    name: 'one-request',
    lines: [
      "filter requestId = 'ID' or gatewayRequestId = 'ID'",
      'fields @timestamp, @log, message, consumer, operation, status, errorCode, millis, cacheStatus, quota.outcome, refusal.limit',
      'sort @timestamp asc',
    ],
  },
  {
    name: 'one-trace',
    lines: [
      "filter traceId like 'ID'",
      'fields @timestamp, @log, message, requestId, notification, queue, subscriptionId, run, step, outcome, kind, status, errorCode, reason',
      'sort @timestamp asc',
    ],
  },
];
