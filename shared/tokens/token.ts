/** The linked token of a person, for one consumer and subject, and the port of its store. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Sealed } from '../credentials/envelope.ts';

const hourMillis = 3_600_000;
export const dayMillis = 24 * hourMillis;

/** A token stays valid while it is used at least once in this time (developer guide, authentication). */
const tokenLifeMillis = 30 * dayMillis;
/** This long after its death, a token whose touches show nothing is given up. */
export const givenUpAfterMillis = 24 * hourMillis;
/** Untouched this close to its death, a token raises `token.expiring`. */
export const warnAheadMillis = 5 * dayMillis;

/** Names one token: each consumer has at most one for each subject in each upstream. */
export const TokenKey = z.object({
  upstream: z.string().min(1),
  consumerId: z.string().min(1),
  /** The consumer's incarnation. A consumer that is deleted and created again is another one, and inherits nothing. */
  incarnation: z.string().min(1),
  /** The consumer's own name for the person. */
  subject: z.string().min(1),
});
export type TokenKey = z.infer<typeof TokenKey>;

/** The person that the upstream reports for the token. */
export const Person = z.object({ id: z.string().min(1), email: z.string().optional() });
export type Person = z.infer<typeof Person>;

/** What is known of a token, without its value. */
export const TokenFacts = TokenKey.extend({
  /** A new value for each token, so that a decision about one token never affects its successor. */
  version: z.string().min(1),
  /** - `doubted`: refused once. No call uses it, and it is tried again before it counts as dead. */
  state: z.enum(['living', 'doubted', 'dead']),
  person: Person,
  createdAtMillis: z.number(),
  /** Last known use; at most half a day behind the last use through the facade. */
  lastUsedAtMillis: z.number(),
  /** When `token.expiring` was raised; cleared by the next use. */
  warnedAtMillis: z.number().optional(),
  /** When the upstream first refused it; cleared when it accepts it again. */
  doubtedAtMillis: z.number().optional(),
  /** Set by a touch that showed nothing: no other touch before then. */
  retryAtMillis: z.number().optional(),
  /** When it was marked dead. */
  diedAtMillis: z.number().optional(),
  /** When `token.expired` had been raised. */
  toldAtMillis: z.number().optional(),
});
export type TokenFacts = z.infer<typeof TokenFacts>;

/** A dead token has no secret. */
export const Token = TokenFacts.extend({ sealed: Sealed.optional() });
export type Token = z.infer<typeof Token>;

/** Some of all tokens, and where the next page begins. */
export type TokenPage = {
  readonly tokens: readonly TokenFacts[];
  /** Records on this page that could not be read and are left out. */
  readonly unreadable: number;
  readonly cursor: string | undefined;
};

/** Port: every change names the version of the token, and does nothing if that was replaced or removed. */
export interface TokenStore {
  /** As last written. */
  read(key: TokenKey): Promise<Token | undefined>;
  /** Stores a new token, replacing one of the same person, or none. False if another person's token is stored. */
  put(token: Token): Promise<boolean>;
  /** Removes record and secret. False when there was none, or, with `version`, when it was of another version. */
  remove(key: TokenKey, version?: string): Promise<boolean>;
  /** Records a use, which ends claim, warning, doubt and pause. False for another version, a dead token, or a later use on record. */
  used(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Records that the upstream refused a living token; the secret stays. True for exactly one of many callers. */
  doubt(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Drops the secret. True for exactly one of many callers. */
  markDead(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Records that `token.expired` has been raised for a dead token. */
  markTold(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Records that the warning is being raised. True for exactly one of many callers until the next use. */
  markWarned(key: TokenKey, version: string, atMillis: number): Promise<boolean>;
  /** Reserves the touch of a token that is not dead. True for exactly one of many callers until `untilMillis`. */
  claim(key: TokenKey, version: string, nowMillis: number, untilMillis: number): Promise<boolean>;
  /** Postpones touches until `untilMillis`, unless the token is used meanwhile. */
  pause(key: TokenKey, version: string, untilMillis: number): Promise<boolean>;
  /**
   * All tokens in a fixed order, at most `limit` a page; a page may be empty and not be the last.
   * @throws AppError REQUEST_INVALID for a cursor that is none.
   */
  list(limit: number, cursor?: string, consumerId?: string): Promise<TokenPage>;
}

/** The record name under which a token is encrypted. */
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

/**
 * At most this share of the interval is added: 20 hours become 20 to 21. Two hourly runs later a dead token is
 * detected.
 */
const spreadShare = 0.05;

/**
 * When an idle token is touched next: the interval after its last use, plus a share that depends on the token's name,
 * so that tokens linked together are not touched together.
 */
export const touchAtMillisOf = (token: TokenFacts, touchMillis: number): number =>
  token.lastUsedAtMillis + touchMillis * (1 + spreadShare * spreadOf(token));
