/** Port: one cheap call as the owner of a token. */
import type { Credential } from '../exchange/credential.ts';
import type { Person } from './token.ts';

/**
 * - `living`: the upstream accepted the token, and said whose it is.
 * - `dead`: it refused the token.
 * - `refused`: the quota has no unit now; nothing was sent.
 * - `unknown`: the answer does not show it.
 */
export type Probe =
  | { readonly kind: 'living'; readonly person: Person }
  | { readonly kind: 'dead' | 'refused' | 'unknown' };

/** Never throws. */
export type PersonProbe = (credential: Credential) => Promise<Probe>;
