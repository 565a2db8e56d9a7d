/** The facade's own API keys for an upstream: the record of each, and the port of its store. */
import * as z from 'zod';
import type { Envelope, Sealed } from './envelope.ts';

const ownerRule =
  'an owner is the name of an account: 1 to 100 letters, digits and ._@+- that start with a letter or digit';

/**
 * The account of the upstream whose rights a key has. Keys of one owner answer for each other; answers made for one owner
 * are never shown under another.
 *
 * The first pattern goes into `/openapi.json`. It names the ASCII characters that are refused, because many tools refuse
 * `\p{L}`. The second one also refuses characters beyond ASCII that are neither letter nor digit.
 */
export const Owner = z
  .string()
  // biome-ignore lint/complexity/noUselessEscapeInRegex: Java and Rust read a bare [ within a class as another class
  .regex(/^[^ -/:-@\[-`{-~][^!-*,/:-?\[-\^`{-~]{0,99}$/u, ownerRule)
  .refine((owner) => /^[\p{L}\p{N}][\p{L}\p{N}._@+ -]{0,99}$/u.test(owner), ownerRule);

/** - `active`: in use. - `retiring`: used only while no active key of the same owner is usable. - `disabled`: never used. */
export const KeyState = z.enum(['active', 'retiring', 'disabled']);
export type KeyState = z.infer<typeof KeyState>;

/**
 * Why a key has a cooldown, and until when. Only a 401 stops its use. A 429 is information: the limit is that of the
 * whole tenant, keys and tokens together, so another key would be refused as well.
 */
export const Cooldown = z.object({ untilMillis: z.int(), reason: z.union([z.literal(401), z.literal(429)]) });
type Cooldown = z.infer<typeof Cooldown>;

export type ApiKey = {
  readonly upstream: string;
  readonly id: string;
  /** Its place among the keys of the upstream, from 1. */
  readonly slot: number;
  readonly owner: string;
  /** The upstream's id of the owner's account, if it was asked. */
  readonly accountId?: string | undefined;
  readonly state: KeyState;
  /** The usable owner of the lowest rank is the one whose keys are used. */
  readonly rank: number;
  readonly addedAtMillis: number;
  /** Accurate to the hour. */
  readonly lastUsedAtMillis?: number | undefined;
  readonly expiresAtMillis?: number | undefined;
  readonly cooldown?: Cooldown | undefined;
  /** Number of 401 in a row. */
  readonly strikes: number;
  /** When the first of them came. */
  readonly refusedSinceMillis?: number | undefined;
  readonly sealed: Sealed;
};

export type KeyChange = Partial<
  Pick<
    ApiKey,
    'state' | 'rank' | 'expiresAtMillis' | 'lastUsedAtMillis' | 'cooldown' | 'strikes' | 'refusedSinceMillis' | 'sealed'
  >
>;

/** Port: the keys as records. Every change is atomic. */
export interface KeyStore {
  /** The keys of an upstream as last written. */
  list(upstream: string): Promise<readonly ApiKey[]>;
  /**
   * False if the upstream already has `mostKeys` keys, also when several are added at once. Safe to repeat, as the AWS
   * SDK does when an answer is lost: one key stays one key.
   */
  add(key: Omit<ApiKey, 'slot'>, mostKeys: number): Promise<boolean>;
  /**
   * Sets the members of `change`. A member that is present and undefined is removed.
   * @param guarded the change is made only if these members are as in `known`.
   * @returns false if they are not, or the key is gone.
   */
  change(known: ApiKey, change: KeyChange, guarded?: readonly (keyof KeyChange)[]): Promise<boolean>;
  /** False if it was already gone. */
  remove(known: ApiKey): Promise<boolean>;
}

/** What is known of refusals, of a key that the upstream accepts. */
export const noRefusals = { strikes: 0, refusedSinceMillis: undefined, cooldown: undefined } as const;

/** The store of keys, and the envelope that decrypts them. */
export type KeyVault = { readonly keys: KeyStore; readonly envelope: Envelope };

/** The record name under which a key's secret is encrypted. */
export const recordOf = ({ upstream, id }: Pick<ApiKey, 'upstream' | 'id'>): string => `${upstream}/key/${id}`;

export const openKey = ({ envelope }: KeyVault, key: ApiKey): Promise<string> =>
  envelope.open(recordOf(key), key.sealed);
