/** Tells operators that the upstream repeated the credential that it was sent: a log line without it, and a metric for the alarm. */
import { unknownGroup } from '../../shared/catalogue/operation.ts';
import type { CallDependencies } from '../../shared/pipeline/call-upstream.ts';
import { logger } from './http-handler.ts';
import { putMetrics } from './put-metrics.ts';

export const tellOfSecret: NonNullable<CallDependencies['onSecret']> = (
  { request, operation, upstream, consumer },
  { kind, id },
  { where, how },
) => {
  // What the catalogue does not know is named by its raw path, which may hold anything.
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
};
