/** The consumer for which a token is linked. */
import type { TokenHolder } from '../credentials/credential.ts';
import type { TokenKey } from './token.ts';

/** Port: a consumer as last written; undefined when there is none of this id. */
export type FindHolder<Holder extends TokenHolder = TokenHolder> = (consumerId: string) => Promise<Holder | undefined>;

/** A consumer from before incarnations has its id for one. */
const incarnationOf = ({ id, incarnation }: TokenHolder): string => incarnation ?? id;

/** The key of the token that `subject` has linked for this consumer. */
export const tokenKeyOf = (upstream: string, holder: TokenHolder, subject: string): TokenKey => ({
  upstream,
  consumerId: holder.id,
  incarnation: incarnationOf(holder),
  subject,
});

/** Whether this is the consumer that the token was linked for, and not one that has its id by now. */
export const isHolder = (holder: TokenHolder | undefined, { consumerId, incarnation }: TokenKey): boolean =>
  holder?.id === consumerId && incarnationOf(holder) === incarnation;
