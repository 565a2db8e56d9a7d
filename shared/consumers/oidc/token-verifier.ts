/** JSON Web Tokens of trusted issuers (RFC 7519, and what RFC 8725 advises): which client sent this, and for whom. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { parseShallow } from '../../json/nesting.ts';
import type { Clock } from '../../time/clock.ts';
import type { OidcClient } from '../consumer.ts';
import { algorithmNames, isSignedBy } from './algorithms.ts';
import type { OidcIssuer } from './issuer.ts';
import type { KeySets } from './key-sets.ts';

/** Below what the gateway lets through in all headers together. */
const longestTokenCharacters = 8_192;
/** How far the clocks of issuer and facade may be apart. */
const skewSeconds = 60;

type VerifiedToken = { readonly client: OidcClient; readonly subject: string | undefined };
export type TokenVerifier = {
  /** @throws AppError CONSUMER_UNKNOWN, saying what is wrong and nothing of the token; ISSUER_UNREACHABLE. */
  verify(token: string): Promise<VerifiedToken>;
};

/** A key inside the token (`jwk`, `jku`, `x5c`, …) is not looked at: whoever forges a token would sign it with that one. */
const Header = z.object({
  alg: z.enum(algorithmNames),
  kid: z.string().max(300).optional(),
  typ: z
    .string()
    .regex(/^(application\/)?(at\+)?jwt$/i)
    .optional(),
  // An extension that must be understood, and none is.
  crit: z.undefined().optional(),
});

const Claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  sub: z.string().min(1).max(1_000).optional(),
});
type Claims = z.infer<typeof Claims>;

const refused = (why: string): AppError =>
  new AppError('CONSUMER_UNKNOWN', {
    detail: `The token in Authorization is not taken: ${why}`,
    source: { header: 'Authorization' },
  });

/** Claims of real providers nest about 5 levels. Nobody has vouched for the token when it is parsed. */
const mostLevels = 32;

const parsePart = <Schema extends z.ZodType>(part: string, schema: Schema): z.infer<Schema> | undefined => {
  try {
    const bytes = Buffer.from(part, 'base64url');
    if (!isUtf8(bytes)) return undefined;
    return schema.safeParse(parseShallow(bytes, mostLevels)).data;
  } catch {
    return undefined;
  }
};

const parse = (token: string) => {
  const form = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token);
  if (token.length > longestTokenCharacters || !form) {
    throw refused('it is no signed JSON Web Token. Send a facade key in x-api-key, or a token of a trusted issuer.');
  }
  const [, header = '', claims = '', signature = ''] = form;
  return {
    header: parsePart(header, Header),
    claims: parsePart(claims, Claims),
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, 'base64url'),
  };
};

const checkClaims = (claims: Claims, { audience }: OidcIssuer, nowSeconds: number): void => {
  if (![claims.aud].flat().some((named) => [audience].flat().includes(named))) {
    throw refused('it is meant for another audience than this facade.');
  }
  if (claims.exp + skewSeconds <= nowSeconds) throw refused('it has expired. Get a new one.');
  if (Math.max(claims.nbf ?? 0, claims.iat ?? 0) - skewSeconds > nowSeconds) {
    throw refused('it is from the future. Compare the clocks of issuer and facade.');
  }
};

const clientIdOf = (claims: Claims, { clientClaim }: OidcIssuer): string => {
  const names = clientClaim === undefined ? ['azp', 'client_id'] : [clientClaim];
  const named = names.map((name) => claims[name]).find((value) => value !== undefined);
  if (typeof named === 'string' && named !== '') return named;
  throw refused(`it does not name its client: it has no claim ${names.join(' or ')}.`);
};

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

export const createTokenVerifier = (issuers: readonly OidcIssuer[], keySets: KeySets, clock: Clock): TokenVerifier => ({
  async verify(token) {
    const { header, claims, signed, signature } = parse(token);
    const issuer = issuers.find((candidate) => candidate.issuer === claims?.iss);
    if (!claims || !issuer) {
      throw refused('it names no issuer that is trusted here, or lacks one of the claims iss, aud and exp.');
    }
    if (!header || !issuer.algorithms.includes(header.alg)) {
      throw refused(`its header is not accepted; its signature must be one of ${issuer.algorithms.join(', ')}.`);
    }
    const key = await keySets.find(issuer, header.kid, header.alg);
    if (!key || !isSignedBy(header.alg, key.key, signed, signature)) {
      throw refused('no key of its issuer has signed it.');
    }
    checkClaims(claims, issuer, clock.nowMillis() / 1_000);
    const clientId = clientIdOf(claims, issuer);
    const { sub } = claims;
    const subject = sub === undefined || isOfClientItself(claims, clientId) ? undefined : toSubject(sub);
    return { client: { issuer: issuer.issuer, clientId }, subject };
  },
});
