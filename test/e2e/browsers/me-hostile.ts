/** Answers whose names are no names, for the page at /me. */

export const hostile = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
export const instant = '2026-03-01T00:00:00.000Z';

export const hostileAnswers: Readonly<Record<string, unknown>> = {
  '/v1/me': {
    data: {
      id: hostile,
      attributes: {
        ...{
          scopes: [hostile, 'subscriptions:read'],
          actsAs: ['user', hostile],
          contact: hostile,
          displayName: hostile,
          returnUrls: [hostile],
        },
        ...{ key: { id: hostile }, quota: { priority: hostile, weight: 1, caps: [] } },
      },
      meta: { unknownScopes: [hostile] },
    },
  },
  '/v1/requests': {
    links: {},
    data: [
      {
        type: 'request',
        id: hostile,
        attributes: {
          ...{ method: 'GET', operation: hostile, reason: hostile, errorCode: hostile, cacheStatus: hostile },
          ...{ sends: [], status: 500, standsFor: 1, startedAt: instant, durationMillis: 1 },
        },
      },
    ],
  },
  '/v1/usage': { links: {}, data: [] },
  '/v1/me/tokens': {
    links: {},
    data: [
      {
        id: hostile,
        attributes: {
          ...{ subject: hostile, state: 'living', personEmail: hostile, personId: '1' },
          ...{ linkedAt: instant, lastUsedAt: instant, daysLeft: 3 },
        },
      },
    ],
  },
  '/v1/subscriptions': {
    data: [
      {
        id: hostile,
        attributes: {
          ...{ consumerId: hostile, state: 'active', queueArn: `arn:${hostile}`, filter: { type: [hostile] } },
          ...{ startAt: instant, enriched: false },
        },
      },
    ],
  },
};
