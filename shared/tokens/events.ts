/** What happens to tokens without anybody asking, and the port that tells whoever must act. */
import { diesAtMillisOf, type TokenFacts } from './token.ts';

/** - `token.expired`: the upstream refuses it, or told nothing of it until after its death. - `token.expiring`: idle for so long that it dies soon, and a touch has failed. */
export type TokenEventType = 'token.expired' | 'token.expiring';

export type TokenEvent = {
  readonly type: TokenEventType;
  readonly upstream: string;
  readonly consumerId: string;
  readonly subject: string;
  /** As in /v1/tokens. */
  readonly tokenId: string;
  /** When the upstream kills it, or has by then. */
  readonly diesAt: string;
  /** Where the consumer asks for a link that renews it, below the facade's base URL. */
  readonly renewUrlPath: string;
  readonly at: string;
};

/** Port. Never throws: an event that cannot be told must not undo what it tells of. */
export interface TokenEvents {
  raise(event: TokenEvent): void;
}

/** POST there with the consumer's own credentials makes a link. */
export const renewUrlPath = '/v1/me/token/links';

export const tokenEvent = (type: TokenEventType, token: TokenFacts, nowMillis: number): TokenEvent => ({
  type,
  upstream: token.upstream,
  consumerId: token.consumerId,
  subject: token.subject,
  tokenId: token.version,
  diesAt: new Date(type === 'token.expired' ? nowMillis : diesAtMillisOf(token)).toISOString(),
  renewUrlPath,
  at: new Date(nowMillis).toISOString(),
});
