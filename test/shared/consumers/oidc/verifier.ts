/** A verifier with the keys of tokens.ts, and its reason for refusing a token. */
import { expect } from 'vitest';
import { algorithmNames } from '../../../../shared/consumers/oidc/algorithms.ts';
import type { OidcIssuer } from '../../../../shared/consumers/oidc/issuer.ts';
import { createKeySets } from '../../../../shared/consumers/oidc/key-sets.ts';
import { createTokenVerifier } from '../../../../shared/consumers/oidc/token-verifier.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { issuerWith, nowSeconds, pairOf, publish } from './tokens.ts';

const published = algorithmNames.map((name) => publish(pairOf(name).publicKey, name));
const atNow = { nowMillis: () => nowSeconds * 1_000 };

export const verifierFor = (parts: Partial<OidcIssuer> = {}, keys: readonly unknown[] = published, clock = atNow) =>
  createTokenVerifier([issuerWith(parts)], createKeySets({ read: async () => keys }, clock), clock);

/** Fails when the token is taken, or the refusal holds more than its text: a cause would go to the log. */
export const refusalOf = async (token: string, verifier = verifierFor()): Promise<string> => {
  const error = await verifier.verify(token).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  expect(error.code).toBe('CONSUMER_UNKNOWN');
  expect(error.cause).toBeUndefined();
  return error.facts.detail ?? '';
};
