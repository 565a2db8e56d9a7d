/** The token of a person, linked by a consumer for one of its subjects, and the port of where it is kept. */
import { createHash } from 'node:crypto';
import * as z from 'zod';

const hourMillis = 3_600_000;
export const dayMillis = 24 * hourMillis;

/** A token stays valid while it is used at least once in this time (developer guide, authentication). */
const tokenLifeMillis = 30 * dayMillis;
/** So long after its death at the latest, a token of which the upstream tells nothing is given up. */
export const givenUpAfterMillis = 24 * hourMillis;
/** Untouched this close to its death, a token raises `token.expiring`. */
export const warnAheadMillis = 5 * dayMillis;

/** Names one token: each consumer has at most one for each subject in each upstream. */
export const TokenKey = z.object({
  upstream: z.string().min(1),
  consumerId: z.string().min(1),
  /** Which consumer of that id: one that is deleted and made again is another, and inherits nothing. */
  incarnation: z.string().min(1),
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
  /** - `doubted`: refused once. Not used for calls, and asked about again before it counts as dead. */
  state: z.enum(['living', 'doubted', 'dead']),
  person: Person,
  createdAtMillis: z.number(),
  /** Last known use; never more than half a day behind the last use through the facade. */
  lastUsedAtMillis: z.number(),
  /** When `token.expiring` was raised; forgotten with the next use. */
  warnedAtMillis: z.number().optional(),
  /** When the upstream was first seen refusing it; forgotten when it takes it again. */
  doubtedAtMillis: z.number().optional(),
  /** Set by a touch that told nothing: no other before then. */
  retryAtMillis: z.number().optional(),
  /** When it was given up. */
  diedAtMillis: z.number().optional(),
  /** When `token.expired` had been raised. */
  toldAtMillis: z.number().optional(),
});
export type TokenFacts = z.infer<typeof TokenFacts>;

/** A dead one has no secret any more. */
export const Token = TokenFacts.extend({ sealed: SealedSecret.optional() });
export type Token = z.infer<typeof Token>;

/** Some of all tokens, and where the next page begins. */
export type TokenPage = {
  readonly tokens: readonly TokenFacts[];
  /** Records on this page that could not be understood, and are left out. */
  readonly unreadable: number;
  readonly cursor: string | undefined;
};

/** Port: every change of a token names the version it is about, and does nothing when that has been replaced or removed. */
export interface TokenStore {
  /** As last written. */
  read(key: TokenKey): Promise<Token | undefined>;
  /** Puts a new token in the place of one of the same person, or of none. False when another person's is there. */
  put(token: Token): Promise<boolean>;
  /** Removes record and secret. False when there was none, or, with `version`, when it was of another version. */
  remove(key: TokenKey, version?: string): Promise<boolean>;
  /** Records a use, which ends claim, warning, doubt and pause. False for another version, a dead token, or a later use on record. */
  used(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Notes that the upstream refused a living token; the secret stays. True for exactly one of many callers. */
  doubt(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Drops the secret. True for exactly one of many callers. */
  markDead(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Notes that `token.expired` has been raised for a dead token. */
  markTold(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Notes that the warning is being raised. True for exactly one of many callers until the next use. */
  markWarned(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Reserves the touch of a token that is not dead. True for exactly one of many callers until `untilMillis`. */
  claim(key: TokenKey, version: string, nowMillis: number, untilMillis: number): Promise<boolean>;
  /** Lets no touch come before `untilMillis`, unless the token is used meanwhile. */
  pause(key: TokenKey, version: string, untilMillis: number): Promise<boolean>;
  /**
   * All tokens in a fixed order, at most `limit` a page; a page may be empty and not be the last.
   * @throws AppError REQUEST_INVALID for a cursor that is none.
   */
  list(limit: number, cursor?: string, consumerId?: string): Promise<TokenPage>;
}

/** The record for which a token is sealed. */
export const recordOf = ({ upstream, consumerId, incarnation, subject }: TokenKey): string =>
  `${upstream}/user/${consumerId}/${incarnation}/${subject}`;

/** Just the key of what has more members. */
export const keyOf = ({ upstream, consumerId, incarnation, subject }: TokenKey): TokenKey => ({
  upstream,
  consumerId,
  incarnation,
  subject,
});

/** The first 32 bits of a hash: spreads tokens evenly, the same on every machine. */
export const spreadOf = (key: TokenKey): number =>
  createHash('sha256').update(recordOf(key)).digest().readUInt32BE(0) / 2 ** 32;

export const diesAtMillisOf = ({ lastUsedAtMillis }: Pick<TokenFacts, 'lastUsedAtMillis'>): number =>
  lastUsedAtMillis + tokenLifeMillis;

/** At most so much of the interval is added to it: 20 hours become 20 to 21. Two hourly runs later a dead one is known. */
const spreadShare = 0.05;

/**
 * When a token that nobody uses is touched next: the interval after its last use, and a share of it more that depends on the
 * token's name, so that tokens linked together are not touched together.
 */
export const touchAtMillisOf = (token: TokenFacts, touchMillis: number): number =>
  token.lastUsedAtMillis + touchMillis * (1 + spreadShare * spreadOf(token));
