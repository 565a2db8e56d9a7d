/** Events of tokens, and the port that reports them. */
import { diesAtMillisOf, type TokenFacts } from './token.ts';

/**
 * - `token.expired`: the upstream refuses the token, or no touch succeeded until after its death.
 * - `token.expiring`: it has been idle so long that it dies soon, and a touch has failed.
 */
export type TokenEventType = 'token.expired' | 'token.expiring';

export type TokenEvent = {
  readonly type: TokenEventType;
  readonly upstream: string;
  readonly consumerId: string;
  /** Which of all consumers that ever had the id. A consumer from before incarnations has its id for one (holder.ts). */
  readonly incarnation: string;
  readonly subject: string;
  /** As in /v1/tokens. */
  readonly tokenId: string;
  /** When the upstream ends it, or has ended it. */
  readonly diesAt: string;
  /** Where the consumer asks for a link that renews it, below the facade's base URL. */
  readonly renewUrlPath: string;
  readonly at: string;
};

/** Port. Never throws, because what the event describes has happened anyway. */
export interface TokenEvents {
  raise(event: TokenEvent): void;
}

/** POST there with the consumer's own credentials makes a link. */
export const renewUrlPath = '/v1/me/token/links';

export const tokenEvent = (type: TokenEventType, token: TokenFacts, nowMillis: number): TokenEvent => ({
  type,
  upstream: token.upstream,
  consumerId: token.consumerId,
  incarnation: token.incarnation,
  subject: token.subject,
  tokenId: token.version,
  diesAt: new Date(type === 'token.expired' ? nowMillis : diesAtMillisOf(token)).toISOString(),
  renewUrlPath,
  at: new Date(nowMillis).toISOString(),
});
