/**
 * Reports token events in the log, as metrics for the alarms, and as operations events. The token's own record shows
 * them too.
 */
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
    // The subject is the consumer's name for a person, so it is left out. Operators find it in /v1/tokens.
    const { subject: _subject, incarnation, ...shown } = event;
    logger.warn('token event', { event: shown });
    putMetrics({ [metricNames[event.type]]: 1 });
    const { type, upstream, consumerId, tokenId, diesAt } = event;
    // Elsewhere, a consumer from before incarnations has none.
    const concerned = incarnation === consumerId ? {} : { incarnation };
    const data = { upstream, consumerId, tokenId, diesAt };
    raiseFacadeEvent({ type, subject: `tokens/${tokenId}`, data, ...concerned });
  },
};

/** After a run that stopped because the tenant accepted no token. */
export const raiseDistrust = ({ brokenOff, living, doubted, dead }: KeepAliveReport): void => {
  if (brokenOff > 0)
    raiseFacadeEvent({ type: 'tokens.distrusted', subject: 'tokens', data: { living, doubted, dead } });
};
