/** Tells of tokens in the log, as metrics, on which the alarms stand, and as events. The record of the token itself shows it too. */
import type { MetricName } from '../../shared/config/metrics.ts';
import type { TokenEvents, TokenEventType } from '../../shared/tokens/events.ts';
import type { KeepAliveReport } from '../../shared/tokens/keep-alive.ts';
import { raiseFacadeEvent } from './facade-events.ts';
import { logger } from './logger.ts';
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
    const { type, upstream, consumerId, tokenId, diesAt } = event;
    raiseFacadeEvent({ type, subject: `tokens/${tokenId}`, data: { upstream, consumerId, tokenId, diesAt } });
  },
};

/** After a run that was broken off because the tenant took no token. */
export const raiseDistrust = ({ brokenOff, living, doubted, dead }: KeepAliveReport): void => {
  if (brokenOff > 0)
    raiseFacadeEvent({ type: 'tokens.distrusted', subject: 'tokens', data: { living, doubted, dead } });
};
