/** Tells operators that the upstream repeated the credential that it was sent: a log line without it, and a metric for the alarm. */
import type { CallDependencies } from '../../shared/native/call-upstream.ts';
import { logger } from './http-handler.ts';
import { putMetrics } from './put-metrics.ts';

export const tellOfSecret: NonNullable<CallDependencies['onSecret']> = (
  { request, operation, upstream, consumer },
  { kind, id },
  { where, how },
) => {
  logger.error('the upstream showed a credential', {
    requestId: request.requestId,
    upstream: upstream.name,
    operation: `${operation.method} ${operation.path}`,
    consumer: consumer.id,
    credential: `${kind} ${id}`,
    where,
    how,
  });
  putMetrics({ UpstreamSecretShown: 1 });
};
