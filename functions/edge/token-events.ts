/** Tells of tokens in the log and as metrics, on which the alarms stand. The record of the token itself shows it too. */
import type { MetricName } from '../../shared/config/metrics.ts';
import type { TokenEvents, TokenEventType } from '../../shared/tokens/events.ts';
import { logger } from './http-handler.ts';
import { putMetrics } from './put-metrics.ts';

const metricNames: Readonly<Record<TokenEventType, MetricName>> = {
  'token.expired': 'TokensExpired',
  'token.expiring': 'TokensExpiring',
};

export const loggedTokenEvents: TokenEvents = {
  raise(event) {
    // The subject is the consumer's name for a person: whoever looks into it finds it in /v1/tokens.
    const { subject: _subject, ...shown } = event;
    logger.warn('token event', { event: shown });
    putMetrics({ [metricNames[event.type]]: 1 });
  },
};
