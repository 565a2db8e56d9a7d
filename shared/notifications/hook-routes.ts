/** The route that the tenant pushes to. */
import { nothing, route } from '../routes/route.ts';

/** Where the tenant pushes notifications to. */
export const hookPath = '/hooks/signals';

const takePush = route({
  id: 'takePush',
  method: 'POST',
  path: hookPath,
  capability: 'hooks',
  scope: 'everybody',
  summary: 'For the tenant: a push notification',
  description:
    'The tenant sends one notification, of any media type, with the header that an operator has set. 204 once it is kept: input that ' +
    'is no notification too, for inspection. At most 1 MiB: larger ones are pulled. Any other answer leaves it undismissed in the tenant.',
  passesQuery: true,
  // Far above any notification seen; larger ones are pulled.
  mostBodyBytes: 1_048_576,
  answers: { 204: nothing, 401: 'HOOK_REFUSED', 413: 'REQUEST_TOO_LARGE', 503: 'NOTIFICATIONS_UNAVAILABLE' },
});

export const hookRoutes = [takePush] as const;
