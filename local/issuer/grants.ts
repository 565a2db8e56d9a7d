/**
 * What the token endpoint of the demo issuer gives for a form: tokens for an application (client credentials), for a person by name, or for a
 * code of its sign-in page (RFC 6749). Nothing is secret here: the issuer is for the twin.
 */
import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Codes } from './codes.ts';
import { profileOf } from './people.ts';
import type { SigningKeys } from './signing-keys.ts';

const defaultAudience = 'signals-facade';
const defaultLifeSeconds = 3_600;
const mostLifeSeconds = 86_400;

/** RFC 6749, 5.2. */
export class GrantError extends Error {
  readonly code: 'invalid_request' | 'invalid_grant' | 'unsupported_grant_type';
  constructor(code: GrantError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const visible = (most: number) =>
  z.string().regex(new RegExp(`^[!-~]{1,${most}}$`), `takes 1 to ${most} visible ASCII characters`);

export const TokenForm = z.object({
  grant_type: z.string().optional(),
  client_id: visible(200),
  /** Whose token; without it and without a code the application's own. */
  username: visible(128).optional(),
  audience: visible(300).default(defaultAudience),
  /** Negative: a token that has expired already. */
  expires_in: z.coerce.number().int().min(-mostLifeSeconds).max(mostLifeSeconds).default(defaultLifeSeconds),
  scope: z.string().max(500).optional(),
  code: z.string().max(200).optional(),
  code_verifier: z.string().max(200).optional(),
  redirect_uri: z.string().max(500).optional(),
});
export type TokenForm = z.infer<typeof TokenForm>;

type Signed = {
  readonly access_token: string;
  readonly id_token?: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
};
type SignedIn = { readonly username: string; readonly nonce?: string | undefined; readonly hasIdToken: boolean };

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** A code is good once, for the client, address and verifier that it was made for (RFC 6749, 4.1.3, and RFC 7636). */
const redeem = (codes: Codes, form: TokenForm, nowMillis: number): SignedIn => {
  const granted = codes.take(form.code ?? '', nowMillis);
  const fits =
    granted?.clientId === form.client_id &&
    granted.redirectUri === form.redirect_uri &&
    granted.challenge === challengeOf(form.code_verifier ?? '');
  if (!granted || !fits)
    throw new GrantError(
      'invalid_grant',
      'The code is unknown, used, too old, or for another client, redirect_uri or code_verifier.',
    );
  return { username: granted.username, nonce: granted.nonce, hasIdToken: granted.scope.split(' ').includes('openid') };
};

const signInOf = (codes: Codes, form: TokenForm, nowMillis: number): SignedIn | undefined => {
  const wanted = form.grant_type ?? (form.username === undefined ? 'client_credentials' : 'password');
  if (wanted === 'authorization_code') return redeem(codes, form, nowMillis);
  if (wanted === 'client_credentials') return undefined;
  if (wanted !== 'password')
    throw new GrantError('unsupported_grant_type', 'grant_type is client_credentials, password or authorization_code.');
  if (form.username === undefined) throw new GrantError('invalid_request', 'username is missing.');
  return { username: form.username, hasIdToken: false };
};

/** @throws GrantError */
export const grantToken = async (
  { issuer, keys, codes }: { readonly issuer: string; readonly keys: SigningKeys; readonly codes: Codes },
  form: TokenForm,
  nowMillis: number,
): Promise<Signed> => {
  const signIn = signInOf(codes, form, nowMillis);
  const nowSeconds = Math.floor(nowMillis / 1_000);
  const exp = nowSeconds + form.expires_in;
  // A token of the past was made before it ended.
  const common = { iss: issuer, iat: Math.min(nowSeconds, exp - 1), exp, jti: randomUUID() };
  const client = { azp: form.client_id, client_id: form.client_id };
  // The facade takes a token for a person's where somebody has signed in (docs/consumers.md).
  const whose = signIn
    ? { sub: signIn.username, auth_time: common.iat, ...profileOf(signIn.username) }
    : { sub: form.client_id, gty: 'client-credentials' };
  const idClaims = {
    ...common,
    ...whose,
    ...client,
    aud: form.client_id,
    ...(signIn?.nonce ? { nonce: signIn.nonce } : {}),
  };
  return {
    access_token: await keys.sign({
      ...common,
      ...client,
      ...whose,
      aud: form.audience,
      ...(form.scope ? { scope: form.scope } : {}),
    }),
    ...(signIn?.hasIdToken ? { id_token: await keys.sign(idClaims) } : {}),
    token_type: 'Bearer',
    expires_in: form.expires_in,
  };
};
