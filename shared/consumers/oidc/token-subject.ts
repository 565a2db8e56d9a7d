/** Whom the claims of a token name: its client, and the person for whom it was given. */
import { createHash } from 'node:crypto';
import type { Claims } from './token-text.ts';

/** Claims of a sign-in (OpenID Connect Core 1.0 section 2, Front-Channel Logout 1.0 section 3): a person was there. */
const signInClaims = ['auth_time', 'acr', 'amr', 'nonce', 'sid'];

/**
 * Marks of tokens that a client got for itself. That the subject is the client's id (RFC 9068 section 2.2) counts only
 * where nothing tells of a person: some providers let people choose their subject.
 */
const isOfClientItself = (claims: Claims, clientId: string): boolean => {
  if (claims.idtyp === 'app' || claims.gty === 'client-credentials') return true;
  const isOfPerson =
    claims.idtyp !== undefined || claims.gty !== undefined || signInClaims.some((name) => name in claims);
  return claims.sub === clientId && !isOfPerson;
};

/** In the form that every subject has; a longer or odder one by its hash. */
const toSubject = (sub: string): string =>
  /^[\x21-\x7e]{1,128}$/.test(sub) ? sub : `sha256:${createHash('sha256').update(sub).digest('base64url')}`;

/** The person; undefined where the client has got the token for itself. */
export const subjectOf = (claims: Claims, clientId: string): string | undefined =>
  claims.sub === undefined || isOfClientItself(claims, clientId) ? undefined : toSubject(claims.sub);
