/** The token of a person, linked by a consumer for one of its subjects, and the port of where it is kept. */
import { createHash } from 'node:crypto';
import * as z from 'zod';

const hourMillis = 3_600_000;
export const dayMillis = 24 * hourMillis;

/** A token stays valid while it is used at least once in this time (developer guide, authentication). */
const tokenLifeMillis = 30 * dayMillis;
/** Untouched this close to its death, a token raises `token.expiring`. */
export const warnAheadMillis = 5 * dayMillis;

/** Names one token: each consumer has at most one for each subject in each upstream. */
export const TokenKey = z.object({
  upstream: z.string().min(1),
  consumerId: z.string().min(1),
  /** The consumer's own name for the person. */
  subject: z.string().min(1),
});
export type TokenKey = z.infer<typeof TokenKey>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
export const SealedSecret = z.object({ wrappedKey: bytes, nonce: bytes, ciphertext: bytes });

/** Whom the upstream takes the token for. */
export const Person = z.object({ id: z.string().min(1), email: z.string().optional() });
export type Person = z.infer<typeof Person>;

/** What is known of a token, without its value. */
export const TokenFacts = TokenKey.extend({
  /** Another one for each token ever linked: what was decided about one is never done to its successor. */
  version: z.string().min(1),
  state: z.enum(['living', 'dead']),
  person: Person,
  createdAtMillis: z.number(),
  /** Last known use; never more than half a day behind the last use through the facade. */
  lastUsedAtMillis: z.number(),
  /** When `token.expiring` was raised; forgotten with the next use. */
  warnedAtMillis: z.number().optional(),
  /** When the upstream was first seen refusing it, which raised `token.expired`. */
  diedAtMillis: z.number().optional(),
});
export type TokenFacts = z.infer<typeof TokenFacts>;

/** A dead one has no secret any more. */
export const Token = TokenFacts.extend({ sealed: SealedSecret.optional() });
export type Token = z.infer<typeof Token>;

/** Some of all tokens, and where the next page begins. */
export type TokenPage = { readonly tokens: readonly TokenFacts[]; readonly cursor: string | undefined };

/** Port: every change of a token names the version it is about, and does nothing when that has been replaced or removed. */
export interface TokenStore {
  /** As last written. */
  read(key: TokenKey): Promise<Token | undefined>;
  /** Puts a new token in the place of whatever was there. */
  put(token: Token): Promise<void>;
  /** Removes record and secret. False when there was none. */
  remove(key: TokenKey): Promise<boolean>;
  /** Records a use and ends claim and warning. False for another version, a dead token, or a later use on record. */
  used(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Drops the secret. True for exactly one of many callers. */
  markDead(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Notes that the warning is being raised. True for exactly one of many callers until the next use. */
  markWarned(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Reserves the touch of a living token. True for exactly one of many callers until `untilMillis`. */
  claim(key: TokenKey, version: string, nowMillis: number, untilMillis: number): Promise<boolean>;
  /** All tokens in a fixed order, at most `limit` a page; a page may be empty and not be the last. */
  list(limit: number, cursor?: string, consumerId?: string): Promise<TokenPage>;
}

/** The record for which a token is sealed. */
export const recordOf = ({ upstream, consumerId, subject }: TokenKey): string =>
  `${upstream}/user/${consumerId}/${subject}`;

/** The first 32 bits of a hash: spreads tokens evenly, the same on every machine. */
export const spreadOf = (key: TokenKey): number =>
  createHash('sha256').update(recordOf(key)).digest().readUInt32BE(0) / 2 ** 32;

export const diesAtMillisOf = ({ lastUsedAtMillis }: Pick<TokenFacts, 'lastUsedAtMillis'>): number =>
  lastUsedAtMillis + tokenLifeMillis;

/** At most so much of the interval is added to it: 20 hours become 20 to 23. */
const spreadShare = 0.15;

/**
 * When a token that nobody uses is touched next: the interval after its last use, and a share of it more that depends on the
 * token's name, so that tokens linked together are not touched together.
 */
export const touchAtMillisOf = (token: TokenFacts, touchMillis: number): number =>
  token.lastUsedAtMillis + touchMillis * (1 + spreadShare * spreadOf(token));
