/** The routes of /v1/requests. */
import * as z from 'zod';
import { route } from '../routes/route.ts';
import { RequestDocument } from './request-document.ts';
import { RequestListDocument, RequestListParameters } from './request-list-document.ts';

/** A UUID (request-id.ts); the header X-Request-Id and every error document show it. */
const RequestId = z
  .guid('must be the UUID in the X-Request-Id header of an answer')
  .transform((id) => id.toLowerCase());

const readRequest = route({
  id: 'readRequest',
  method: 'GET',
  path: '/v1/requests/{requestId}',
  capability: 'requests',
  // One's own requests; those of others for the holders of this scope, which `*` does not cover.
  scope: 'any-consumer',
  adminScope: 'requests:read',
  summary: 'Who asked, what the cache and the quota said, what was sent upstream',
  description:
    'For the consumer that made the request, and for those with the scope `requests:read` by that name (a wildcard does not count). Kept for 24 hours is what went upstream or was refused; an answer out of the cache is explained by its own `Cache-Status`.',
  parameters: z.object({ requestId: RequestId.meta({ description: 'From `X-Request-Id`, or `id` of an error.' }) }),
  answers: { 200: RequestDocument, 404: 'REQUEST_UNKNOWN', 503: 'REQUESTS_UNAVAILABLE' },
});

const listRequests = route({
  id: 'listRequests',
  method: 'GET',
  path: '/v1/requests',
  capability: 'requests',
  scope: 'any-consumer',
  adminScope: 'requests:read',
  fresh: true,
  summary: 'Requests of the last 24 hours, newest first',
  description:
    'Your own; with the scope `requests:read`, which `*` does not cover, those of all consumers. `standsFor` says how many requests an entry stands for: a refused crowd is stored in part, and answers without a call upstream are summed by minute (type `hits`, only in lists without a filter for status, code or operation). The sum of `standsFor` over a consumer, minute and limit is the number of requests, without those of the last seconds of an instance that ended. A request appears a moment after its answer has ended, at the time at which it began. A page may hold fewer entries than asked for, or none, and still have a `links.next`.',
  query: RequestListParameters,
  answers: { 200: RequestListDocument, 403: 'SCOPE_MISSING', 503: 'REQUESTS_UNAVAILABLE' },
});

export const requestRoutes = [readRequest, listRequests] as const;
