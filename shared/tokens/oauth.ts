/** The requests to the login pages of an upstream: implicit grant (RFC 6749, 4.2) or code with PKCE (RFC 7636). */
import { createHash } from 'node:crypto';

export type OAuthSettings = {
  /** Origin of the upstream, such as `https://snb.example.com`. */
  readonly origin: string;
  /** Issued by the vendor for the application's name and redirect URI. */
  readonly clientId: string;
  /** `token` = implicit grant: the token comes in the fragment. `code` = a code comes, and is exchanged with PKCE. */
  readonly responseType: 'token' | 'code';
  readonly scope: string;
  readonly authorizePath: string;
  /** Only for `code`. */
  readonly tokenPath: string;
  /**
   * What happens if the answer has no `state`, which RFC 6749 requires and not every server sends. With `accept`, only
   * the cookie ties the answer to the browser: another page can then insert its own token.
   */
  readonly withoutState: 'refuse' | 'accept';
};

/** The only proof that is allowed: base64url of the verifier's SHA-256. Never `plain`. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** The URL where the browser logs in. @param verifier only for `code`. */
export const authorizeUrl = (
  settings: OAuthSettings,
  redirectUri: string,
  state: string,
  verifier: string | undefined,
): string => {
  const url = new URL(settings.authorizePath, settings.origin);
  url.searchParams.set('response_type', settings.responseType);
  url.searchParams.set('client_id', settings.clientId);
  if (settings.scope) url.searchParams.set('scope', settings.scope);
  url.searchParams.set('redirect_uri', redirectUri);
  url.searchParams.set('state', state);
  if (verifier !== undefined) {
    url.searchParams.set('code_challenge', challengeOf(verifier));
    url.searchParams.set('code_challenge_method', 'S256');
  }
  return url.href;
};

/** Compared exactly by the tenant, so there is one spelling. */
export const redirectUriOf = (publicUrl: string): string => `${publicUrl}/oauth/callback`;

/** Port: exchanges a code for a token. @throws AppError LINK_REFUSED when the upstream refuses, UPSTREAM_* when it does not answer. */
export type ExchangeCode = (code: string, verifier: string, redirectUri: string) => Promise<string>;
