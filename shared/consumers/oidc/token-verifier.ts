/** JSON Web Tokens of trusted issuers (RFC 7519, and what RFC 8725 advises): which client sent this, and for whom. */
import { type CryptoKey, errors, type JWSHeaderParameters, jwtVerify } from 'jose';
import { AppError } from '../../errors/app-error.ts';
import type { OidcClient } from '../../exchange/consumer.ts';
import type { Clock } from '../../time/clock.ts';
import type { OidcIssuer } from './issuer.ts';
import type { KeySets } from './key-sets.ts';
import { subjectOf } from './token-subject.ts';
import { type Claims, readToken } from './token-text.ts';

/** How far the clocks of issuer and facade may be apart. */
const skewSeconds = 60;

type VerifiedToken = { readonly client: OidcClient; readonly subject: string | undefined };
export type TokenVerifier = {
  /**
   * @throws AppError CONSUMER_UNKNOWN, which says what is wrong and reveals nothing of the token; ISSUER_UNREACHABLE.
   */
  verify(token: string): Promise<VerifiedToken>;
};

const refused = (why: string): AppError =>
  new AppError('CONSUMER_UNKNOWN', {
    detail: `The token in Authorization is not taken: ${why}`,
    source: { header: 'Authorization' },
  });

const refusedHeader = ({ algorithms }: OidcIssuer): AppError =>
  refused(`its header is not accepted; its signature must be one of ${algorithms.join(', ')}.`);
const refusedSignature = (): AppError => refused('no key of its issuer has signed it.');
const expired = (): AppError => refused('it has expired. Get a new one.');
const fromFuture = (): AppError => refused('it is from the future. Compare the clocks of issuer and facade.');

/** An error of jose contains the claims, so neither its text nor the error itself is passed on as a cause. */
const toRefusal = (error: unknown, issuer: OidcIssuer): unknown => {
  if (error instanceof errors.JOSEAlgNotAllowed) return refusedHeader(issuer);
  if (error instanceof errors.JWTExpired) return expired();
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud' ? refused('it is meant for another audience than this facade.') : fromFuture();
  }
  return error instanceof errors.JOSEError ? refusedSignature() : error;
};

/** jose does not check `iat`, and rounds to whole seconds. */
const checkInstants = ({ exp, nbf = 0, iat = 0 }: Claims, nowSeconds: number): void => {
  if (exp + skewSeconds <= nowSeconds) throw expired();
  if (Math.max(nbf, iat) - skewSeconds > nowSeconds) throw fromFuture();
};

const clientIdOf = (claims: Claims, { clientClaim }: OidcIssuer): string => {
  const names = clientClaim === undefined ? ['azp', 'client_id'] : [clientClaim];
  const named = names.map((name) => claims[name]).find((value) => value !== undefined);
  if (typeof named === 'string' && named !== '') return named;
  throw refused(`it does not name its client: it has no claim ${names.join(' or ')}.`);
};

/** @throws AppError if the issuer has not signed it for this facade, or it is not valid now. */
const checkToken = async (token: string, issuer: OidcIssuer, keySets: KeySets, nowMillis: number): Promise<void> => {
  const findKey = async (header: JWSHeaderParameters): Promise<CryptoKey> => {
    const key = await keySets.find(issuer, header);
    if (!key) throw refusedSignature();
    return key;
  };
  const { algorithms, audience, issuer: name } = issuer;
  const options = { algorithms, audience, issuer: name, requiredClaims: ['exp'], clockTolerance: skewSeconds };
  await jwtVerify(token, findKey, { ...options, currentDate: new Date(nowMillis) }).catch((error: unknown) => {
    throw toRefusal(error, issuer);
  });
};

export const createTokenVerifier = (issuers: readonly OidcIssuer[], keySets: KeySets, clock: Clock): TokenVerifier => ({
  async verify(token) {
    const read = readToken(token);
    if (!read) {
      throw refused('it is no signed JSON Web Token. Send a facade key in x-api-key, or a token of a trusted issuer.');
    }
    const { header, claims } = read;
    const issuer = issuers.find((candidate) => candidate.issuer === claims?.iss);
    if (!claims || !issuer) {
      throw refused('it names no issuer that is trusted here, or lacks one of the claims iss, aud and exp.');
    }
    if (!header) throw refusedHeader(issuer);
    await checkToken(token, issuer, keySets, clock.nowMillis());
    checkInstants(claims, clock.nowMillis() / 1_000);
    const clientId = clientIdOf(claims, issuer);
    return { client: { issuer: issuer.issuer, clientId }, subject: subjectOf(claims, clientId) };
  },
});
