/** Answers of a facade whose applications have names that are no names, for the page at /ops. */

const hostile = '<img src=x onerror="document.title=1"><script>alert(1)</script>';

export const hostileAnswers = (): Readonly<Record<string, unknown>> => {
  const startedAt = new Date().toISOString();
  const counts = {
    calls: 1,
    hits: 0,
    upstreamCalls: 1,
    refusals: 0,
    errors: 0,
    bytes: 1,
    durationMillis: 1,
    estimatedCostUsd: 0,
  };
  const request = {
    consumerId: hostile,
    operation: hostile,
    reason: hostile,
    runbook: hostile,
    sends: [],
    status: 500,
    standsFor: 1,
  };
  const from = new Date(Date.now() - (Date.now() % 3_600_000)).toISOString();
  return {
    '/v1/health': {
      data: { attributes: { checks: [{ name: hostile, state: 'failed', reason: hostile, since: startedAt }] } },
    },
    '/v1/quota': {
      data: {
        attributes: {
          ...{
            limit: 10,
            windowSeconds: 60,
            used: 10,
            free: 0,
            moreInSeconds: 1,
            nearLimit: true,
            configuredLimit: 20,
            pausedSeconds: 3,
          },
          consumers: [{ consumerId: hostile, priority: hostile, unitsLastMinute: 10, isWaiting: true }],
        },
      },
    },
    '/v1/requests': {
      links: {},
      data: [{ type: 'request', id: hostile, attributes: { ...request, startedAt, durationMillis: 1 } }],
    },
    '/v1/usage': { links: {}, data: [{ attributes: { consumerId: hostile, from, ...counts } }] },
    '/v1/tokens': { links: {}, data: [{ attributes: { consumerId: hostile, subject: hostile, state: 'dead' } }] },
    '/v1/subscriptions': {
      data: [{ id: '1', attributes: { consumerId: hostile, queueUrl: hostile, state: 'active' } }],
    },
    '/v1/subscriptions/1/health': { data: { attributes: { state: 'failing', reason: hostile } } },
  };
};
