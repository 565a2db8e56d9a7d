/** Port: one cheap call as the owner of a token. */
import type { Credential } from '../exchange/credential.ts';
import type { Person } from './token.ts';

/**
 * - `living`: the upstream took the token, and said whose it is.
 * - `dead`: it refused the token.
 * - `refused`: the budget has no room now, nothing was sent.
 * - `unknown`: no answer that would tell.
 */
export type Probe =
  | { readonly kind: 'living'; readonly person: Person }
  | { readonly kind: 'dead' | 'refused' | 'unknown' };

/** Never throws. */
export type PersonProbe = (credential: Credential) => Promise<Probe>;
