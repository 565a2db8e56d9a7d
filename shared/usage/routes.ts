/** The routes of /v1/usage. */
import { route } from '../routes/route.ts';
import { UsageDocument, UsageParameters } from './usage-document.ts';

const readUsage = route({
  id: 'readUsage',
  method: 'GET',
  path: '/v1/usage',
  // Its sums are written with the records of requests.
  capability: 'requests',
  scope: 'any-consumer',
  adminScope: 'requests:read',
  fresh: true,
  summary: 'What consumers used, by key and by hour or day',
  description:
    'Your own; with the scope `requests:read`, which `*` does not cover, that of all consumers. Sorted by consumer, then newest first. Sums of the last seconds may be missing, and for good when an idle instance ends. A page may hold fewer entries than asked for and still have a `links.next`.',
  query: UsageParameters,
  answers: { 200: UsageDocument, 403: 'SCOPE_MISSING', 503: 'REQUESTS_UNAVAILABLE' },
});

export const usageRoutes = [readUsage] as const;
