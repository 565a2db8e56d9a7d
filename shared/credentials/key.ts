/** The facade's own API keys for an upstream: what is kept of each, and the port of where. */
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
 * Why a key was put aside, and until when. Only a 401 keeps it out of use. A 429 is a note: the limit is that of the whole
 * tenant, its keys and tokens together, so that another key would be refused as well.
 */
export const Cooldown = z.object({ untilMillis: z.int(), reason: z.union([z.literal(401), z.literal(429)]) });
type Cooldown = z.infer<typeof Cooldown>;

export type ApiKey = {
  readonly upstream: string;
  readonly id: string;
  /** Its place among the keys of the upstream, from 1. */
  readonly slot: number;
  readonly owner: string;
  /** The upstream's id of the owner's account, where it was asked. */
  readonly accountId?: string | undefined;
  readonly state: KeyState;
  /** The usable owner of the lowest rank is the one whose keys are used. */
  readonly rank: number;
  readonly addedAtMillis: number;
  /** Right to the hour. */
  readonly lastUsedAtMillis?: number | undefined;
  readonly expiresAtMillis?: number | undefined;
  readonly cooldown?: Cooldown | undefined;
  /** Times in a row that a 401 has put it aside. */
  readonly strikes: number;
  readonly sealed: Sealed;
};

export type KeyChange = Partial<
  Pick<ApiKey, 'state' | 'rank' | 'expiresAtMillis' | 'lastUsedAtMillis' | 'cooldown' | 'strikes' | 'sealed'>
>;

/** Port: the keys as records. Every change is atomic. */
export interface KeyStore {
  /** The keys of an upstream as last written. */
  list(upstream: string): Promise<readonly ApiKey[]>;
  /**
   * False when the upstream has as many as `mostKeys` already, also when several are added at once. Safe to repeat, as the AWS SDK
   * does when an answer is lost: one key stays one key.
   */
  add(key: Omit<ApiKey, 'slot'>, mostKeys: number): Promise<boolean>;
  /**
   * Sets the members of `change`; a member that is there and undefined is removed.
   * @param guarded the change is made only while these members are as they were read in `known`.
   * @returns false when that is not so, or the key is gone.
   */
  change(known: ApiKey, change: KeyChange, guarded?: readonly (keyof KeyChange)[]): Promise<boolean>;
  /** False when it was gone already. */
  remove(known: ApiKey): Promise<boolean>;
}

/** Where keys are kept and what opens them. */
export type KeyVault = { readonly keys: KeyStore; readonly envelope: Envelope };

/** Under which name the secret of a key is sealed. */
export const recordOf = ({ upstream, id }: Pick<ApiKey, 'upstream' | 'id'>): string => `${upstream}/key/${id}`;

export const openKey = ({ envelope }: KeyVault, key: ApiKey): Promise<string> =>
  envelope.open(recordOf(key), key.sealed);
