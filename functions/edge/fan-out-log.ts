/** One log line for each attempt to deliver an event to a subscription. */
import type { Attempt } from '../../shared/fan-out/attempt.ts';
import { logger } from './logger.ts';

/** In the trace of what brought the event: a retry or a replay is an invocation of another trace. */
export const tellAttempt = ({ subscriptionId, notification, result, isLetter }: Attempt): void => {
  const { id, traceId } = notification;
  const line = {
    ...{ subscriptionId, notification: id, ...result },
    ...(isLetter ? { isLetter } : {}),
    ...(traceId === undefined ? {} : { traceId }),
  };
  if (result.kind === 'sent') logger.info('delivery', line);
  else logger.warn('delivery', line);
};
