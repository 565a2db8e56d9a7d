/**
 * Reports that the upstream repeated the credential that it was sent: a log line without it, a metric for the alarm,
 * and an event.
 */
import { unknownGroup } from '../../shared/catalogue/operation.ts';
import type { CallDependencies } from '../../shared/pipeline/call-upstream.ts';
import { raiseFacadeEvent } from './facade-events.ts';
import { logger } from './logger.ts';
import { putMetrics } from './put-metrics.ts';

export const tellOfSecret: NonNullable<CallDependencies['onSecret']> = (
  { request, operation, upstream, consumer },
  { kind, id },
  { where, how },
) => {
  // An operation outside the catalogue would be named by its raw path, which may contain anything.
  const path = operation.group === unknownGroup ? '(not in the catalogue)' : operation.path;
  logger.error('the upstream showed a credential', {
    requestId: request.requestId,
    upstream: upstream.name,
    operation: `${operation.method} ${path}`,
    consumer: consumer.id,
    credential: `${kind} ${id}`,
    where,
    how,
  });
  putMetrics({ UpstreamSecretShown: 1 });
  raiseFacadeEvent({
    type: 'secret.shown',
    subject: `credentials/${id}`,
    data: {
      upstream: upstream.name,
      operation: `${operation.method} ${path}`,
      consumerId: consumer.id,
      credentialId: id,
      where,
      how,
    },
  });
};
