/** Checks tokens of trusted issuers. Loaded with the first token: jose is not part of a start. */
import { createHttpKeySetSource } from '../../shared/consumers/adapters/http-key-sets.ts';
import type { OidcIssuer } from '../../shared/consumers/oidc/issuer.ts';
import { createKeySets } from '../../shared/consumers/oidc/key-sets.ts';
import { createTokenVerifier, type TokenVerifier } from '../../shared/consumers/oidc/token-verifier.ts';
import { systemClock } from '../../shared/time/clock.ts';

export const verifierFor = (issuers: readonly OidcIssuer[]): TokenVerifier =>
  createTokenVerifier(issuers, createKeySets(createHttpKeySetSource(), systemClock), systemClock);
